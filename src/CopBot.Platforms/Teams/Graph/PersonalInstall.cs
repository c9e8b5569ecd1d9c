using CopBot.Core.Chat;
using CopBot.Platforms.Teams.Conversations;
using CopBot.Platforms.Teams.Manifest;
using Microsoft.Graph.Models;
using NodaTime;

namespace CopBot.Platforms.Teams.Graph;

/// <summary>
/// Adds the app for a person, without which a bot cannot speak to them first (graph/api/userteamwork-post-installedapps). Teams then tells the bot their
/// conversation, and what waits goes out.
/// </summary>
public sealed class PersonalInstall(TeamsGraph graph, TeamsSettings settings, TeamsGaps gaps)
{
    private const string Gap = "install";

    // Teams tells of the new conversation within seconds.
    private static readonly Duration Soon = Duration.FromSeconds(5);

    private volatile string? catalogId;

    /// <summary>Adds it. Later where it was added, or Graph does not do it now; refused where nothing can be done but by others.</summary>
    public async Task<SyncOutcome> AddAsync(string user, CancellationToken ct)
    {
        var found = await FindAsync(ct);
        if (found.Kind == SyncOutcomeKind.Refused)
            return await MissedAsync(found.Outcome(TeamsPermissions.Catalog), ct);
        if (!found.IsDone || found.Value is not { } id)
            return found.IsDone ? await MissedAsync(new(SyncOutcomeKind.Refused, Problem: "the app is not among the organisation's apps in Teams; an administrator uploads its package in the Teams admin center"), ct) : found.Outcome(TeamsPermissions.Catalog);

        var app = new UserScopeTeamsAppInstallation
        {
            // A package that asks for consent is added together with it (graph/api/resources/teamsapppermissionset).
            ConsentedPermissionSet = new TeamsAppPermissionSet
            {
                ResourceSpecificPermissions = [.. TeamsPermissions.ResourceSpecific.Select(permission => new TeamsAppResourceSpecificPermission { PermissionValue = permission.Name, PermissionType = TeamsAppResourceSpecificPermissionType.Application })],
            },
            AdditionalData = new Dictionary<string, object> { ["teamsApp@odata.bind"] = $"{settings.GraphBase}appCatalogs/teamsApps/{id}" },
        };
        var added = await graph.AskAsync("the app for a person", (client, token) => client.Users[user].Teamwork.InstalledApps.PostAsync(app, cancellationToken: token), ct);
        if (added.IsDone)
        {
            await gaps.CloseAsync(Gap, ct);
            return new(SyncOutcomeKind.Later, Soon, "the app was added for them");
        }

        // They have it, and shut it out themselves; or the account is gone.
        if (added.IsThere || added.IsMissing)
            return new(SyncOutcomeKind.Refused, Problem: added.Problem);
        return added.Kind == SyncOutcomeKind.Refused ? await MissedAsync(added.Outcome(TeamsPermissions.Install), ct) : added.Outcome(TeamsPermissions.Install);
    }

    private async Task<GraphAnswer<string>> FindAsync(CancellationToken ct)
    {
        if (catalogId is { } known)
            return new(SyncOutcomeKind.Done, known, 200);
        var listed = await graph.AskAsync("the app in the catalog", (client, token) => client.AppCatalogs.TeamsApps.GetAsync(request => request.QueryParameters.Filter = $"externalId eq '{settings.AppId}'", token), ct);
        catalogId = listed.Value?.Value?.FirstOrDefault()?.Id;
        return new(listed.Kind, catalogId, listed.Status, listed.Problem, listed.RetryAfter);
    }

    private async Task<SyncOutcome> MissedAsync(SyncOutcome refused, CancellationToken ct)
    {
        await gaps.TellAsync(Gap, refused.Problem!, $"I cannot speak to people alone before they have added me for themselves: {new RichText([new Run.Words(refused.Problem!)])}. Everything else goes on, and they are told so where they ask. I say no more of it unless the reason changes.", ct);
        return refused;
    }
}
