using System.Text.Json;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Slack.Api;
using CopBot.Platforms.Slack.Blocks;
using CopBot.Platforms.Slack.Workspaces;

namespace CopBot.Platforms.Slack.Intake;

/// <summary>Commands as modals: opened by a trigger, checked when they are sent, and then said like any other line.</summary>
public sealed class SlackForms(SlackApi api, Forms forms, SlackSpeech speech, InboxWorker inbox)
{
    // A trigger is good for three seconds, and so long at most Slack waits for the acknowledgement.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    /// <summary>The form that a line calls for; null where it can be said as it is.</summary>
    public Form? Missing(Incoming said) => forms.Missing(said.Text);

    /// <summary>The whole form of a line's command; null where the line is none.</summary>
    public Form? Whole(string line) => forms.Whole(line);

    /// <summary>Opens a form as a modal. False where Slack did not; the line can then be said, and is answered with the form in a message.</summary>
    public async Task<bool> OpenAsync(Workspace workspace, string trigger, Form form, Incoming said, CancellationToken ct)
    {
        var origin = new JsonObject { ["command"] = form.Command, ["place"] = said.Place.Id };
        if (said.Place.Thread is { } thread)
            origin["thread"] = thread;
        if (said.ReplyTo is { } back)
            origin["back"] = back;
        var view = SlackModal.Of(form, TitleOf(form.Command), origin.ToJsonString(), name => said.Mentions.GetValueOrDefault(name.TrimStart('@'))?.UserId);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            return (await api.CallAsync(SlackMethod.OpenView, workspace.Token, new JsonObject { ["trigger_id"] = trigger, ["view"] = view }, limit.Token)).IsDone;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Takes in what was filled in; gives the problems for the modal to show, or null when it was stored and the modal may close.</summary>
    public async Task<JsonObject?> SubmitAsync(Workspace workspace, JsonObject payload, CancellationToken ct)
    {
        var view = payload.Object("view");
        if (view.Text("callback_id") != SlackModal.CallbackId || Origin(view) is not { } origin)
            return null;

        var user = payload.Object("user");
        var line = CommandLine.Write(origin.Text("command"), SlackModal.Read(view.Object("state").Object("values")));
        var place = new Place(SlackPlatform.PlatformName, workspace.Team, origin.Text("place")) { Thread = origin.TextOrNull("thread") };
        var said = await speech.OfAsync(workspace, "form:" + view.Text("id"), user.Text("id"), NameIn(user), place, line, ct);
        if (said is null)
            return null;

        var problems = await forms.ProblemsAsync(said, ct);
        if (problems.Count > 0)
            return SlackModal.Errors(problems.ToDictionary(problem => problem.Key, problem => PlainText.Of(problem.Value, static _ => PlainText.Someone)));

        await inbox.AcceptAsync(said with { ReplyTo = origin.TextOrNull("back") }, ct);
        return null;
    }

    /// <summary>The values of a long list that match what was typed so far (<c>block_suggestion</c>).</summary>
    public JsonObject Suggest(JsonObject payload)
    {
        var field = Origin(payload.Object("view")) is { } origin ? forms.Whole(origin.Text("command"))?.Fields.FirstOrDefault(field => field.Name == payload.Text("block_id")) : null;
        return SlackModal.Suggestions(field?.Choices ?? [], payload.Text("value"));
    }

    /// <summary>What the payload calls somebody.</summary>
    public static string? NameIn(JsonObject user) => user.TextOrNull("name") ?? user.TextOrNull("username");

    private static string TitleOf(string command) => char.ToUpperInvariant(command[0]) + command[1..];

    private static JsonObject? Origin(JsonObject view)
    {
        try
        {
            return JsonNode.Parse(view.Text("private_metadata")) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
