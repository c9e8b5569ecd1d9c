using System.Globalization;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Teams.Cards;
using CopBot.Platforms.Teams.Conversations;
using CopBot.Platforms.Teams.Identity;

namespace CopBot.Platforms.Teams.Intake;

/// <summary>Takes in activities that are proven to be Microsoft's. What they say is stored before they are answered.</summary>
public sealed class TeamsIntake(ServiceAddresses services, TeamsSpeech speech, TeamsClicks clicks, TeamsChanges changes, TeamsEdits edits, TeamsTyping typing, InboxWorker inbox)
{
    /// <summary>Takes one in, and gives the answer that it is to have.</summary>
    public async Task<TeamsReply> AcceptAsync(JsonObject activity, CancellationToken ct)
    {
        if (services.Read(activity.Text("serviceUrl")) is not { } service)
            return new TeamsReply(403);

        switch (activity.Text("type"))
        {
            case "message" when TeamsActions.Read(activity["value"]) is { } action:
                return await clicks.SubmitAsync(activity, action, service, ct);
            case "message":
                await SaidAsync(activity, service, ct);
                return TeamsReply.Taken;
            case "messageUpdate" when TeamsSpeech.IsForBot(activity):
                await edits.TakeAsync(activity, service, ct);
                return TeamsReply.Taken;
            case "invoke":
                return await clicks.InvokeAsync(activity, service, ct);
            case "conversationUpdate" or "installationUpdate":
                await changes.NoteAsync(activity, service, ct);
                return TeamsReply.Taken;

            // A reaction comes only for what the bot itself said and tells nothing; what was done is not undone by deleting the line.
            default:
                return TeamsReply.Taken;
        }
    }

    private async Task SaidAsync(JsonObject activity, Uri service, CancellationToken ct)
    {
        if (!TeamsSpeech.IsForBot(activity) || await speech.OfAsync(activity, service, ct) is not { } said)
            return;
        if (await inbox.AcceptAsync(said, ct) is not null && TeamsSpeech.IsPersonal(activity))
            typing.Expect(activity.Object("conversation").Text("id"), service);
    }
}
