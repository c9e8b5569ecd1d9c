using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CopBot.Platforms.Slack;

/// <summary>
/// Proves that a request comes from Slack: an HMAC over the raw bytes of its body and its time, which must be within five minutes
/// (https://docs.slack.dev/authentication/verifying-requests-from-slack). Compared in constant time.
/// </summary>
public sealed class SlackSignature
{
    /// <summary>How far the request's time may be from ours, either way.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const string Version = "v0=";
    private const int DigestLength = 64;
    private readonly byte[] secret;
    private readonly TimeProvider time;

    public SlackSignature(string secret, TimeProvider time)
    {
        // With an empty key anybody could sign.
        if (string.IsNullOrWhiteSpace(secret))
            throw new ArgumentException("a signing secret is needed", nameof(secret));
        this.secret = Encoding.UTF8.GetBytes(secret.Trim());
        this.time = time;
    }

    /// <summary>Whether a request is Slack's and fresh. Each header must stand there exactly once.</summary>
    /// <param name="timestamps">The values of <c>X-Slack-Request-Timestamp</c>: Unix seconds.</param>
    /// <param name="signatures">The values of <c>X-Slack-Signature</c>: <c>v0=</c> and 64 hexadecimal digits in lower case.</param>
    /// <param name="body">The body as it came.</param>
    public bool Proves(IReadOnlyList<string?> timestamps, IReadOnlyList<string?> signatures, ReadOnlySpan<byte> body)
    {
        if (timestamps is not [{ Length: > 0 and <= 12 } timestamp] || signatures is not [{ } signature]
            || !timestamp.All(char.IsAsciiDigit) || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || signature.Length != Version.Length + DigestLength || !signature.StartsWith(Version, StringComparison.Ordinal))
            return false;

        var age = time.GetUtcNow().ToUnixTimeSeconds() - seconds;
        if (Math.Abs(age) > Tolerance.TotalSeconds)
            return false;

        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        mac.AppendData(Encoding.ASCII.GetBytes($"v0:{timestamp}:"));
        mac.AppendData(body);
        var expected = Encoding.ASCII.GetBytes(Version + Convert.ToHexStringLower(mac.GetHashAndReset()));
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.ASCII.GetBytes(signature));
    }
}
