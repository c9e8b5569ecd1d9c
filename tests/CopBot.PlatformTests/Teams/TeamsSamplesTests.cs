using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Teams.Cards;
using CopBot.Tests.Platforms;
using CopBot.Tests.Platforms.Teams.Cards;

namespace CopBot.PlatformTests.Teams;

public sealed class TeamsSamplesTests : SamplesContract
{
    private static readonly TeamsReader Reader = new(NameOf, person => $"29:{NameOf(person)}", "d7");

    protected override IEnumerable<Message> Parts(Message message) => DocumentParts.Of(message, TeamsLimits.LongestDocument);

    protected override string LineOfItsButton(Command command, Form form, Message message)
    {
        var dialog = TeamsForm.Card(form, Reader, command.Name);
        Assert.Empty(TeamsSent.Wrong(dialog.Card));

        // Filled in where it stands, it asks for the same.
        Assert.Equal(PlainText.Of(message, NameOf), Read(TeamsMessage.Of(message, Reader with { Alone = true })));
        var button = TeamsSent.Nodes(TeamsMessage.Of(message, Reader).Card).Single(node => node["msteams"]?["type"]?.GetValue<string>() == "task/fetch");
        var opens = TeamsActions.Read(new JsonObject { ["data"] = button.DeepClone() })!;
        Assert.Equal((TeamsActions.Form, "d7", 1), (opens.Do, opens.Card, opens.N));
        return opens.Line!;
    }

    protected override string ReadBack(Message message)
    {
        foreach (var reader in (TeamsReader[])[Reader with { Alone = true, PeoplePicker = true }, Reader with { Concerned = ["29:ana", "29:bo"] }])
            Assert.Empty(TeamsSent.Wrong(TeamsMessage.Of(message, reader)));
        var sent = TeamsMessage.Of(message, Reader);
        Assert.Empty(TeamsSent.Wrong(sent));
        return Read(sent);
    }

    private static string Read(TeamsMessage sent)
    {
        var activity = TeamsSent.Activity(sent);
        return sent.Text is not null
            ? TeamsPlain.OfText((string)activity["text"]!, activity["entities"]!.AsArray(), account => account[3..])
            : TeamsPlain.OfCard(activity["attachments"]![0]!["content"]!.AsObject(), account => account[3..]);
    }
}
