using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Chat;

/// <summary>A message of the outbox that a dispatcher has under its lease.</summary>
/// <param name="Fence">How often it was claimed; who comes later than a newer claim settles nothing.</param>
/// <param name="Scheduled">Whether it is withdrawn when its schedule is cancelled.</param>
/// <param name="Doubtful">Whether an earlier attempt may have said it.</param>
internal sealed record Letter(long Id, Place Place, string? Only, Message Message, long Fence, int Attempts, Instant CreatedAt, bool Scheduled, bool Doubtful)
{
    public string? ReplyTo { get; init; }

    public string? ShownAs { get; init; }
}

/// <summary>The rows of the outbox as a dispatcher takes and settles them.</summary>
internal static class Letters
{
    private const int BatchSize = 200;
    private static readonly Duration Lease = Duration.FromSeconds(60);

    /// <summary>How long after they were claimed letters are begun: another process may claim them when the lease ends, and one takes its time.</summary>
    public static readonly Duration BegunWithin = Duration.FromSeconds(20);

    /// <summary>Whether any waits for a platform.</summary>
    public static async Task<bool> WaitAsync(Work work, IPlatform platform, Instant now, CancellationToken ct) =>
        await work.Sql.ScalarAsync<int>($"select 1 from outbox where platform = {platform.Name} and state in (0, 1) and lease_until <= {now} and community_id = {work.CommunityId} limit 1", ct) == 1;

    /// <summary>Takes the oldest, in their order. None overtakes one before it in the same place. What somebody else had under a lease that ended may have been said; of what one person alone sees, or on a platform that forgets, what was begun.</summary>
    public static async Task<List<Letter>> ClaimAsync(Work work, IPlatform platform, Instant now, CancellationToken ct)
    {
        var lease = now + Lease;
        return [.. (await work.Sql.ListAsync(
            $"""
            update outbox set doubtful = (doubtful or (state = 1 and only_user is null and {!platform.Forgets})), state = 1, fence = fence + 1, lease_until = {lease}
            where id in (
                select o.id from outbox o
                where o.platform = {platform.Name} and o.state in (0, 1) and o.lease_until <= {now} and o.community_id = {work.CommunityId}
                and not exists (
                    select 1 from outbox e
                    where e.platform = o.platform and e.workspace = o.workspace and e.place = o.place and e.state in (0, 1) and e.id < o.id and e.lease_until > {now})
                order by o.id limit {BatchSize})
            returning id, workspace, place, only_user, body, fence, attempts, created_at, schedule_id, doubtful, thread, reply_to, shown_as
            """,
            row => new Letter(
                row.Long(0), new Place(platform.Name, row.Text(1), row.Text(2)) { Thread = row.TextOrNull(10) }, row.TextOrNull(3), Message.FromJson(row.Text(4)),
                row.Long(5), row.Int(6), row.Instant(7), row.IdOrNull(8) is not null, row.Bool(9))
            {
                ReplyTo = row.TextOrNull(11),
                ShownAs = row.TextOrNull(12),
            }, ct))
            .OrderBy(letter => letter.Id)];
    }

    /// <summary>Notes that a letter is about to be sent of which nobody could say afterwards whether it was; false when somebody else has it now.</summary>
    public static async Task<bool> BeginAsync(Work work, Letter letter, CancellationToken ct) =>
        await work.Sql.ExecuteAsync($"update outbox set doubtful = {true} where id = {letter.Id} and state = {OutboxState.Claimed} and fence = {letter.Fence}", ct) == 1;

    /// <summary>A letter with all that its platform needs to say it; null when it was withdrawn meanwhile.</summary>
    public static async Task<Delivery?> AddressAsync(Work work, IPlatform platform, Letter letter, CancellationToken ct)
    {
        if (letter.Scheduled && await work.Sql.ScalarAsync<int>($"select 1 from outbox where id = {letter.Id} and state = {OutboxState.Claimed} and fence = {letter.Fence}", ct) != 1)
            return null;

        var directory = work.Get<IDirectory>();
        var people = MessagePeople.Of(letter.Message);
        var delivery = new Delivery(letter.Id, work.CommunityId, letter.Place, letter.Only, letter.Message, await directory.NamesAsync(people, letter.Place, letter.Only, ct), letter.CreatedAt)
        {
            ReplyTo = letter.ReplyTo,
            Revises = letter.ShownAs is null ? null : await ShownAsync(work, letter, ct),
            ShownAs = letter.ShownAs,
        };
        return platform.Addresses ? delivery with { Accounts = await directory.AccountsAsync(people, letter.Place, ct) } : delivery;
    }

