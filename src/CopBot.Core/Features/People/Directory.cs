using CopBot.Core.Chat;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.People;

/// <summary>Who is who: accounts to people, mentions to people, people to the names that others may see.</summary>
public sealed class Directory(Work work, Outbox outbox, OrderedIds ids, TimeProvider time) : IDirectory
{
    private static readonly Duration Fresh = Duration.FromHours(1);

    public async Task<Known?> FindAsync(Incoming said, CancellationToken ct)
    {
        var from = said.From;
        var now = Now();
        return await work.Sql.FirstAsync(
            $"""
            select p.id, p.role, p.privacy, h.name, h.reach, h.seen_at, h.left_at from handles h join people p on p.id = h.person_id
            where h.platform = {from.Platform} and h.workspace = {from.Workspace} and h.user_id = {from.UserId} and p.joined_at is not null
            """,
            row => new Known(
                row.Person(0),
                (Role)row.Int(1),
                (Privacy)row.Int(2) is Privacy.Public or Privacy.Alias,
                (Privacy)row.Int(2) is Privacy.Observer,
                row.Text(3) == from.Name && row.Text(4) == said.Place.Platform && row.Instant(5) > now - Fresh && row.LongOrNull(6) is null), ct);
    }

    public async Task<Known> JoinAsync(Incoming said, CancellationToken ct)
    {
        var first = await work.Sql.ScalarAsync<int>($"select count(*) from (select 1 from people where community_id = {work.CommunityId} and joined_at is not null and erased_at is null and merged_into is null limit 1) as members", ct) == 0;
        var role = first ? Role.Lead : Role.Member;
        var person = await IdOfAsync(said.From, ct) ?? await AddAsync(said.From, said.Place.Platform, ct);
        await work.Sql.ExecuteAsync($"update people set joined_at = {Now()}, role = {role}, name = {said.From.Name} where id = {person}", ct);
        await UpdateAsync(said, ct);
        await outbox.TellAsync(person, Welcome.For(person, role), ct);
        return new Known(person, role, Shown: true, LooksOn: false, Current: true);
    }

    public async Task UpdateAsync(Incoming said, CancellationToken ct)
    {
        var from = said.From;

        // The person goes by the name of the account that gave it, as long as that account does.
        await work.Sql.ExecuteAsync(
            $"""
            update people set name = {from.Name} where (id, name) = (
                select person_id, name from handles where platform = {from.Platform} and workspace = {from.Workspace} and user_id = {from.UserId})
            """, ct);
        await work.Sql.ExecuteAsync(
            $"""
            update handles set name = {from.Name}, name_key = {Key(from.Name)}, reach = {said.Place.Platform}, seen_at = {Now()}, left_at = null
            where platform = {from.Platform} and workspace = {from.Workspace} and user_id = {from.UserId}
            """, ct);
    }

    public async Task<PersonId?> MentionedAsync(string mention, Caller caller, CancellationToken ct)
    {
        var name = mention.TrimStart('@');
        if (caller.Said.Mentions.TryGetValue(name, out var handle))
            return await IdOfAsync(handle, ct) is { } mentioned && await HasJoinedAsync(mentioned, ct) ? mentioned : null;

        var from = caller.Said.From;
        var key = Key(name);
        var found = await work.Sql.ListAsync(
            $"""
            select h.person_id from handles h join people p on p.id = h.person_id
            where h.community_id = {work.CommunityId} and h.name_key = {key} and p.joined_at is not null
            order by case when h.platform = {from.Platform} and h.workspace = {from.Workspace} then 0 else 1 end
            """,
            row => row.Person(0), ct);
        if (found.Count > 0)
            return found[0];

        var other = await work.Sql.FirstAsync(
            $"select id from people where community_id = {work.CommunityId} and privacy = {Privacy.Alias} and alias_key = {key}",
            row => (PersonId?)row.Person(0), ct);
        if (other is { } person)
            caller.ByAlias.Add(person);
        return other;
    }

    public async Task<PersonId?> InvitedAsync(string mention, Caller caller, CancellationToken ct)
    {
        if (await MentionedAsync(mention, caller, ct) is { } known)
            return known;

        var name = mention.TrimStart('@');
        var speaker = caller.Said.From;
        var handle = caller.Said.Mentions.TryGetValue(name, out var mentioned) ? mentioned
            : LocalNames.Open(speaker) && mention.StartsWith('@') && LocalNames.IsName(name) ? speaker with { UserId = name, Name = name }
            : null;
        return handle is null ? null : await IdOfAsync(handle, ct) ?? await AddAsync(handle, caller.Said.Place.Platform, ct);
    }

