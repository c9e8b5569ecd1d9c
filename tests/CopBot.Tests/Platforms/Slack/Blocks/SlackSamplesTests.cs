using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Slack.Blocks;
using CopBot.Tests.Support.FakeSlack;

namespace CopBot.Tests.Platforms.Slack.Blocks;

public sealed class SlackSamplesTests : SamplesContract
{
    protected override string LineOfItsButton(Command command, Form form, Message message)
    {
        Assert.Empty(WireRules.OfView(SlackModal.Of(form, command.Name)).Wrong);
        return SlackMessage.Of(message, Sent.Reader).Blocks.SelectMany(block => block!["elements"]!.AsArray()).Single(element => element!["type"]!.GetValue<string>() == "button")!["value"]!.GetValue<string>();
    }

    protected override string ReadBack(Message message)
    {
        SlackReader reader = new(NameOf, person => "U" + NameOf(person).ToUpperInvariant());
        var sent = SlackMessage.Of(message, reader);
        Assert.Empty(WireRules.OfMessage(sent).Wrong);
        return SlackPlain.Of(JsonNode.Parse(Sent.Json(sent).ToJsonString())!.AsObject(), account => account[1..].ToLowerInvariant());
    }
}
