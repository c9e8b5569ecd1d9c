using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Scheduling;

/// <summary>An intention: what is to happen, by which local rule, and what to do about an occurrence that was missed.</summary>
[Table("schedules"), PrimaryKey(nameof(Id))]
public sealed record Schedule : IBelong
{
    public required Guid Id { get; init; }

    public required int CommunityId { get; init; }

    /// <summary>From 1 in each community; people say schedule 3.</summary>
    public int Number { get; init; }

    /// <summary>Which <see cref="IScheduledEffect"/> it starts.</summary>
    public required string Effect { get; init; }

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>The stored form of its <see cref="Recurrence"/>.</summary>
    public required string Rule { get; init; }

    public required Lateness Lateness { get; init; }

    /// <summary>How late it may still run, in minutes.</summary>
    public required int WithinMinutes { get; init; }

    public required ScheduleState State { get; init; }

    /// <summary>The person who set it up; null for those that come with the community.</summary>
    public PersonId? OwnerId { get; init; }

    /// <summary>What the effect is about, such as a rotation.</summary>
    public Guid? SubjectId { get; init; }

    public required Instant CreatedAt { get; init; }

    /// <summary>The next occurrence; null when there is none.</summary>
    public Instant? NextAt { get; init; }

    /// <summary>When the clock takes it up: at the next occurrence, or later while it is held back. Null unless it is active.</summary>
    public Instant? WakeAt { get; init; }

    /// <summary>What it says where that is more than its title: a message with people by id and links, as JSON.</summary>
    public string? Says { get; init; }

    /// <summary>The names of the only channels it is for, separated by commas; null for those that get its kind of post.</summary>
    public string? Places { get; init; }

    /// <summary>The schedule of a number; null where there is none. The clock asks so often that it goes without the model.</summary>
    public static Task<Schedule?> ReadAsync(Work work, int number, CancellationToken ct) =>
        work.Sql.FirstAsync(
            $"""
            select id, effect, title, rule, lateness, within_minutes, state, owner_id, subject_id, created_at, next_at, wake_at, failures, says, places
            from schedules where community_id = {work.CommunityId} and number = {number}
            """,
            row => (Schedule?)new Schedule
            {
                Id = row.Id(0),
                CommunityId = work.CommunityId,
                Number = number,
                Effect = row.Text(1),
                Title = row.Text(2),
                Rule = row.Text(3),
                Lateness = (Lateness)row.Int(4),
                WithinMinutes = row.Int(5),
                State = (ScheduleState)row.Int(6),
                OwnerId = row.PersonOrNull(7),
                SubjectId = row.IdOrNull(8),
                CreatedAt = row.Instant(9),
                NextAt = row.InstantOrNull(10),
                WakeAt = row.InstantOrNull(11),
                Failures = row.Int(12),
                Says = row.TextOrNull(13),
                Places = row.TextOrNull(14),
            }, ct);

    /// <summary>What it says, or what people call it.</summary>
    [NotMapped]
    public RichText Spoken => Says is { } json ? Message.FromJson(json).Summary : RichText.Of($"{new UserText(Title, OwnerId)}");

    /// <summary>How often in a row its next occurrence failed.</summary>
    public int Failures { get; init; }
}

/// <summary>What to do about an occurrence whose time passed while nobody was there to run it.</summary>
public enum Lateness
{
    /// <summary>Run the latest one, once, if it is not too late; the others are missed.</summary>
    RunOnce = 0,

    /// <summary>Run each that is not too late.</summary>
    RunEach = 1,

    /// <summary>Run none.</summary>
    Skip = 2,
}

/// <summary>Where a schedule stands.</summary>
public enum ScheduleState
{
    Active = 0,

    Paused = 1,

    Cancelled = 2,

    /// <summary>Its rule has no more occurrences.</summary>
    Done = 3,

    /// <summary>It failed time and again, or ran more than three times in a minute.</summary>
    Stopped = 4,

    /// <summary>It waits for the word of a second lead.</summary>
    Proposed = 5,
}

/// <summary>One occurrence that is settled, by its key: schedule, local date, slot.</summary>
[Table("occurrences"), PrimaryKey(nameof(ScheduleId), nameof(Date), nameof(Slot))]
public sealed record SettledOccurrence : IBelong
{
    public required Guid ScheduleId { get; init; }

    public required LocalDate Date { get; init; }

    public required int Slot { get; init; }

    public required int CommunityId { get; init; }

    /// <summary>When it was due.</summary>
    public required Instant DueAt { get; init; }

    public required Instant SettledAt { get; init; }

    public required OccurrenceState State { get; init; }
}

/// <summary>What became of an occurrence.</summary>
public enum OccurrenceState
{
    Ran = 0,

    /// <summary>Nobody was there, and its lateness policy says not to run it now.</summary>
    Missed = 1,
}

/// <summary>What a schedule starts. It works in the transaction that settles the occurrence.</summary>
public interface IScheduledEffect
{
    /// <summary>The name that schedules refer to.</summary>
    string Name { get; }

    /// <summary>Does what is meant for an occurrence, with everything to be said put into the outbox.</summary>
    Task RunAsync(Schedule schedule, Occurrence occurrence, CancellationToken ct);
}
