using System.Collections.Concurrent;
using System.Data.Common;
using CopBot.Core.Storage;
using CopBot.Platforms.Teams.Identity;

namespace CopBot.Platforms.Teams.Conversations;

/// <summary>
/// Where the bot can speak. Teams tells where in passing, with what people say and where the bot is added, and can be asked for no list; so it is kept.
/// </summary>
public sealed class TeamsConversations(TeamsSettings settings, ServiceAddresses services, Store store, Communities communities)
{
    private readonly ConcurrentDictionary<string, TeamsChannel> channels = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> left = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TeamsPerson> people = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> erased = new(StringComparer.Ordinal);

    /// <summary>The tenant, which is the workspace of all places and accounts.</summary>
    public string Tenant => settings.TenantId!.ToLowerInvariant();

    /// <summary>Every channel, by team and name; a team's first one first.</summary>
    public IReadOnlyList<TeamsChannel> Channels =>
        [.. channels.Values.OrderBy(channel => channel.TeamName, StringComparer.OrdinalIgnoreCase).ThenBy(channel => channel.Team, StringComparer.Ordinal).ThenBy(channel => channel.Id != channel.Team).ThenBy(channel => channel.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>The first channel of every team, which stands for it; a chat of several people is none.</summary>
    public IReadOnlyList<TeamsChannel> Teams => [.. Channels.Where(channel => channel.Id == channel.Team && channel.TeamName.Length > 0)];

    private int Community => communities.Of(TeamsPlatform.PlatformName, Tenant);

    /// <summary>A channel by its conversation; null where the bot is in none of it.</summary>
    public TeamsChannel? Find(string id) => channels.GetValueOrDefault(id);

    /// <summary>What a channel is called, or was; null where nobody knows. Whoever is told that it is gone is to know which.</summary>
    public string? NameOf(string id) => Find(id)?.Typed ?? left.GetValueOrDefault(id);

    /// <summary>The channel of a name such as <c>#general</c>, or of its team and name, such as <c>#platform/general</c>; spaces may be left out or be hyphens.</summary>
    public TeamsChannel? Named(string name)
    {
        var wanted = TeamsChannel.Plain(name.TrimStart('#'));
        return Channels.FirstOrDefault(channel => channel.Typed == wanted || TeamsChannel.Plain($"{channel.TeamName}/{channel.Name}") == wanted || channel.Id == name);
    }

    /// <summary>How somebody is reached; null where nobody of this id was met.</summary>
    public TeamsPerson? Person(string user) => people.GetValueOrDefault(user);

    /// <summary>Nothing is kept of somebody any more; only this process knows the way to them, until it ends.</summary>
    public void Erased(string user) => erased[user] = true;

    /// <summary>The id in the directory behind the bot's own id of somebody; null where they were not met.</summary>
    public string? UserOf(string mri) => people.Values.FirstOrDefault(person => person.Mri == mri)?.User;

    /// <summary>Takes over what earlier processes kept.</summary>
    public Task LoadAsync(CancellationToken ct) => store.ReadAsync(Community, async (work, token) =>
    {
        foreach (var channel in await work.Sql.ListAsync($"select id, team, team_name, name, service, group_id from teams_channels where community_id = {work.CommunityId}", row => (Id: row.Text(0), Team: row.Text(1), TeamName: row.Text(2), Name: row.Text(3), Service: row.Text(4), Group: row.TextOrNull(5)), token))
        {
            if (services.Read(channel.Service) is { } service)
                channels[channel.Id] = new(channel.Id, channel.Team, channel.TeamName, channel.Name, service, channel.Group);
        }

        foreach (var person in await work.Sql.ListAsync(
            $"""
            select t.user_id, t.mri, t.service, t.conversation, t.taken_out, h.name from teams_people t
            left join handles h on h.platform = {TeamsPlatform.PlatformName} and h.workspace = {Tenant} and h.user_id = t.user_id where t.community_id = {work.CommunityId}
            """,
            row => (User: row.Text(0), Mri: row.Text(1), Service: row.Text(2), Conversation: row.TextOrNull(3), TookOut: row.Int(4) == 1, Name: row.TextOrNull(5)), token))
        {
            if (services.Read(person.Service) is { } service)
                people[person.User] = new(person.User, person.Mri, service, person.Conversation, person.TookOut) { Name = person.Name };
        }

        return 0;
    }, ct);

    /// <summary>As <see cref="LoadAsync"/>; false where the database cannot be read, such as before the first start.</summary>
    public async Task<bool> TryLoadAsync(CancellationToken ct)
    {
        try
        {
            await LoadAsync(ct);
            return true;
        }
        catch (Exception problem) when (problem is DbException or DatabaseProblem)
        {
            // What is wrong with the database is said elsewhere.
            return false;
        }
    }

    /// <summary>Keeps the channels of a team, in place of those it had.</summary>
    public async Task SetTeamAsync(string team, IReadOnlyList<TeamsChannel> now, CancellationToken ct)
    {
        await store.WriteAsync(Community, async (work, token) =>
        {
            await work.Sql.ExecuteAsync($"delete from teams_channels where community_id = {work.CommunityId} and team = {team}", token);
            foreach (var channel in now)
                await work.Sql.ExecuteAsync($"insert into teams_channels (community_id, id, team, team_name, name, service, group_id) values ({work.CommunityId}, {channel.Id}, {channel.Team}, {channel.TeamName}, {channel.Name}, {channel.Service.AbsoluteUri}, {channel.Group})", token);
        }, ct);
        foreach (var gone in channels.Values.Where(channel => channel.Team == team && now.All(one => one.Id != channel.Id)))
        {
            left[gone.Id] = gone.Typed;
            channels.TryRemove(gone.Id, out _);
        }

        foreach (var channel in now)
            channels[channel.Id] = channel;
    }

    /// <summary>Keeps how somebody is reached; a conversation that is known is not forgotten for one that is not, and whoever speaks has the bot again.</summary>
    public async Task SetPersonAsync(TeamsPerson person, CancellationToken ct)
    {
        var before = Person(person.User);
        var after = person with { Conversation = person.Conversation ?? before?.Conversation, TookOut = before is { TookOut: true } && person.Conversation is null, Name = person.Name ?? before?.Name };
        if (!erased.TryRemove(person.User, out _) && after == before)
            return;
        await store.WriteAsync(Community, (work, token) => work.Sql.ExecuteAsync(
            $"""
            insert into teams_people (community_id, user_id, mri, service, conversation, taken_out) values ({work.CommunityId}, {after.User}, {after.Mri}, {after.Service.AbsoluteUri}, {after.Conversation}, {(after.TookOut ? 1 : 0)})
            on conflict (community_id, user_id) do update set mri = excluded.mri, service = excluded.service, conversation = excluded.conversation, taken_out = excluded.taken_out
            """, token), ct);
        people[person.User] = after;
    }

    /// <summary>Forgets the conversation with somebody, where it cannot be spoken in any more.</summary>
    public Task CloseAsync(string user, CancellationToken ct) => Person(user) is { Conversation: not null } known ? CloseAsync(known with { Conversation = null }, ct) : Task.CompletedTask;

    /// <summary>As <see cref="CloseAsync(string, CancellationToken)"/>: they took the bot out themselves, and it begins anew when they add it again.</summary>
    public Task TakenOutAsync(string user, CancellationToken ct) => Person(user) is { } known ? CloseAsync(known with { Conversation = null, TookOut = true }, ct) : Task.CompletedTask;

    private async Task CloseAsync(TeamsPerson closed, CancellationToken ct)
    {
        await store.WriteAsync(Community, (work, token) => work.Sql.ExecuteAsync(
            $"update teams_people set conversation = null, taken_out = {(closed.TookOut ? 1 : 0)} where community_id = {work.CommunityId} and user_id = {closed.User}", token), ct);
        people[closed.User] = closed;
    }
}
