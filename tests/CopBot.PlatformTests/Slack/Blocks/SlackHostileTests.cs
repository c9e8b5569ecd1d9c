using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using CopBot.Platforms.Slack.Blocks;
using CopBot.Tests.Platforms.Slack.Blocks;
using CopBot.Tests.Platforms.WebChat;
using CopBot.Tests.Support.FakeSlack;

namespace CopBot.PlatformTests.Slack.Blocks;

public sealed partial class SlackHostileTests
{
    private const int Count = 5000;
    private static readonly string[] Ours = ["https://example.org/r?a=1&b=2"];

    [Fact]
    public void No_text_breaks_a_message_or_becomes_more_than_text()
    {
        var (seen, shortened) = (0, 0);
        foreach (var text in HostileTexts.All(Count))
        {
            var message = new Message($"{SampleMessages.Eve}, {SampleMessages.Ana} says “{new UserText(text)}” and {text:code}", new Card([.. SampleMessages.Kinds.Values.Select(kind => kind(text)), new Paragraph(Sent.Text(new Run.Address(text, null), new Run.Words(text)))]));
            var sent = SlackMessage.Of(message, ReaderOf(text));
            Holds(text, WireRules.OfMessage(sent), WebAddress().IsMatch(text) ? text : null);
            Assert.False(Live().IsMatch(sent.Text), $"{text} is live in the notification");
            Assert.DoesNotContain(Entity().Replace(sent.Text, ""), c => c is '&' or '<' or '>');
            LeavesNothingLive(text, sent);
            seen++;
            shortened += sent.Text.EndsWith('…') ? 1 : 0;
        }

        Assert.Equal(Count, seen);
        Assert.InRange(shortened, 1, Count / 2);
    }

    // As the fake reads it, which stands for Slack's client.
    private static void LeavesNothingLive(string text, SlackMessage sent)
    {
        foreach (var thing in SlackText.LiveThings(new JsonObject { ["text"] = sent.Text, ["blocks"] = sent.Blocks.DeepClone() }))
        {
            var ours = thing.Kind switch
            {
                "user" => SlackReader.IsAccount(thing.Value) && !text.Contains(thing.Value, StringComparison.Ordinal),
                "link" => Ours.Contains(thing.Value) || thing.Value == text,
                _ => false,
            };
            Assert.True(ours, $"{thing} in what was made of {text}");
        }

        Assert.Empty(BlockKitRules.ProblemsOfMessage(new JsonObject { ["text"] = sent.Text, ["blocks"] = sent.Blocks.DeepClone() }));
    }

    [Fact]
    public void No_text_breaks_a_modal()
    {
        foreach (var text in HostileTexts.All(Count))
        {
            var form = (Form)SampleMessages.Kinds["form"](text);
            form = form with { Fields = [.. form.Fields, new("topic", text, ParameterKind.Choice, false, [text, "x"], text), .. Enum.GetValues<ParameterKind>().Select(kind => new Field($"of {kind}", text, kind, false, [], text, 3))] };

            // Somebody named by id is selected, which notifies nobody.
            Holds(text, WireRules.OfView(SlackModal.Of(form, text, null, _ => text)), selected: Named().Matches(text).Select(match => match.Groups[1].Value));
        }
    }

    [Fact]
    public void No_text_breaks_the_home_tab()
    {
        foreach (var text in HostileTexts.All(Count))
        {
            var section = new Message($"{new UserText(text)}", new Card([.. SampleMessages.Kinds.Values.Select(kind => kind(text))]));
            Holds(text, WireRules.OfView(SlackHome.Of([section], ReaderOf(text))));
        }
    }

    private static SlackReader ReaderOf(string text) => new(person => person == SampleMessages.Ana ? "ana" : text, person => person == SampleMessages.Ana ? "U0ANA" : text);

    private static void Holds(string text, WireRules rules, string? link = null, IEnumerable<string>? selected = null)
    {
        Assert.True(rules.Wrong.Count == 0, $"{text[..Math.Min(text.Length, 100)]}: {string.Join("; ", rules.Wrong)}");
        Assert.Empty(rules.Users.Except(["U0ANA", .. selected ?? []]));
        Assert.Empty(rules.Links.Except([.. Ours, link]));
    }

    [GeneratedRegex("@(channel|here|everyone|group)|<[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Live();

    [GeneratedRegex("<@(U[0-9]+|W[0-9]+)>")]
    private static partial Regex Named();

    [GeneratedRegex("&(amp|lt|gt);")]
    private static partial Regex Entity();

    [GeneratedRegex("^https?://[^\\s<>|\"]+\\z")]
    private static partial Regex WebAddress();
}
