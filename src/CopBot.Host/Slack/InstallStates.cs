using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using CopBot.Platforms.Slack.Workspaces;

namespace CopBot.Host.Slack;

/// <summary>
/// What an installation is begun with and has to come back with: good for ten minutes, in the browser that holds the cookie, once. Nothing is stored, so
/// that any process can finish what another began; each remembers what it has seen, and a code of Slack's is good only once besides.
/// </summary>
public sealed class InstallStates(string clientSecret, TimeProvider time)
{
    /// <summary>How long an installation may take, as long as Slack's code is good.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    private const int NonceSize = 16;
    private const int SignedSize = NonceSize + sizeof(long);
    private const int MacSize = 32;
    private const int Most = 100_000;

    private readonly byte[] key = TokenSeal.KeyFor(clientSecret, "copbot install states 1");
    private readonly ConcurrentDictionary<string, DateTimeOffset> used = [];

    /// <summary>256 random bits for the cookie.</summary>
    public static string NewCookie() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>A state that belongs to a cookie.</summary>
    public string Begin(string cookie)
    {
        Span<byte> state = stackalloc byte[SignedSize + MacSize];
        RandomNumberGenerator.Fill(state[..NonceSize]);
        BinaryPrimitives.WriteInt64BigEndian(state[NonceSize..], (time.GetUtcNow() + Lasts).ToUnixTimeMilliseconds());
        Sign(state[..SignedSize], cookie, state[SignedSize..]);
        return Base64Url.EncodeToString(state);
    }

    /// <summary>Whether a state was made for this cookie, in time, and has not come before. From then on it has.</summary>
    public bool Take(string? state, string? cookie)
    {
        Span<byte> bytes = stackalloc byte[SignedSize + MacSize];
        if (state is not { Length: > 0 and < 200 } || cookie is not { Length: > 0 and < 200 } || !Base64Url.IsValid(state, out var length) || length != bytes.Length)
            return false;

        Base64Url.DecodeFromChars(state, bytes);
        Span<byte> expected = stackalloc byte[MacSize];
        Sign(bytes[..SignedSize], cookie, expected);
        var now = time.GetUtcNow();
        if (!CryptographicOperations.FixedTimeEquals(expected, bytes[SignedSize..]) || BinaryPrimitives.ReadInt64BigEndian(bytes[NonceSize..]) <= now.ToUnixTimeMilliseconds())
            return false;

        foreach (var (old, _) in used.Where(entry => entry.Value <= now))
            used.TryRemove(old, out _);
        return used.Count < Most && used.TryAdd(Convert.ToHexString(bytes[..NonceSize]), now + Lasts);
    }

    private void Sign(ReadOnlySpan<byte> signed, string cookie, Span<byte> mac)
    {
        var name = Encoding.UTF8.GetBytes(cookie);
        Span<byte> all = stackalloc byte[SignedSize + SHA256.HashSizeInBytes];
        signed.CopyTo(all);
        SHA256.HashData(name, all[SignedSize..]);
        HMACSHA256.HashData(key, all, mac);
    }
}
