using System.Globalization;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Teams.Cards;
using CopBot.Platforms.Teams.Conversations;
using CopBot.Platforms.Teams.Identity;

namespace CopBot.Platforms.Teams.Intake;

/// <summary>Takes in activities that are proven to be Microsoft's. What they say is stored before they are answered.</summary>
public sealed class TeamsIntake(ServiceAddresses services, TeamsSpeech speech, TeamsClicks clicks, TeamsChanges changes, InboxWorker inbox)
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
            case "invoke":
                return await clicks.InvokeAsync(activity, service, ct);
            case "conversationUpdate" or "installationUpdate":
                await changes.NoteAsync(activity, service, ct);
                return TeamsReply.Taken;

            // A reaction comes only for what the bot itself said, and an edit was answered as it was first written.
            default:
                return TeamsReply.Taken;
        }
    }

    private async Task SaidAsync(JsonObject activity, Uri service, CancellationToken ct)
    {
        // With more consent than the bot asks for Teams would hand it everything that is said in a channel.
        if (!TeamsSpeech.IsPersonal(activity) && !TeamsText.Calls(activity))
            return;
        if (await speech.OfAsync(activity, service, ct) is { } said)
            await inbox.AcceptAsync(said, ct);
    }
}
