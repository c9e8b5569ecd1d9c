using System.Globalization;
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

    private static readonly SignatureBreaches Requests = new(Secret, Stamp, Encoding.ASCII.GetBytes(Body));

    [Fact]
    public void The_example_of_Slacks_documentation_is_proven()
    {
        Assert.Equal(Signature, Assert.Single(Requests.Good.Signatures));
        Assert.True(Proves(Requests.Good));
    }

    [Theory]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(-301, false)]
    [InlineData(301, false)]
    public void A_request_is_good_for_five_minutes_either_way(int seconds, bool good)
    {
        Assert.Equal(good, Proves(Requests.Good, seconds));
    }

    [Fact]
    public void Every_breach_is_refused_alone_and_in_pairs()
    {
        var tried = 0;
        foreach (var (name, request) in Requests.AloneAndInPairs())
        {
            Assert.False(Proves(request), name);
            tried++;
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
            Assert.False(Proves(Requests.Good with { Body = body }));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public void Without_a_secret_there_is_no_proof_at_all(string secret)
    {
        Assert.Throws<ArgumentException>(() => new SlackSignature(secret, TimeProvider.System));
    }

    private static bool Proves(SignedRequest request, int later = 0)
    {
        var now = Instant.FromUnixTimeSeconds(long.Parse(Stamp, CultureInfo.InvariantCulture) + later);
        return new SlackSignature(Secret, new VirtualClock(now)).Proves(request.Stamps, request.Signatures, request.Body);
    }
}
