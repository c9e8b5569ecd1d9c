using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Chat;

/// <summary>What is to be said, written in the transaction that is its cause and sent afterwards.</summary>
public sealed class Outbox(Work work, IEnumerable<IPlatform> platforms, TimeProvider time, OutboxSignal signal)
{
    /// <summary>Says something to everybody in a place. What comes from a schedule is withdrawn with it while it has not gone out.</summary>
    public Task PostAsync(Place place, Message message, CancellationToken ct, Guid? schedule = null) => AddAsync(new(place, message) { Schedule = schedule }, ct);

    /// <summary>Answers where somebody spoke, so that everybody there sees it.</summary>
    /// <param name="shownAs">A name under which <see cref="ReviseAsync"/> brings it up to date, such as <c>claim/12</c>; null where it stays as it is.</param>
    public async Task AnswerAllAsync(Incoming said, Message message, string? shownAs, CancellationToken ct)
    {
        if (shownAs is not null && Revises(said.Place.Platform))
        {
            await work.Sql.ExecuteAsync(
                $"""
                insert into shown_messages (community_id, shown_as, platform, workspace, place) values ({work.CommunityId}, {shownAs}, {said.Place.Platform}, {said.Place.Workspace}, {said.Place.Id})
                on conflict (community_id, shown_as, platform, workspace, place) do update set message_id = null
                """, ct);
        }

        await AddAsync(new(said.Place, message) { ReplyTo = said.ReplyTo, ShownAs = shownAs }, ct);
    }

    /// <summary>Brings what is shown under a name up to date, in every place where the platform can do that; elsewhere nothing is said.</summary>
    public async Task ReviseAsync(string shownAs, Message message, CancellationToken ct)
    {
        foreach (var place in await work.Sql.ListAsync(
            $"select platform, workspace, place from shown_messages where community_id = {work.CommunityId} and shown_as = {shownAs}",
            row => new Place(row.Text(0), row.Text(1), row.Text(2)), ct))
        {
            await AddAsync(new(place, message) { ShownAs = shownAs }, ct);
        }
    }

    /// <summary>Answers one person where they spoke: in their private conversation, or in the channel so that only they see it.</summary>
    public Task AnswerAsync(Incoming said, Message message, CancellationToken ct) =>
        AddAsync(new(said.Place, message) { Only = said.Place.IsPrivate ? null : said.From.UserId, ReplyTo = said.ReplyTo }, ct);

    /// <summary>Says something to a person in private, through the account they used last. Nothing is said to one without an account.</summary>
    public async Task TellAsync(PersonId person, Message message, CancellationToken ct)
    {
        var place = await work.Sql.FirstAsync(
            $"select reach, workspace, user_id from handles where person_id = {person} and left_at is null order by seen_at desc limit 1",
            row => new Place(row.Text(0), row.Text(1), "@" + row.Text(2)), ct);
        if (place is not null)
            await AddAsync(new(place, message), ct);
    }

    /// <summary>Keeps a person's own line, for platforms whose transcript is ours, and gives its row. It is sent nowhere, and only they see it.</summary>
    public async Task<long> EchoAsync(Incoming said, PersonId speaker, Message line, CancellationToken ct) =>
        await work.Sql.ScalarAsync<long>(
            $"""
            insert into outbox (community_id, platform, workspace, place, only_user, speaker_id, body, state, fence, lease_until, attempts, created_at, sent_at)
            values ({work.CommunityId}, {said.Place.Platform}, {said.Place.Workspace}, {said.Place.Id}, {(said.Place.IsPrivate ? null : said.From.UserId)}, {speaker}, {line.ToJson()}, {(int)OutboxState.Sent}, {0}, {0}, {0}, {Now}, {Now})
            returning id
            """, ct);

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    private bool Revises(string platform) => platforms.Any(candidate => candidate.Name == platform && candidate.Revises);

    private async Task AddAsync(Draft draft, CancellationToken ct)
    {
        var longest = platforms.FirstOrDefault(platform => platform.Name == draft.Place.Platform)?.LongestDocument ?? int.MaxValue;
        foreach (var part in DocumentParts.Of(draft.Message, longest))
            await InsertAsync(draft with { Message = part }, ct);
        work.AfterCommit(signal.Set);
    }

    private async Task InsertAsync(Draft draft, CancellationToken ct)
    {
        await work.Sql.ExecuteAsync(
            $"""
            insert into outbox (community_id, platform, workspace, place, thread, only_user, body, state, fence, lease_until, attempts, created_at, schedule_id, reply_to, shown_as)
            values ({work.CommunityId}, {draft.Place.Platform}, {draft.Place.Workspace}, {draft.Place.Id}, {draft.Place.Thread}, {draft.Only}, {draft.Message.ToJson()}, {(int)OutboxState.New}, {0}, {0}, {0}, {Now}, {draft.Schedule}, {draft.ReplyTo}, {draft.ShownAs})
            """, ct);
    }

    private sealed record Draft(Place Place, Message Message)
    {
        public string? Only { get; init; }

        public string? ReplyTo { get; init; }

        public string? ShownAs { get; init; }

        public Guid? Schedule { get; init; }
    }
}

/// <summary>Where a message of the outbox stands.</summary>
public enum OutboxState
{
    New = 0,

    /// <summary>A dispatcher has it until its lease ends.</summary>
    Claimed = 1,

    Sent = 2,

    /// <summary>The platform did not answer: it may have been said. A person looks at these.</summary>
    Unknown = 3,

    /// <summary>The platform refused it for good, or it failed too often.</summary>
    Parked = 4,

    /// <summary>Its place is gone; it follows when the bot is let in again soon.</summary>
    Gone = 5,
}

/// <summary>Wakes the dispatcher when something was put into the outbox.</summary>
public sealed class OutboxSignal : Signal;
