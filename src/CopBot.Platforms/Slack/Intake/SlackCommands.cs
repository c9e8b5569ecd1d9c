using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Slack.Workspaces;

namespace CopBot.Platforms.Slack.Intake;

/// <summary>What people type behind <c>/cop</c>.</summary>
public sealed class SlackCommands(InboxWorker inbox, SlackSpeech speech, SlackForms forms)
{
    /// <summary>Opens the form of a line that lacks something while its trigger is good (three seconds); stores any other.</summary>
    public async Task AcceptAsync(Workspace workspace, JsonObject payload, CancellationToken ct)
    {
        var user = payload.Text("user_id");
        var channel = payload.Text("channel_id");
        var said = await speech.OfAsync(
            workspace, "command:" + payload.Text("trigger_id"), user, payload.TextOrNull("user_name"), SlackSpeech.PlaceOf(workspace, channel, user), payload.Text("text"), ct);
        if (said is null)
            return;

        said = said with { ReplyTo = WayBack.Of(channel, payload.Text("response_url")) };
        if (forms.Missing(said) is not { } form || !await forms.OpenAsync(workspace, payload.Text("trigger_id"), form, said, ct))
            await inbox.AcceptAsync(said, ct);
    }
}
