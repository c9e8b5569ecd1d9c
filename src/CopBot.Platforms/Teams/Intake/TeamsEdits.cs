using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Core.Storage;

namespace CopBot.Platforms.Teams.Intake;

/// <summary>
/// What becomes of a line that somebody changes after they wrote it. Where nothing came of the first wording the new one is said in its place; what was done
/// stays done, for a line counts once.
/// </summary>
public sealed class TeamsEdits(TeamsSpeech speech, Store store, Inbox inbox, InboxWorker worker)
{
    private static readonly Message Late = new($"You changed a line that I had taken already, and that changes nothing of what was done: type what is right as a new line, after {"undo":code} with its number where something was logged.");

    /// <summary>Takes an edit; what else happens to a message, such as that it comes back after it was deleted, says nothing new.</summary>
    public async Task TakeAsync(JsonObject activity, Uri service, CancellationToken ct)
    {
        if (activity.Object("channelData").Text("eventType") != "editMessage" || await speech.OfAsync(activity, service, ct) is not { } said)
            return;
        var again = await store.WriteAsync(inbox.CommunityOf(said), (work, token) => TakeAsync(work, said, token), ct);
        if (again is not null)
            worker.Enqueue(again);
    }

    private async Task<Received?> TakeAsync(Work work, Incoming said, CancellationToken ct)
    {
        // The edit itself may come again as well.
        if (await inbox.AddDoneAsync(work, said with { EventId = "edit:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{said.EventId}\n{said.Text}"))) }, ct) is null)
            return null;
        if (await inbox.AddAgainAsync(work, said, ct) is { } again)
            return again;
        await work.Get<Outbox>().AnswerAsync(said, Late, ct);
        return null;
    }
}
