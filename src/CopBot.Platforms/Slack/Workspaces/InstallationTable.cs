using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Platforms.Slack.Workspaces;

/// <summary>The rows of the installations, which several processes share. They belong to no community: a workspace is given to one elsewhere.</summary>
public sealed class InstallationTable(Store store)
{
    /// <summary>All of them, also those that were taken out.</summary>
    public Task<List<Installation>> AllAsync(CancellationToken ct) => store.ReadAsync(Community.First, (work, token) => work.Sql.ListAsync(
        $"select enterprise, team, team_name, bot_user, scopes, installed_at, bot_token, refresh_token, expires_at, revoked_at from slack_installations order by enterprise, team",
        row => new Installation(row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Instant(5))
        {
            Token = row.BytesOrNull(6),
            Refresh = row.BytesOrNull(7),
            ExpiresAt = row.InstantOrNull(8),
            RevokedAt = row.InstantOrNull(9),
        }, token), ct);

    /// <summary>Notes an installation, in place of an earlier one of the same workspace.</summary>
    public Task PutAsync(Installation one, CancellationToken ct) => store.WriteAsync(Community.First, (work, token) => work.Sql.ExecuteAsync(
        $"""
        insert into slack_installations (enterprise, team, team_name, bot_user, scopes, bot_token, refresh_token, expires_at, refreshing_until, installed_at, revoked_at)
        values ({one.Enterprise}, {one.Team}, {one.Name}, {one.BotUser}, {one.Scopes}, {one.Token}, {one.Refresh}, {one.ExpiresAt}, null, {one.InstalledAt}, null)
        on conflict (enterprise, team) do update set team_name = excluded.team_name, bot_user = excluded.bot_user, scopes = excluded.scopes, bot_token = excluded.bot_token,
            refresh_token = excluded.refresh_token, expires_at = excluded.expires_at, refreshing_until = null, installed_at = excluded.installed_at, revoked_at = null
        """, token), ct);

    /// <summary>Takes the tokens out of a row. False where it was installed anew meanwhile: then nothing is done.</summary>
    public async Task<bool> RevokeAsync(Installation one, Instant now, CancellationToken ct) => await store.WriteAsync(Community.First, async (work, token) =>
    {
        work.ScrubAfterCommit();
        return await work.Sql.ExecuteAsync(
            $"""
            update slack_installations set bot_token = null, refresh_token = null, expires_at = null, refreshing_until = null, revoked_at = {now}
            where enterprise = {one.Enterprise} and team = {one.Team} and installed_at = {one.InstalledAt} and revoked_at is null
            """, token);
    }, ct) == 1;

    /// <summary>Asks to be the only one that refreshes a token, for a while. False where somebody else does, or did.</summary>
    public async Task<bool> ClaimAsync(Installation one, Instant now, Instant until, CancellationToken ct) => await store.WriteAsync(Community.First, (work, token) => work.Sql.ExecuteAsync(
        $"""
        update slack_installations set refreshing_until = {until}
        where enterprise = {one.Enterprise} and team = {one.Team} and installed_at = {one.InstalledAt} and refresh_token = {one.Refresh} and revoked_at is null
            and (refreshing_until is null or refreshing_until <= {now})
        """, token), ct) == 1;

    /// <summary>Lets go of a claim, so that it can be tried again at once.</summary>
    public Task ReleaseAsync(Installation one, CancellationToken ct) => store.WriteAsync(Community.First, (work, token) => work.Sql.ExecuteAsync(
        $"update slack_installations set refreshing_until = null where enterprise = {one.Enterprise} and team = {one.Team} and refresh_token = {one.Refresh}", token), ct);

    /// <summary>Notes new tokens. False where the app was taken out or installed anew meanwhile.</summary>
    public async Task<bool> RenewAsync(Installation one, CancellationToken ct) => await store.WriteAsync(Community.First, (work, token) => work.Sql.ExecuteAsync(
        $"""
        update slack_installations set bot_token = {one.Token}, refresh_token = {one.Refresh}, expires_at = {one.ExpiresAt}, refreshing_until = null
        where enterprise = {one.Enterprise} and team = {one.Team} and installed_at = {one.InstalledAt} and revoked_at is null
        """, token), ct) == 1;

    /// <summary>Notes that a token can not be refreshed any more; it is good until it ends.</summary>
    public Task GiveUpAsync(Installation one, CancellationToken ct) => store.WriteAsync(Community.First, (work, token) => work.Sql.ExecuteAsync(
        $"update slack_installations set refresh_token = null, refreshing_until = null where enterprise = {one.Enterprise} and team = {one.Team} and refresh_token = {one.Refresh}", token), ct);
}