    public async Task<Func<PersonId, string>> NamesAsync(IReadOnlyCollection<PersonId> people, Place place, string? only, CancellationToken ct)
    {
        if (people.Count == 0)
            return static _ => PlainText.Someone;

        var reader = only ?? (place.IsPrivate ? place.Id[1..] : null);
        var names = new Dictionary<PersonId, string>();
        foreach (var person in people)
            names[person] = await NameAsync(person, place, reader, ct);
        return person => names.GetValueOrDefault(person, PlainText.Someone);
    }

    public async Task<Func<PersonId, string?>> AccountsAsync(IReadOnlyCollection<PersonId> people, Place place, CancellationToken ct)
    {
        var accounts = new Dictionary<PersonId, string?>();
        foreach (var person in people)
        {
            accounts[person] = await work.Sql.FirstAsync(
                $"""
                select h.user_id from people asked join people p on p.id = coalesce(asked.merged_into, asked.id) join handles h on h.person_id = p.id
                where asked.id = {person} and p.privacy = {Privacy.Public} and p.erased_at is null and h.platform = {place.Platform} and h.workspace = {place.Workspace} and h.left_at is null
                order by h.seen_at desc limit 1
                """,
                row => row.Text(0), ct);
        }

        return person => accounts.GetValueOrDefault(person);
    }

    public async Task<IReadOnlyList<string>> KnownAccountsAsync(Place place, int most, CancellationToken ct) => await work.Sql.ListAsync(
        $"""
        select h.user_id from handles h join people p on p.id = h.person_id
        where h.platform = {place.Platform} and h.workspace = {place.Workspace} and h.left_at is null and p.community_id = {work.CommunityId} and p.privacy = {Privacy.Public}
        and p.joined_at is not null and p.erased_at is null
        order by h.seen_at desc, h.user_id limit {most}
        """,
        row => row.Text(0), ct);

    public Task SetLeftAsync(Handle account, bool left, CancellationToken ct)
    {
        Instant? at = left ? Now() : null;
        return work.Sql.ExecuteAsync($"update handles set left_at = {at} where platform = {account.Platform} and workspace = {account.Workspace} and user_id = {account.UserId}", ct);
    }

    /// <summary>The form in which names are compared.</summary>
    public static string Key(string name) => name.Trim().ToLowerInvariant();

    private async Task<string> NameAsync(PersonId person, Place place, string? reader, CancellationToken ct)
    {
        var row = await work.Sql.FirstAsync(
            $"select name, alias, privacy, joined_at, erased_at, merged_into from people where id = {person}",
            row => (Name: row.TextOrNull(0), Alias: row.TextOrNull(1), Privacy: (Privacy)row.Int(2), Joined: row.LongOrNull(3) is not null, Erased: row.LongOrNull(4) is not null, Into: row.PersonOrNull(5)), ct);
        if (row.Into is { } into)
            return await NameAsync(into, place, reader, ct);
        if (row.Erased || row.Name is null)
            return PlainText.Someone + " who left";
        if (row.Privacy is Privacy.Hidden or Privacy.Observer || (!row.Joined && reader is null))
            return reader is not null && await IsReaderAsync(person, place, reader, ct) ? row.Name : PlainText.Someone;
        return row.Privacy == Privacy.Alias ? row.Alias! : row.Name;
    }

    private async Task<bool> IsReaderAsync(PersonId person, Place place, string reader, CancellationToken ct) =>
        await work.Sql.ScalarAsync<int>(
            $"select 1 from handles where person_id = {person} and user_id = {reader} and workspace = {place.Workspace} and reach = {place.Platform} limit 1", ct) == 1;

    private async Task<PersonId?> IdOfAsync(Handle handle, CancellationToken ct) =>
        await work.Sql.FirstAsync(
            $"select person_id from handles where platform = {handle.Platform} and workspace = {handle.Workspace} and user_id = {handle.UserId}",
            row => (PersonId?)row.Person(0), ct);

    private async Task<bool> HasJoinedAsync(PersonId person, CancellationToken ct) =>
        await work.Sql.ScalarAsync<int>($"select 1 from people where id = {person} and joined_at is not null", ct) == 1;

    private async Task<PersonId> AddAsync(Handle handle, string reach, CancellationToken ct)
    {
        var person = new PersonId(ids.Next());
        await work.Sql.ExecuteAsync(
            $"insert into people (id, community_id, name, privacy, role) values ({person}, {work.CommunityId}, {handle.Name}, {Privacy.Public}, {Role.Member})", ct);
        await work.Sql.ExecuteAsync(
            $"""
            insert into handles (platform, workspace, user_id, community_id, person_id, name, name_key, reach, seen_at)
            values ({handle.Platform}, {handle.Workspace}, {handle.UserId}, {work.CommunityId}, {person}, {handle.Name}, {Key(handle.Name)}, {reach}, {Now()})
            """, ct);
        return person;
    }

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());
}
