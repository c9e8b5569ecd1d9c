using System.Runtime.CompilerServices;
using System.Text.Json;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Chat;

/// <summary>What arrived and is not yet done. An adapter acknowledges an event only after it is in here.</summary>
public sealed class Inbox(Store store, Communities communities, TimeProvider time)
{
    /// <summary>After so many failures a row is parked, so that it harms no other.</summary>
    public const int MaxAttempts = 5;

    private const int PageSize = 1000;

    /// <summary>Stores an event durably. Null when that event is known already: then there is nothing more to do than to acknowledge it.</summary>
    public Task<Received?> AcceptAsync(Incoming said, CancellationToken ct) =>
        store.WriteAsync(CommunityOf(said), (work, token) => AddAsync(work, said, token), ct);

    /// <summary>The community that an event belongs to.</summary>
    public int CommunityOf(Incoming said) => communities.Of(said.Place.Platform, said.Place.Workspace);

    /// <summary>As <see cref="AcceptAsync"/>, within a transaction that does more.</summary>
    public Task<Received?> AddAsync(Work work, Incoming said, CancellationToken ct) => AddAsync(work, said, done: false, ct);

    /// <summary>Stores an event that is done within the same transaction: its key alone, so that a late copy of the event is known.</summary>
    public Task<Received?> AddDoneAsync(Work work, Incoming said, CancellationToken ct) => AddAsync(work, said, done: true, ct);

    private async Task<Received?> AddAsync(Work work, Incoming said, bool done, CancellationToken ct)
    {
        said = Storable(said);
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var key = KeyOf(said);
        var mentions = done || said.Mentions.Count == 0 ? null : JsonSerializer.Serialize(said.Mentions);
        var id = await work.Sql.ScalarAsync<long?>(
            $"""
            insert into inbox (community_id, event_key, platform, workspace, place, thread, user_id, user_name, text, mentions, reply_to, quiet, at, received_at, state, attempts, retry_at)
            values ({work.CommunityId}, {key}, {said.Place.Platform}, {said.Place.Workspace}, {said.Place.Id}, {said.Place.Thread}, {said.From.Platform + "/" + said.From.UserId}, {(done ? null : said.From.Name)}, {(done ? null : said.Text)}, {mentions}, {(done ? null : said.ReplyTo)}, {said.Quiet}, {said.At}, {now}, {(done ? 1 : 0)}, {0}, {0})
            on conflict (event_key) do nothing returning id
            """, ct);
        return id is { } added ? new Received(added, work.CommunityId, said, now) { Done = done } : null;
    }

    /// <summary>As <see cref="AddAsync(Work, Incoming, CancellationToken)"/>, in the place of an event of the same key of which nothing was done; null where something was, or may yet be.</summary>
    public async Task<Received?> AddAgainAsync(Work work, Incoming said, CancellationToken ct)
    {
        var key = KeyOf(said);
        await work.Sql.ExecuteAsync($"update inbox set event_key = event_key || ':' || id where event_key = {key} and state = 3", ct);
        return await AddAsync(work, said, ct);
    }

    /// <summary>Notes, of a row that is done, that nothing came of it: it was refused, or more was asked for.</summary>
    public static Task NothingCameAsync(Work work, long id, CancellationToken ct) => work.Sql.ExecuteAsync($"update inbox set state = 3 where id = {id} and state = 1", ct);

    /// <summary>The event as every database can keep it, and as it is read: in place of a NUL or half a surrogate pair stands what stands for the unreadable, which titles refuse.</summary>
    internal static Incoming Storable(Incoming said) =>
        said with { Text = Storable(said.Text), From = said.From with { Name = Storable(said.From.Name) } };

    private static string KeyOf(Incoming said) => $"{said.Place.Platform}:{said.Place.Workspace}:{said.EventId}";

    private static string Storable(string text) =>
        text.Contains('\0', StringComparison.Ordinal) || text.AsSpan().ContainsAnyInRange('\ud800', '\udfff')
            ? string.Concat(text.EnumerateRunes().Select(rune => rune.Value == 0 ? "\ufffd" : rune.ToString()))
            : text;

