using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CopBot.Core.Scheduling;
using CopBot.Platforms.Slack;
using NodaTime;

namespace CopBot.Tests.Platforms.Slack;

/// <summary>Every way in which a signature can be wrong, alone and in pairs.</summary>
public sealed class SlackSignatureTests
{
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    private const string Stamp = "1531420618";

    // The example of Slack's own documentation.
    private const string Body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    private const string Signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

    private sealed record Request(string?[] Stamps, string?[] Signatures, byte[] Body);

    private static Request Good => new([Stamp], [Signature], Encoding.ASCII.GetBytes(Body));

    [Fact]
    public void The_example_of_Slacks_documentation_is_proven()
    {
        Assert.True(Proves(Good));
    }

    [Theory]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(-301, false)]
    [InlineData(301, false)]
    public void A_request_is_good_for_five_minutes_either_way(int seconds, bool good)
    {
        Assert.Equal(good, Proves(Good, seconds));
    }

    [Fact]
    public void Every_breach_is_refused_alone_and_in_pairs()
    {
        var breaches = Breaches().ToList();
        var tried = 0;
        foreach (var (one, first) in breaches)
        {
            Assert.False(Proves(first(Good)), one);
            tried++;
            foreach (var (other, second) in breaches.Where(breach => string.CompareOrdinal(one, breach.Name) < 0))
            {
                // Two breaches may mend each other only by being none.
                var both = second(first(Good));
                Assert.False(Proves(both), $"{one} and {other}");
                tried++;
            }
        }

        Assert.InRange(tried, 400, int.MaxValue);
    }

    [Fact]
    public void Each_bit_of_the_body_counts()
    {
        for (var at = 0; at < Body.Length; at++)
        {
            var body = Encoding.ASCII.GetBytes(Body);
            body[at] ^= (byte)(1 << (at % 8));
            Assert.False(Proves(Good with { Body = body }));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public void Without_a_secret_there_is_no_proof_at_all(string secret)
    {
        Assert.Throws<ArgumentException>(() => new SlackSignature(secret, TimeProvider.System));
    }

    private static IEnumerable<(string Name, Func<Request, Request> Break)> Breaches()
    {
        yield return ("no timestamp", request => request with { Stamps = [] });
        yield return ("empty timestamp", request => request with { Stamps = [""] });
        yield return ("two timestamps", request => request with { Stamps = [Stamp, Stamp] });
        yield return ("timestamp of letters", request => request with { Stamps = ["now"] });
        yield return ("negative timestamp", request => request with { Stamps = ["-" + Stamp] });
        yield return ("timestamp with a plus", request => request with { Stamps = ["+" + Stamp] });
        yield return ("timestamp with a space", request => request with { Stamps = [" " + Stamp] });
        yield return ("timestamp in hexadecimal", request => request with { Stamps = ["0x5b47e0ca"] });
        yield return ("timestamp with a fraction", request => request with { Stamps = [Stamp + ".0"] });
        yield return ("timestamp of other digits", request => request with { Stamps = ["١٥٣١٤٢٠٦١٨"] });
        yield return ("timestamp beyond any", request => request with { Stamps = [new string('9', 40)] });
        yield return ("timestamp of an hour ago", request => request with { Stamps = [(long.Parse(Stamp, CultureInfo.InvariantCulture) - 3600).ToString(CultureInfo.InvariantCulture)] });
        yield return ("timestamp of tomorrow", request => request with { Stamps = [(long.Parse(Stamp, CultureInfo.InvariantCulture) + 86400).ToString(CultureInfo.InvariantCulture)] });
        yield return ("timestamp one second on", request => request with { Stamps = ["1531420619"] });
        yield return ("no signature", request => request with { Signatures = [] });
        yield return ("empty signature", request => request with { Signatures = [""] });
        yield return ("signature null", request => request with { Signatures = [null] });
        yield return ("two signatures", request => request with { Signatures = [Signature, Signature] });
        yield return ("version alone", request => request with { Signatures = ["v0="] });
        yield return ("another version", request => request with { Signatures = ["v1=" + Signature[3..]] });
        yield return ("version in capitals", request => request with { Signatures = ["V0=" + Signature[3..]] });
        yield return ("without version", request => request with { Signatures = [Signature[3..]] });
        yield return ("digits in capitals", request => request with { Signatures = ["v0=" + Signature[3..].ToUpperInvariant()] });
        yield return ("a digit too few", request => request with { Signatures = [Signature[..^1]] });
        yield return ("a digit too many", request => request with { Signatures = [Signature + "0"] });
        yield return ("first digit wrong", request => request with { Signatures = ["v0=b" + Signature[4..]] });
        yield return ("last digit wrong", request => request with { Signatures = [Signature[..^1] + "4"] });
        yield return ("zeros", request => request with { Signatures = ["v0=" + new string('0', 64)] });
        yield return ("by another secret", request => request with { Signatures = ["v0=" + Sign("another", Stamp, request.Body)] });
        yield return ("by an empty secret", request => request with { Signatures = ["v0=" + Sign("", Stamp, request.Body)] });
        yield return ("over the body alone", request => request with { Signatures = ["v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(Secret), request.Body))] });
        yield return ("body with a line break", request => request with { Body = [.. request.Body, (byte)'\n'] });
        yield return ("empty body", request => request with { Body = [] });
        yield return ("body cut", request => request with { Body = request.Body.Length > 0 ? request.Body[..^1] : [1] });
    }

    private static string Sign(string secret, string stamp, byte[] body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret), (byte[])[.. Encoding.ASCII.GetBytes($"v0:{stamp}:"), .. body]));

    private static bool Proves(Request request, int later = 0)
    {
        var now = Instant.FromUnixTimeSeconds(long.Parse(Stamp, CultureInfo.InvariantCulture) + later);
        return new SlackSignature(Secret, new VirtualClock(now)).Proves(request.Stamps, request.Signatures, request.Body);
    }
}
