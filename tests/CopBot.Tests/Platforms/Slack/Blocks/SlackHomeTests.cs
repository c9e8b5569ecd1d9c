using CopBot.Core.Chat;
using CopBot.Platforms.Slack.Blocks;
using CopBot.Tests.Platforms.WebChat;
using CopBot.Tests.Support;

namespace CopBot.Tests.Platforms.Slack.Blocks;

public sealed class SlackHomeTests
{
    [Fact]
    public void A_home_with_every_kind_of_block_is_this_view()
    {
        var view = SlackHome.Of(
        [
            new Message($"Your week, {SampleMessages.Ana:name}", Card.Of(SampleMessages.Kinds["facts"]("x"), SampleMessages.Kinds["progress"]("km"), SampleMessages.Kinds["buttons"]("Offer"))),
            new Message(RichText.Empty),
            new Message("The board", Card.Of(SampleMessages.Kinds["ranking"]("x"), SampleMessages.Kinds["choice"]("Which"), SampleMessages.Kinds["buttons"]("Offer"))),
            new Message("Share something", Card.Of(SampleMessages.Kinds["form"]("x"))),
        ], Sent.Reader);
        Assert.Empty(WireRules.OfView(view).Wrong);
        Golden.Check("Platforms/Slack/Blocks/golden/home.json", Sent.Golden(view));
    }

    [Fact]
    public void An_empty_home_says_so() => Assert.Empty(WireRules.OfView(SlackHome.Of([], Sent.Reader)).Wrong);

    [Theory]
    [InlineData(40)]
    [InlineData(200)]
    public void Many_sections_fit_and_their_actions_differ(int sections)
    {
        var section = new Message("What it is.", Card.Of([.. SampleMessages.Kinds.Values.Select(kind => kind("x"))]));
        var view = SlackHome.Of([.. Enumerable.Repeat(section, sections)], Sent.Reader);
        Assert.Empty(WireRules.OfView(view).Wrong);
        Assert.StartsWith("… and ", view["blocks"]!.AsArray()[^1]!["text"]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}
