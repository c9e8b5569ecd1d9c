using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Platforms.Discord.Api;
using CopBot.Platforms.Discord.Guilds;

namespace CopBot.Platforms.Discord;

/// <summary>
/// A role per rotation and per title of the season in each server, so that <c>@core-team</c> reaches whoever serves now (docs.discord.com/developers/resources/guild, “Add Guild Member Role”).
/// It is made by the bot; a role of that name which somebody else made is left alone. Who had it from the bot is noted: few bots may list a role's holders.
/// </summary>
public sealed class DiscordGroups(DiscordApi api, DiscordGuilds guilds, Store store) : IGroupSync
{
    private const int LongestName = 100;

    // Stands for the id of a role that Discord has been asked to make.
    private const string Making = "making";

    public string Platform => DiscordPlatform.PlatformName;

    public bool TakesTitles => true;

    public async Task<SyncOutcome> SetAsync(GroupMembers group, CancellationToken ct)
    {
        var outcome = SyncOutcome.Done;
        foreach (var guild in guilds.All)
        {
            var users = group.Members.Where(member => member.Workspace == guild.Id).Select(member => member.UserId).Distinct().Order(StringComparer.Ordinal).ToList();
            var one = await SetAsync(guild, group, users, ct);

            // What one server refuses for good keeps no other from being asked again soon.
            if (one.Kind == SyncOutcomeKind.Later || outcome.Kind == SyncOutcomeKind.Done)
                outcome = one;
        }

        return outcome;
    }

    private async Task<SyncOutcome> SetAsync(DiscordGuild guild, GroupMembers group, IReadOnlyList<string> users, CancellationToken ct)
    {
        var (known, holders) = await KnownAsync(guild, group, ct);
        if (users.Count == 0 && known is null)
            return SyncOutcome.Done;
        if (!guild.Everywhere.HasFlag(DiscordPermissions.ManageRoles))
            return new SyncOutcome(SyncOutcomeKind.Refused, Problem: $"I lack “Manage Roles” in {guild.Name}: allow it to my role in the server's settings, under “Roles”");

        var role = known is not null ? guild.Roles.GetValueOrDefault(known) : null;

        // It was about to make one when it last got no answer: the one that nobody had before is its own.
        if (known == Making)
            role = guild.Roles.Values.Where(other => other.Name == Short(group.Name) && other.Permissions == DiscordPermissions.None && guild.MayGive(other)).MaxBy(other => other.Id.Length * 1e20m + decimal.Parse(other.Id, System.Globalization.CultureInfo.InvariantCulture));
        if (role is null && users.Count == 0)
            return SyncOutcome.Done;
        if (role is null && guild.Roles.Values.Any(other => other.Name.Equals(group.Name, StringComparison.OrdinalIgnoreCase)))
            return new SyncOutcome(SyncOutcomeKind.Refused, Problem: $"{guild.Name} has a role “{group.Name}” that somebody else made; rename one of the two");
        if (role is not null && !guild.MayGive(role))
            return new SyncOutcome(SyncOutcomeKind.Refused, Problem: $"the role “{role.Name}” stands above mine in {guild.Name}: drag my role above it in the server's settings, under “Roles”");

        var id = role?.Id;
        if (id is null)
        {
            await NoteAsync(guild, group, Making, [], ct);
            var made = await api.CallAsync(DiscordRoute.Roles(HttpMethod.Post, guild.Id) with { Reason = $"For {group.Name}" }, new JsonObject { ["name"] = Short(group.Name), ["permissions"] = "0", ["mentionable"] = group.IsCalled }, ct);
            if (!made.IsDone)
            {
                if (made.Outcome != DiscordOutcome.Unknown)
                    await ForgetAsync(guild, group, ct);
                return OutcomeOf(made, guild);
            }

            id = made.Body.Text("id");
            guild.SetRole(made.Body);
            await NoteAsync(guild, group, id, [], ct);
        }

        foreach (var gone in holders.Except(users))
        {
            if (await GiveAsync(HttpMethod.Delete, guild, gone, id, $"No longer in {group.Name}", ct) is { } problem)
                return problem;
        }

        // Also those who have it already: somebody may have taken it from them by hand.
        await NoteAsync(guild, group, id, [.. holders.Union(users)], ct);
        foreach (var user in users)
        {
            if (await GiveAsync(HttpMethod.Put, guild, user, id, $"Now in {group.Name}", ct) is { } problem)
                return problem;
        }

        await NoteAsync(guild, group, id, users, ct);
        return SyncOutcome.Done;
    }

    // Null where it is as it should be; whoever left the server needs no role.
    private async Task<SyncOutcome?> GiveAsync(HttpMethod how, DiscordGuild guild, string user, string role, string reason, CancellationToken ct)
    {
        var answer = await api.CallAsync(DiscordRoute.MemberRole(how, guild.Id, user, role) with { Reason = reason }, null, ct);
        return answer.IsDone || answer.Code is DiscordError.UnknownMember or DiscordError.UnknownUser ? null : OutcomeOf(answer, guild);
    }

    private Task<(string? Role, IReadOnlyList<string> Holders)> KnownAsync(DiscordGuild guild, GroupMembers group, CancellationToken ct) =>
        store.ReadAsync(group.Community, (work, token) => work.Sql.FirstAsync(
            $"select role_id, holders from discord_roles where rotation_id = {group.Follows} and guild = {guild.Id}",
            row => ((string?)row.Text(0), (IReadOnlyList<string>)row.Text(1).Split(',', StringSplitOptions.RemoveEmptyEntries)), token), ct)
        .ContinueWith(found => found.Result is { Item1: not null } one ? one : (null, (IReadOnlyList<string>)[]), ct, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);

    private Task ForgetAsync(DiscordGuild guild, GroupMembers group, CancellationToken ct) =>
        store.WriteAsync(group.Community, (work, token) => work.Sql.ExecuteAsync($"delete from discord_roles where rotation_id = {group.Follows} and guild = {guild.Id}", token), ct);

    private Task NoteAsync(DiscordGuild guild, GroupMembers group, string role, IReadOnlyList<string> holders, CancellationToken ct) =>
        store.WriteAsync(group.Community, (work, token) => work.Sql.ExecuteAsync(
            $"""
            insert into discord_roles (community_id, rotation_id, guild, role_id, holders) values ({group.Community}, {group.Follows}, {guild.Id}, {role}, {string.Join(',', holders)})
            on conflict (rotation_id, guild) do update set role_id = excluded.role_id, holders = excluded.holders
            """, token), ct);

    private static SyncOutcome OutcomeOf(DiscordAnswer answer, DiscordGuild guild) => answer.Outcome != DiscordOutcome.Permanent
        ? new SyncOutcome(SyncOutcomeKind.Later, answer.RetryAfter, answer.Problem)
        : new SyncOutcome(SyncOutcomeKind.Refused, Problem: answer.IsForbidden
            ? $"{guild.Name} does not let me give roles: allow “Manage Roles” to my role, and drag it above those that I give"
            : answer.Problem);

    private static string Short(string name) => name.Length <= LongestName ? name : name[..LongestName];
}
