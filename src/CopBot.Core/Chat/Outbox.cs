using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Chat;

/// <summary>What is to be said, written in the transaction that is its cause and sent afterwards.</summary>
public sealed class Outbox(Work work, TimeProvider time, OutboxSignal signal)
{
    /// <summary>Says something to everybody in a place. What comes from a schedule is withdrawn with it while it has not gone out.</summary>
    public Task PostAsync(Place place, Message message, CancellationToken ct, Guid? schedule = null) => AddAsync(place, null, message, ct, schedule);

    /// <summary>Answers one person where they spoke: in their private conversation, or in the channel so that only they see it.</summary>
    public Task AnswerAsync(Incoming said, Message message, CancellationToken ct) =>
        AddAsync(said.Place, said.Place.IsPrivate ? null : said.From.UserId, message, ct);

    /// <summary>Says something to a person in private, through the account they used last. Nothing is said to one without an account.</summary>
    public async Task TellAsync(PersonId person, Message message, CancellationToken ct)
    {
        var place = await work.Sql.FirstAsync(
            $"select reach, workspace, user_id from handles where person_id = {person} order by seen_at desc limit 1",
            row => new Place(row.Text(0), row.Text(1), "@" + row.Text(2)), ct);
        if (place is not null)
            await AddAsync(place, null, message, ct);
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

    private async Task AddAsync(Place place, string? only, Message message, CancellationToken ct, Guid? schedule = null)
    {
        await work.Sql.ExecuteAsync(
            $"""
            insert into outbox (community_id, platform, workspace, place, only_user, body, state, fence, lease_until, attempts, created_at, schedule_id)
            values ({work.CommunityId}, {place.Platform}, {place.Workspace}, {place.Id}, {only}, {message.ToJson()}, {(int)OutboxState.New}, {0}, {0}, {0}, {Now}, {schedule})
            """, ct);
        work.AfterCommit(signal.Set);
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
}

/// <summary>Wakes the dispatcher when something was put into the outbox.</summary>
public sealed class OutboxSignal : Signal;