    /// <summary>Rows that nobody has finished, in the order in which they came: all at a start, later those that waited longer than <paramref name="age"/>.</summary>
    public async IAsyncEnumerable<Received> UnfinishedAsync(int community, Duration age, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var last = 0L; ;)
        {
            var page = await UnfinishedAsync(community, age, last, ct);
            foreach (var received in page)
                yield return received;
            if (page.Count < PageSize)
                yield break;
            last = page[^1].Id;
        }
    }

    /// <summary>
    /// Marks a row done within the transaction of its effect; false when somebody else has done so, and then nothing may be written.
    /// What was typed is not kept: the key alone stays, so that a late copy of the event is known.
    /// </summary>
    public static async Task<bool> FinishAsync(Work work, long id, CancellationToken ct) =>
        await work.Sql.ExecuteAsync($"update inbox set state = 1, text = null, user_name = null, mentions = null, reply_to = null where id = {id} and state = 0", ct) == 1;

    /// <summary>Notes a failure; the row is tried again later, or parked after <see cref="MaxAttempts"/>. True when it was parked now.</summary>
    public Task<bool> FailAsync(Received received, CancellationToken ct) =>
        store.WriteAsync(received.Community, async (work, token) =>
        {
            var attempts = await work.Sql.ScalarAsync<int>($"update inbox set attempts = attempts + 1 where id = {received.Id} and state = 0 returning attempts", token);
            var retryAt = Instant.FromDateTimeOffset(time.GetUtcNow()) + Duration.FromSeconds(1 << Math.Min(attempts, 10));
            await work.Sql.ExecuteAsync($"update inbox set retry_at = {retryAt}, state = {(attempts >= MaxAttempts ? 2 : 0)} where id = {received.Id} and state = 0", token);
            if (attempts != MaxAttempts)
                return false;

            await work.Get<Outbox>().AnswerAsync(received.Said, new Message($"Something on my side fails at what you sent, time and again. Nothing of it was done, and it is not lost: whoever runs me finds it as row {received.Id} of the inbox. I am sorry."), token);
            return true;
        }, ct);

    private async Task<IReadOnlyList<Received>> UnfinishedAsync(int community, Duration age, long after, CancellationToken ct)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var before = now - age;
        return await store.ReadAsync(community, (work, token) => work.Sql.ListAsync(
            $"""
            select id, event_key, platform, workspace, place, user_id, user_name, text, mentions, at, received_at, thread, reply_to, quiet from inbox
            where state = 0 and community_id = {community} and id > {after} and received_at <= {before} and retry_at <= {now} order by id limit {PageSize}
            """,
            row =>
            {
                var account = row.Text(5).Split('/', 2);
                var said = new Incoming
                {
                    EventId = row.Text(1).Split(':', 3)[2],
                    Place = new Place(row.Text(2), row.Text(3), row.Text(4)) { Thread = row.TextOrNull(11) },
                    From = new Handle(account[0], row.Text(3), account[1], row.TextOrNull(6) ?? account[1]),
                    Text = row.TextOrNull(7) ?? "",
                    Mentions = row.TextOrNull(8) is { } json ? JsonSerializer.Deserialize<Dictionary<string, Handle>>(json)! : new Dictionary<string, Handle>(),
                    ReplyTo = row.TextOrNull(12),
                    Quiet = row.Bool(13),
                    At = row.LongOrNull(9) is { } at ? Instant.FromUnixTimeMilliseconds(at) : null,
                };
                return new Received(row.Long(0), community, said, row.Instant(10));
            }, token), ct);
    }
}

/// <summary>An event that is in the inbox: its row, its community, what was said and when it was received.</summary>
public sealed record Received(long Id, int Community, Incoming Said, Instant At)
{
    private static readonly Duration LateAtMost = Duration.FromMinutes(10);
    private static readonly Duration EarlyAtMost = Duration.FromMinutes(5);

    /// <summary>Whether what it asks was done in the transaction that stored it.</summary>
    public bool Done { get; init; }

    /// <summary>When it counts: the platform's time stamp if it is at most ten minutes before the receipt and five after it, else the receipt.</summary>
    public Instant CountsAt => Said.At is { } at && at >= At - LateAtMost && at <= At + EarlyAtMost ? at : At;
}