    /// <summary>Writes down what became of letters; gives the ids of those that somebody else settled first.</summary>
    public static async Task<IReadOnlySet<long>> SettleAsync(Work work, IPlatform platform, IReadOnlyList<Settled> settled, Instant now, CancellationToken ct)
    {
        var late = new HashSet<long>();
        foreach (var one in settled)
        {
            if (await SettleAsync(work, platform, one, now, ct) == 0)
            {
                late.Add(one.Letter.Id);
                continue;
            }

            if (one.State == OutboxState.Gone)
                await work.Get<GonePlaces>().SetAsync(one.Letter.Place, one.Outcome.Problem ?? "it is gone", ct);
            if (one is { State: OutboxState.Sent, Letter.ShownAs: not null })
                await NoteShownAsync(work, one.Letter, one.Outcome.MessageId, ct);
        }

        return late;
    }

    private static async Task<int> SettleAsync(Work work, IPlatform platform, Settled one, Instant now, CancellationToken ct)
    {
        var letter = one.Letter;
        if (one.State == OutboxState.Sent && !await IsKeptAsync(work, platform, letter, ct))
            return await work.Sql.ExecuteAsync($"delete from outbox where id = {letter.Id} and state = 1 and fence = {letter.Fence}", ct);

        if (one.State == OutboxState.Sent && platform.Refreshes && letter.ShownAs is not null)
            await ShownMessages.ForgetBeforeAsync(work, letter, ct);
        var until = one.State == OutboxState.New ? now + one.Wait : Instant.FromUnixTimeMilliseconds(0);
        Instant? sentAt = one.State == OutboxState.Sent ? now : null;
        return await work.Sql.ExecuteAsync(
            $"""
            update outbox set state = {one.State}, lease_until = {until}, attempts = {one.Attempts}, doubtful = {one.Doubtful}, sent_at = {sentAt}, problem = {one.Outcome.Problem}
            where id = {letter.Id} and state = 1 and fence = {letter.Fence}
            """, ct);
    }

    // What the platform gave no id for cannot be brought up to date; a second message would be no update.
    private static Task NoteShownAsync(Work work, Letter letter, string? id, CancellationToken ct) => id is null
        ? work.Sql.ExecuteAsync($"delete from shown_messages where community_id = {work.CommunityId} and shown_as = {letter.ShownAs} and platform = {letter.Place.Platform} and workspace = {letter.Place.Workspace} and place = {letter.Place.Id} and message_id is null", ct)
        : work.Sql.ExecuteAsync($"update shown_messages set message_id = {id} where community_id = {work.CommunityId} and shown_as = {letter.ShownAs} and platform = {letter.Place.Platform} and workspace = {letter.Place.Workspace} and place = {letter.Place.Id}", ct);

    private static async Task<string?> ShownAsync(Work work, Letter letter, CancellationToken ct) =>
        await work.Sql.FirstAsync(
            $"select message_id from shown_messages where community_id = {work.CommunityId} and shown_as = {letter.ShownAs} and platform = {letter.Place.Platform} and workspace = {letter.Place.Workspace} and place = {letter.Place.Id}",
            row => row.TextOrNull(0), ct);

    // Nothing stays of the last word to somebody who asked to be forgotten: their account is gone.
    private static async Task<bool> IsKeptAsync(Work work, IPlatform platform, Letter letter, CancellationToken ct)
    {
        var reader = letter.Only ?? (letter.Place.IsPrivate ? letter.Place.Id[1..] : null);
        if (reader is null || await work.Sql.ScalarAsync<int>($"select 1 from handles where workspace = {letter.Place.Workspace} and user_id = {reader} limit 1", ct) == 1)
            return platform.KeepsTranscript || (letter.ShownAs is not null && platform.Refreshes && reader is null);

        work.ScrubAfterCommit();
        return false;
    }
}
