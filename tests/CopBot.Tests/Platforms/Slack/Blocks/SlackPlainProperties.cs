using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Slack.Blocks;
using CopBot.Tests.Support.FakeSlack;
using FsCheck.Fluent;
using Property = CopBot.Tests.Core.Properties.Property;

namespace CopBot.Tests.Platforms.Slack.Blocks;

/// <summary>What is sent to Slack says, word for word, what plain text says, wherever nothing has to be shortened.</summary>
public sealed class SlackPlainProperties
{
    [Fact]
    public Task What_slack_shows_reads_like_plain_text()
    {
        SlackReader reader = new(person => MessageGens.Of(person).Name, person => MessageGens.Of(person).Account);
        return Property.HoldsAsync(nameof(What_slack_shows_reads_like_plain_text), Arb.From(MessageGens.Messages), 400, message =>
        {
            var sent = SlackMessage.Of(message, reader);
            Assert.Empty(WireRules.OfMessage(sent).Wrong);
            var wire = JsonNode.Parse(Sent.Json(sent).ToJsonString())!.AsObject();
            Assert.Equal(PlainText.Of(message, reader.Names), SlackPlain.Of(wire, account => MessageGens.People.Single(person => person.Account == account).Name));
            return Task.FromResult(message.Card is { Blocks.Count: > 0 });
        });
    }
}
