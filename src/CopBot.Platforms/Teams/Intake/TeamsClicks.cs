using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Teams.Cards;
using CopBot.Platforms.Teams.Manifest;

namespace CopBot.Platforms.Teams.Intake;

/// <summary>
/// Buttons, forms and dialogs. Clients send a click again where the answer is late, and a second layer under a new id (so the id alone does not tell): each
/// action carries the card it came with and its number, and with who did what that makes the key.
/// </summary>
public sealed class TeamsClicks(TeamsSpeech speech, Forms forms, CommandCatalog catalog, InboxWorker inbox, Clicked clicked, Asked asked, TeamsRefresh refresh, TeamsConfig config)
{
    internal const string Noted = "Noted; the answer comes in a moment.";
    private const string SentBefore = "This form was sent already, and counted once.";
    private const string Strange = "I do not know this button any more. Please type the command instead. Nothing was stored.";

    /// <summary>A click that comes as a message, from clients that do not know universal actions.</summary>
    public async Task<TeamsReply> SubmitAsync(JsonObject activity, TeamsAction action, Uri service, CancellationToken ct)
    {
        if (TeamsActions.Line(action, catalog) is not { } line)
            return TeamsReply.Taken;
        if (action.Do != TeamsActions.Send)
            await StoreAsync(activity, action, line, service, ct);

        // Such a client shows no form anew: what does not fit is told in the answer.
        else if (await speech.OfLineAsync(activity, Clicked.KeyOfForm(activity, action, line), line, service, ct) is { } said)
            await inbox.AcceptAsync(await asked.InAsync(said, action.Card, ct), ct);
        return TeamsReply.Taken;
    }

    /// <summary>What has to be answered at once (bots/how-to/conversations, invoke activities).</summary>
    public async Task<TeamsReply> InvokeAsync(JsonObject activity, Uri service, CancellationToken ct)
    {
        var action = TeamsActions.Read(activity["value"]);
        switch (activity.Text("name"))
        {
            case "adaptiveCard/action":
                return await ActionAsync(activity, action, service, ct);
            case "task/fetch":
                return action?.Line is { } line && forms.Whole(line) is { } form ? TeamsReply.Dialog(DialogOf(form, action.Card)) : TeamsReply.LastWord(Strange);
            case "task/submit" or "composeExtension/submitAction":
                return (await SentAsync(activity, action, service, ct)).Again is { } again ? TeamsReply.Dialog(again) : TeamsReply.Taken;
            case "composeExtension/fetchTask" when activity.Object("value").Text("commandId") == TeamsManifest.LogAsShare && forms.Whole(Shared.Line(activity.Object("value").Object("messagePayload"))) is { } share:
                return TeamsReply.Dialog(DialogOf(share, Clicked.Fresh(activity)));
            case "config/fetch":
                return await config.OpenAsync(activity, service, ct);
            case "config/submit":
                return await config.TakeAsync(activity, action, service, ct);
            case "composeExtension/fetchTask":
                return TeamsReply.LastWord(Strange);
            default:
                return TeamsReply.Unknown;
        }
    }

    private async Task<TeamsReply> ActionAsync(JsonObject activity, TeamsAction? action, Uri service, CancellationToken ct)
    {
        if (action is null)
            return TeamsReply.Bad(Strange);
        if (action.Do == TeamsActions.Refresh)
            return await refresh.AnswerAsync(activity, ct);
        if (action.Do == TeamsActions.Send)
            return await SentAsync(activity, action, service, ct) is var (again, taken) && again is not null ? TeamsReply.Card(TeamsForm.InPlace(again.Card)) : TeamsReply.Word(taken ? Noted : SentBefore);
        if (TeamsActions.Line(action, catalog) is not { } line)
            return TeamsReply.Word("Choose something first.");
        return await StoreAsync(activity, action, line, service, ct) ? TeamsReply.Word(Noted) : TeamsReply.Word("That was pressed a moment ago, and counted once.");
    }

    // The form again, where something does not fit; else whether it was taken now.
    private async Task<(TeamsDialog? Again, bool Taken)> SentAsync(JsonObject activity, TeamsAction? action, Uri service, CancellationToken ct)
    {
        if (action is null || TeamsActions.Line(action, catalog) is not { } line)
            return (null, false);
        if (await speech.OfLineAsync(activity, Clicked.KeyOfForm(activity, action, line), line, service, ct) is not { } said)
            return (null, false);

        var problems = await forms.ProblemsAsync(said, ct);
        if (problems.Count > 0 && forms.Whole(line) is { } form)
            return (DialogOf(form, action.Card, problems), false);
        return (null, await inbox.AcceptAsync(await asked.InAsync(said, action.Card, ct), ct) is not null);
    }

    private async Task<bool> StoreAsync(JsonObject activity, TeamsAction action, string line, Uri service, CancellationToken ct) =>
        await speech.OfLineAsync(activity, Clicked.KeyOf(activity), line, service, ct) is { } said
        && await clicked.FreshAsync(activity, action, said, ct) is { } fresh
        && await inbox.AcceptAsync(fresh, ct) is not null;

    internal static TeamsDialog DialogOf(Form form, string? card, IReadOnlyDictionary<string, RichText>? problems = null) =>
        TeamsForm.Card(form, new TeamsReader(static _ => PlainText.Someone, static _ => null, card) { Alone = true }, char.ToUpperInvariant(form.Command[0]) + form.Command[1..], problems);
}
