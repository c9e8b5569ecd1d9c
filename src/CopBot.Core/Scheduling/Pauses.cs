using System.ComponentModel.DataAnnotations.Schema;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Scheduling;

/// <summary>When a community's deadlines rested. What was to end within a pause, or after it, ends so much later.</summary>
public sealed class Pauses(Work work)
{
    /// <summary>Whether deadlines rest at present.</summary>
    public async Task<bool> IsOpenAsync(CancellationToken ct) =>
        await work.Sql.ScalarAsync<int>($"select 1 from pauses where community_id = {work.CommunityId} and ended_at is null limit 1", ct) == 1;

    /// <summary>When something is due that was given so much time from an instant on, not counting pauses that are over.</summary>
    public async Task<Instant> DueAsync(Instant from, Duration within, CancellationToken ct)
    {
        var due = from + within;
        foreach (var pause in await work.Db.Set<Pause>().Where(pause => pause.EndedAt > from).OrderBy(pause => pause.BeganAt).ToListAsync(ct))
        {
            if (pause.BeganAt < due)
                due += pause.EndedAt!.Value - Instant.Max(pause.BeganAt, from);
        }

        return due;
    }

    /// <summary>Lets deadlines rest, if they do not rest already.</summary>
    public async Task BeginAsync(Instant now, CancellationToken ct)
    {
        if (!await IsOpenAsync(ct))
        {
            // One that ended in this very moment goes on.
            await work.Sql.ExecuteAsync($"insert into pauses (community_id, began_at) values ({work.CommunityId}, {now}) on conflict (community_id, began_at) do update set ended_at = null", ct);
        }
    }

    /// <summary>Ends the pause and gives it; null where there was none.</summary>
    public async Task<Pause?> EndAsync(Instant now, CancellationToken ct)
    {
        var began = await work.Sql.FirstAsync($"select began_at from pauses where community_id = {work.CommunityId} and ended_at is null", row => (Instant?)row.Instant(0), ct);
        if (began is not { } since)
            return null;

        await work.Sql.ExecuteAsync($"update pauses set ended_at = {now} where community_id = {work.CommunityId} and began_at = {since}", ct);
        return new Pause { CommunityId = work.CommunityId, BeganAt = since, EndedAt = now };
    }
}

/// <summary>A time in which deadlines rested, or rest while it has no end.</summary>
[Table("pauses"), PrimaryKey(nameof(CommunityId), nameof(BeganAt))]
public sealed record Pause : IBelong
{
    public required int CommunityId { get; init; }

    public required Instant BeganAt { get; init; }

    public Instant? EndedAt { get; init; }
}

/// <summary>Something with deadlines that move when a pause is over.</summary>
public interface IDeadlines
{
    /// <summary>Moves every deadline that was open as the pause began, or was set in it, by the part of the pause that it lost.</summary>
    Task MoveAsync(Instant began, Instant ended, CancellationToken ct);
}
