using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Core.Features.Settings;
using CopBot.Core.Storage;
using CopBot.Platforms.Teams.Cards;

namespace CopBot.Platforms.Teams.Intake;

/// <summary>The app's settings in a team (bots/how-to/bot-configuration-experience): the form of <c>settings</c>, which goes the way of the typed line.</summary>
public sealed class TeamsConfig(TeamsSpeech speech, Forms forms, CommandCatalog catalog, InboxWorker inbox, Store store, Communities communities)
{
    private const string Settings = "settings";
    private const string LeadsAlone = "Only a CoP lead may change CopBot's settings. Write settings to CopBot to see them.";

    /// <summary>Opens the form, with what is set.</summary>
    public async Task<TeamsReply> OpenAsync(JsonObject activity, Uri service, CancellationToken ct) =>
        await speech.OfLineAsync(activity, Clicked.KeyOf(activity), Settings, service, ct) is { } said && await FormAsync(said, ct) is { } form
            ? TeamsReply.Config(TeamsClicks.DialogOf(form, Clicked.Fresh(activity)))
            : TeamsReply.ConfigWord(LeadsAlone);

    /// <summary>Takes the form; it opens again where something does not fit.</summary>
    public async Task<TeamsReply> TakeAsync(JsonObject activity, TeamsAction? action, Uri service, CancellationToken ct)
    {
        if (action is not { Do: TeamsActions.Send, Command: Settings } || await speech.OfLineAsync(activity, Clicked.KeyOf(activity), Settings, service, ct) is not { } asked || await FormAsync(asked, ct) is not { } form)
            return TeamsReply.ConfigWord(LeadsAlone);

        // What was left as it is was not said.
        var changed = action with { Values = action.Values.Where(value => form.Fields.All(field => field.Name != value.Key || field.Value != value.Value)).ToDictionary() };
        var line = TeamsActions.Line(changed, catalog)!;
        if (await speech.OfLineAsync(activity, Clicked.KeyOfForm(activity, action, line), line, service, ct) is not { } said)
            return TeamsReply.ConfigWord(LeadsAlone);
        var problems = await forms.ProblemsAsync(said, ct);
        if (problems.Count > 0 && TeamsActions.Line(action, catalog) is { } whole && forms.Whole(whole) is { } again)
            return TeamsReply.Config(TeamsClicks.DialogOf(again, action.Card, problems));
        await inbox.AcceptAsync(said, ct);
        return TeamsReply.ConfigWord(TeamsClicks.Noted);
    }

    // Null for whoever leads nothing. Where nobody does yet, whoever comes first will.
    private Task<Form?> FormAsync(Incoming said, CancellationToken ct) => store.ReadAsync(communities.Of(said.Place.Platform, said.Place.Workspace), async (work, token) =>
    {
        var known = await work.Get<IDirectory>().FindAsync(said, token);
        var leads = known is null ? (await work.Get<Leads>().ListAsync(token)).Count == 0 : known.Role >= Role.Lead;
        return leads ? forms.Whole(SettingsLine.Of(await Communities.LoadAsync(work, token))) : null;
    }, ct);
}
