using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Slack.Api;
using CopBot.Platforms.Slack.Workspaces;

namespace CopBot.Platforms.Slack.Intake;

/// <summary>The shortcuts of the app: each opens the form of a command, filled in with what is known (https://docs.slack.dev/interactivity/implementing-shortcuts).</summary>
public sealed class SlackShortcuts(SlackApi api, SlackForms forms, SlackSpeech speech)
{
    /// <summary>A global shortcut: log something that was learned.</summary>
    public const string Share = "share";

    /// <summary>A global shortcut: thank a colleague.</summary>
    public const string Kudos = "kudos";

    /// <summary>On a message: log it as a share.</summary>
    public const string ShareMessage = "share_message";

    /// <summary>On a message: thank whoever wrote it.</summary>
    public const string ThankAuthor = "thank_author";

    // As long as a title may be; the form says so itself where it is too long.
    private const int LongestTitle = 280;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(600);

    /// <summary>Opens the form. Nothing is stored before it is sent.</summary>
    public async Task OpenAsync(Workspace workspace, JsonObject payload, CancellationToken ct)
    {
        var user = payload.Object("user");
        var message = payload.Object("message");
        var channel = payload.Object("channel").Text("id");
        var line = payload.Text("callback_id") switch
        {
            Share => "share",
            Kudos => "kudos",
            ShareMessage => await ShareLineAsync(workspace, channel, message, ct),
            ThankAuthor => message.TextOrNull("user") is { } author && author != workspace.BotUser ? $"kudos <@{author}>" : "kudos",
            _ => "",
        };
        if (line.Length == 0)
            return;

        var said = await speech.OfAsync(workspace, "", user.Text("id"), SlackForms.NameIn(user), SlackSpeech.PlaceOf(workspace, channel, user.Text("id")), line, ct);
        if (said is not null && forms.Whole(said.Text) is { } form)
            await forms.OpenAsync(workspace, payload.Text("trigger_id"), form, said with { ReplyTo = WayBack.Of(channel, payload.Text("response_url")) }, ct);
    }

    private async Task<string> ShareLineAsync(Workspace workspace, string channel, JsonObject message, CancellationToken ct)
    {
        List<KeyValuePair<string, string>> known = [];
        var title = string.Join(' ', TextRules.Clean(message.Text("text")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (title.Length > 0)
            known.Add(new("title", TextRules.Short(title, LongestTitle)));
        if (await PermalinkAsync(workspace, channel, message.Text("ts"), ct) is { } link)
            known.Add(new("link", link));
        return CommandLine.Write("share", known);
    }

    // The trigger is good for three seconds: without the link rather than without the form.
    private async Task<string?> PermalinkAsync(Workspace workspace, string channel, string ts, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            var answer = await api.CallAsync(SlackMethod.Permalink, workspace.Token, new JsonObject { ["channel"] = channel, ["message_ts"] = ts }, limit.Token);
            return answer.IsDone ? answer.Body.TextOrNull("permalink") : null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }
}
