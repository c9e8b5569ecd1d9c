using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CopBot.Tests.Platforms.Slack;

/// <summary>What the signature of a request is about: two headers and the body.</summary>
public sealed record SignedRequest(string?[] Stamps, string?[] Signatures, byte[] Body);

/// <summary>Every way in which a signed request can be wrong.</summary>
public sealed class SignatureBreaches(string secret, string stamp, byte[] body)
{
    private readonly string signature = "v0=" + Sign(secret, stamp, body);

    /// <summary>The request with nothing wrong.</summary>
    public SignedRequest Good => new([stamp], [signature], body);

    /// <summary>The breaches alone, and each two of them one after the other.</summary>
    public IEnumerable<(string Name, SignedRequest Request)> AloneAndInPairs()
    {
        var breaches = All().ToList();
        foreach (var (one, first) in breaches)
        {
            yield return (one, first(Good));
            foreach (var (other, second) in breaches.Where(breach => string.CompareOrdinal(one, breach.Name) < 0))
                yield return ($"{one} and {other}", second(first(Good)));
        }
    }

    private IEnumerable<(string Name, Func<SignedRequest, SignedRequest> Break)> All()
    {
        yield return ("no timestamp", request => request with { Stamps = [] });
        yield return ("empty timestamp", request => request with { Stamps = [""] });
        yield return ("two timestamps", request => request with { Stamps = [stamp, stamp] });
        yield return ("timestamp of letters", request => request with { Stamps = ["now"] });
        yield return ("negative timestamp", request => request with { Stamps = ["-" + stamp] });
        yield return ("timestamp with a plus", request => request with { Stamps = ["+" + stamp] });
        yield return ("timestamp with a space", request => request with { Stamps = [" " + stamp] });
        yield return ("timestamp in hexadecimal", request => request with { Stamps = ["0x5b47e0ca"] });
        yield return ("timestamp with a fraction", request => request with { Stamps = [stamp + ".0"] });
        yield return ("timestamp of other digits", request => request with { Stamps = ["١٥٣١٤٢٠٦١٨"] });
        yield return ("timestamp beyond any", request => request with { Stamps = [new string('9', 40)] });
        yield return ("timestamp of an hour ago", request => request with { Stamps = [(long.Parse(stamp, CultureInfo.InvariantCulture) - 3600).ToString(CultureInfo.InvariantCulture)] });
        yield return ("timestamp of tomorrow", request => request with { Stamps = [(long.Parse(stamp, CultureInfo.InvariantCulture) + 86400).ToString(CultureInfo.InvariantCulture)] });
        yield return ("timestamp one second on", request => request with { Stamps = [(long.Parse(stamp, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture)] });
        yield return ("no signature", request => request with { Signatures = [] });
        yield return ("empty signature", request => request with { Signatures = [""] });
        yield return ("signature null", request => request with { Signatures = [null] });
        yield return ("two signatures", request => request with { Signatures = [signature, signature] });
        yield return ("version alone", request => request with { Signatures = ["v0="] });
        yield return ("another version", request => request with { Signatures = ["v1=" + signature[3..]] });
        yield return ("version in capitals", request => request with { Signatures = ["V0=" + signature[3..]] });
        yield return ("without version", request => request with { Signatures = [signature[3..]] });
        yield return ("digits in capitals", request => request with { Signatures = ["v0=" + signature[3..].ToUpperInvariant()] });
        yield return ("a digit too few", request => request with { Signatures = [signature[..^1]] });
        yield return ("a digit too many", request => request with { Signatures = [signature + "0"] });
        yield return ("first digit wrong", request => request with { Signatures = ["v0=" + Other(signature[3]) + signature[4..]] });
        yield return ("last digit wrong", request => request with { Signatures = [signature[..^1] + Other(signature[^1])] });
        yield return ("zeros", request => request with { Signatures = ["v0=" + new string('0', 64)] });
        yield return ("by another secret", request => request with { Signatures = ["v0=" + Sign("another", stamp, request.Body)] });
        yield return ("by an empty secret", request => request with { Signatures = ["v0=" + Sign("", stamp, request.Body)] });
        yield return ("over the body alone", request => request with { Signatures = ["v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret), request.Body))] });
        yield return ("body with a line break", request => request with { Body = [.. request.Body, (byte)'\n'] });
        yield return ("empty body", request => request with { Body = [] });
        yield return ("body cut", request => request with { Body = request.Body.Length > 0 ? request.Body[..^1] : [1] });
    }

    private static char Other(char digit) => digit == '0' ? '1' : '0';

    private static string Sign(string secret, string stamp, byte[] body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret), (byte[])[.. Encoding.ASCII.GetBytes($"v0:{stamp}:"), .. body]));
}
