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
    private readonly ConcurrentDictionary<string, TeamsPerson> people = new(StringComparer.Ordinal);

    /// <summary>The tenant, which is the workspace of all places and accounts.</summary>
    public string Tenant => settings.TenantId!.ToLowerInvariant();

    /// <summary>Every channel, by team and name; a team's first one first.</summary>
    public IReadOnlyList<TeamsChannel> Channels =>
        [.. channels.Values.OrderBy(channel => channel.TeamName, StringComparer.OrdinalIgnoreCase).ThenBy(channel => channel.Team, StringComparer.Ordinal).ThenBy(channel => channel.Id != channel.Team).ThenBy(channel => channel.Name, StringComparer.OrdinalIgnoreCase)];

    private int Community => communities.Of(TeamsPlatform.PlatformName, Tenant);

    /// <summary>A channel by its conversation; null where the bot is in none of it.</summary>
    public TeamsChannel? Find(string id) => channels.GetValueOrDefault(id);

    /// <summary>The channel of a name such as <c>#general</c>, or of its team and name, such as <c>#platform/general</c>; spaces may be left out or be hyphens.</summary>
    public TeamsChannel? Named(string name)
    {
        var wanted = TeamsChannel.Plain(name.TrimStart('#'));
        return Channels.FirstOrDefault(channel => channel.Typed == wanted || TeamsChannel.Plain($"{channel.TeamName}/{channel.Name}") == wanted || channel.Id == name);
    }

    /// <summary>How somebody is reached; null where nobody of this id was met.</summary>
    public TeamsPerson? Person(string user) => people.GetValueOrDefault(user);

    /// <summary>The id in the directory behind the bot's own id of somebody; null where they were not met.</summary>
    public string? UserOf(string mri) => people.Values.FirstOrDefault(person => person.Mri == mri)?.User;

    /// <summary>Takes over what earlier processes kept.</summary>
    public Task LoadAsync(CancellationToken ct) => store.ReadAsync(Community, async (work, token) =>
    {
        foreach (var channel in await work.Sql.ListAsync($"select id, team, team_name, name, service from teams_channels where community_id = {work.CommunityId}", row => (Id: row.Text(0), Team: row.Text(1), TeamName: row.Text(2), Name: row.Text(3), Service: row.Text(4)), token))
        {
            if (services.Read(channel.Service) is { } service)
                channels[channel.Id] = new(channel.Id, channel.Team, channel.TeamName, channel.Name, service);
        }

        foreach (var person in await work.Sql.ListAsync($"select user_id, mri, service, conversation from teams_people where community_id = {work.CommunityId}", row => (User: row.Text(0), Mri: row.Text(1), Service: row.Text(2), Conversation: row.TextOrNull(3)), token))
        {
            if (services.Read(person.Service) is { } service)
                people[person.User] = new(person.User, person.Mri, service, person.Conversation);
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
                await work.Sql.ExecuteAsync($"insert into teams_channels (community_id, id, team, team_name, name, service) values ({work.CommunityId}, {channel.Id}, {channel.Team}, {channel.TeamName}, {channel.Name}, {channel.Service.AbsoluteUri})", token);
        }, ct);
        foreach (var gone in channels.Values.Where(channel => channel.Team == team && now.All(one => one.Id != channel.Id)))
            channels.TryRemove(gone.Id, out _);
        foreach (var channel in now)
            channels[channel.Id] = channel;
    }

    /// <summary>Keeps how somebody is reached; a conversation that is known is not forgotten for one that is not.</summary>
    public async Task SetPersonAsync(TeamsPerson person, CancellationToken ct)
    {
        var before = Person(person.User);
        var after = person with { Conversation = person.Conversation ?? before?.Conversation };
        if (after == before)
            return;
        await store.WriteAsync(Community, (work, token) => work.Sql.ExecuteAsync(
            $"""
            insert into teams_people (community_id, user_id, mri, service, conversation) values ({work.CommunityId}, {after.User}, {after.Mri}, {after.Service.AbsoluteUri}, {after.Conversation})
            on conflict (community_id, user_id) do update set mri = excluded.mri, service = excluded.service, conversation = excluded.conversation
            """, token), ct);
        people[person.User] = after;
    }

    /// <summary>Forgets the conversation with somebody: they took the bot out, and it begins anew when they add it again.</summary>
    public async Task CloseAsync(string user, CancellationToken ct)
    {
        if (Person(user) is not { Conversation: not null } known)
            return;
        await store.WriteAsync(Community, (work, token) => work.Sql.ExecuteAsync($"update teams_people set conversation = null where community_id = {work.CommunityId} and user_id = {user}", token), ct);
        people[user] = known with { Conversation = null };
    }
}
