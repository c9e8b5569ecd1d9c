using System.Text;
using CopBot.Platforms.Slack.Workspaces;

namespace CopBot.Tests.Platforms.Slack;

public sealed class TokenSealTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private const string Token = "xoxb-1-2-secret";

    private readonly TokenSeal seal = new(Secret);

    [Theory]
    [InlineData("x")]
    [InlineData(Token)]
    [InlineData("xoxe.xoxb-1-ünïcode-❤")]
    public void What_was_sealed_opens_in_its_row_and_is_not_seen_from_outside(string token)
    {
        var closed = seal.Close(token, "bot", "E1", "T1");
        Assert.Equal(token, seal.Open(closed, "bot", "E1", "T1"));
        Assert.Equal(token, new TokenSeal(Secret).Open(closed, "bot", "E1", "T1"));
        Assert.True(token.Length < 4 || closed.AsSpan().IndexOf(Encoding.UTF8.GetBytes(token)) < 0);
    }

    [Theory]
    [InlineData("refresh", "E1", "T1")]
    [InlineData("bot", "", "T1")]
    [InlineData("bot", "E1", "T2")]
    [InlineData("bot", "E", "1\nT1")]
    public void It_opens_nowhere_else(string kind, string enterprise, string team) =>
        Assert.Null(seal.Open(seal.Close(Token, "bot", "E1", "T1"), kind, enterprise, team));

    [Fact]
    public void Another_secret_does_not_open_it() => Assert.Null(new TokenSeal(Secret + "0").Open(seal.Close(Token, "bot", "", "T1"), "bot", "", "T1"));

    [Fact]
    public void Each_bit_counts_and_so_does_the_length()
    {
        var closed = seal.Close(Token, "bot", "", "T1");
        for (var bit = 0; bit < closed.Length * 8; bit++)
        {
            var changed = closed.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(seal.Open(changed, "bot", "", "T1"));
        }

        for (var length = 0; length < closed.Length; length++)
            Assert.Null(seal.Open(closed[..length], "bot", "", "T1"));
        Assert.Null(seal.Open([.. closed, 0], "bot", "", "T1"));
    }

    [Fact]
    public void The_same_token_never_looks_the_same() => Assert.NotEqual(seal.Close(Token, "bot", "", "T1"), seal.Close(Token, "bot", "", "T1"));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void Without_a_secret_nothing_is_sealed(string secret) => Assert.Throws<ArgumentException>(() => new TokenSeal(secret));
}
