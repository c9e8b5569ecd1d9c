using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Platforms.Slack.Workspaces;
using NodaTime;

namespace CopBot.Platforms.Slack.Intake;

/// <summary>What Slack tells of its own accord. What somebody said to the bot becomes a line; what happened to accounts and channels is noted.</summary>
public sealed class SlackEvents(InboxWorker inbox, SlackSpeech speech, SlackThanks thanks, SlackChanges changes, HomeTab home)
{
    /// <summary>Takes one in.</summary>
    public async Task AcceptAsync(Workspace workspace, JsonObject payload, CancellationToken ct)
    {
        var happened = payload.Object("event");
        switch (happened.Text("type"))
        {
            case "app_mention":
                await SaidAsync(workspace, happened, ct);
                break;
            case "message" when happened.Text("channel_type") == "im":
                await SaidAsync(workspace, happened, ct);
                break;
            case "reaction_added":
                if (await thanks.OfAsync(workspace, happened, ct) is { } kudos)
                    await inbox.AcceptAsync(kudos, ct);
                break;
            case "app_home_opened" when happened.Text("tab") == "home":
                home.Show(workspace, happened.Text("user"));
                break;
            default:
                await changes.NoteAsync(workspace, happened, ct);
                break;
        }
    }

    // The key is the message, not the event: an edit, an unfurled link or a second kind of event for the same message says nothing new.
    private async Task SaidAsync(Workspace workspace, JsonObject message, CancellationToken ct)
    {
        if (message.TextOrNull("bot_id") is not null || message.Text("subtype") is not ("" or "thread_broadcast" or "file_share" or "me_message"))
            return;

        var (user, channel, ts) = (message.Text("user"), message.Text("channel"), message.Text("ts"));
        var place = SlackSpeech.PlaceOf(workspace, channel, user);
        if (user.Length == 0 || user == workspace.BotUser || Line(workspace, message.Text("text"), place.IsPrivate) is not { } line)
            return;

        var thread = message.TextOrNull("thread_ts") ?? (place.IsPrivate ? null : SlackThread.Under(ts));
        var said = await speech.OfAsync(workspace, $"message:{channel}:{ts}", user, null, place with { Thread = thread }, line, ct);
        if (said is not null)
            await inbox.AcceptAsync(said with { At = SlackThread.At(ts) }, ct);
    }

    // Whoever calls the bot by its name does not mean the name to be part of the line; whoever names it further on talks about it, not to it.
    private static string? Line(Workspace workspace, string text, bool inPrivate)
    {
        var called = $"<@{workspace.BotUser}>";
        var line = text.TrimStart();
        return line.StartsWith(called, StringComparison.Ordinal) ? line[called.Length..].TrimStart(' ', '\u00a0', ',', ':') : inPrivate ? text : null;
    }
}

/// <summary>Threads as places carry them: the time stamp of the message they hang on; marked where the answer will be their first.</summary>
public static class SlackThread
{
    private const string New = "new ";

    /// <summary>A thread that begins with the answer to a message.</summary>
    public static string Under(string ts) => New + ts;

    /// <summary>The time stamp for <c>thread_ts</c>; null outside any thread.</summary>
    public static string? Ts(string? thread) => thread?.StartsWith(New, StringComparison.Ordinal) == true ? thread[New.Length..] : thread;

    /// <summary>As <see cref="Ts"/>, for what only one person sees: Slack shows that in threads that exist already, and nowhere else.</summary>
    public static string? PrivateTs(string? thread) => thread?.StartsWith(New, StringComparison.Ordinal) == true ? null : thread;

    /// <summary>When a message was said, by its time stamp (seconds and a counter); null where that is none.</summary>
    public static Instant? At(string ts) => long.TryParse(ts.Split('.')[0], out var seconds) && seconds is > 0 and < 100_000_000_000 ? Instant.FromUnixTimeSeconds(seconds) : null;
}
