using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Slack.Workspaces;

namespace CopBot.Platforms.Slack.Intake;

/// <summary>Clicks, forms and shortcuts. A button carries a command line: a click is the same as typing it.</summary>
public sealed class SlackInteractions(InboxWorker inbox, SlackSpeech speech, SlackForms forms, SlackShortcuts shortcuts)
{
    private const string Form = "form:";

    /// <summary>Takes one in; what comes back goes with the acknowledgement.</summary>
    public async Task<JsonObject?> AcceptAsync(Workspace workspace, JsonObject payload, CancellationToken ct)
    {
        switch (payload.Text("type"))
        {
            case "block_actions":
                foreach (var action in payload.Objects("actions"))
                    await ClickAsync(workspace, payload, action, ct);
                return null;
            case "view_submission":
                return await forms.SubmitAsync(workspace, payload, ct);
            case "block_suggestion":
                return forms.Suggest(payload);
            case "shortcut" or "message_action":
                await shortcuts.OpenAsync(workspace, payload, ct);
                return null;
            default:
                return null;
        }
    }

    private async Task ClickAsync(Workspace workspace, JsonObject payload, JsonObject action, CancellationToken ct)
    {
        var line = action.TextOrNull("value") ?? action.Object("selected_option").Text("value");
        if (line.Length == 0)
            return;

        var user = payload.Object("user");
        var container = payload.Object("container");
        var channel = payload.Object("channel").TextOrNull("id") ?? container.Text("channel_id");
        var place = SlackSpeech.PlaceOf(workspace, channel, user.Text("id")) with { Thread = container.TextOrNull("thread_ts") };
        var said = await speech.OfAsync(workspace, $"click:{user.Text("id")}:{action.Text("action_ts")}:{action.Text("action_id")}", user.Text("id"), SlackForms.NameIn(user), place, line, ct);
        if (said is null)
            return;

        said = said with { ReplyTo = WayBack.Of(channel, payload.Text("response_url")) };
        var form = action.Text("action_id").StartsWith(Form, StringComparison.Ordinal) ? forms.Whole(said.Text) : forms.Missing(said);
        if (form is null || !await forms.OpenAsync(workspace, payload.Text("trigger_id"), form, said, ct))
            await inbox.AcceptAsync(said, ct);
    }
}
