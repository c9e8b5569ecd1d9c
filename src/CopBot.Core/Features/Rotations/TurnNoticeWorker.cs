using CopBot.Core.Chat;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CopBot.Core.Features.Rotations;

/// <summary>
/// Puts into the platforms' feeds of news whose turn has begun: those who did not serve in the turn before, each once. The message that tells them everything goes
/// out in any case, so what cannot be put there within a day is left.
/// </summary>
public sealed partial class TurnNoticeWorker(Store store, Communities communities, IEnumerable<ITurnFeed> feeds, TimeProvider time, ILogger<TurnNoticeWorker> log)
    : SyncWorker<ITurnFeed, TurnNotice>(store, communities, feeds, time, log)
{
    private static readonly Duration News = Duration.FromDays(1);
    private readonly Store store = store;
    private readonly ILogger log = log;

    protected override Task<List<TurnNotice>> DueAsync(Work work, ITurnFeed sync, CancellationToken ct)
    {
        var now = Now();
        return work.Db.Set<TurnNotice>().Where(one => one.Platform == sync.Platform && one.DueAt <= now).ToListAsync(ct);
    }

    protected override async Task AskAsync(int community, ITurnFeed sync, TurnNotice due, CancellationToken ct)
    {
        // Of several processes one asks.
        if (await store.WriteAsync(community, (work, at) => work.Sql.ExecuteAsync(
            $"update turn_notices set due_at = {Now() + Lease} where rotation_id = {due.RotationId} and turn = {due.Turn} and platform = {due.Platform} and due_at = {due.DueAt}", at), ct) == 0)
            return;

        var news = due.CreatedAt + News > Now() ? await store.ReadAsync(community, (work, at) => NewsAsync(work, due, at), ct) : [];
        var told = due.Told;
        var outcome = SyncOutcome.Done;
        foreach (var one in news.Skip(told))
        {
            var answer = await sync.TellAsync(one, ct);
            if (answer.Kind == SyncOutcomeKind.Later)
            {
                outcome = answer;
                break;
            }

            // Who cannot be told does not keep it from those after them; only where nobody can it is more than their own affair.
            outcome = told == 0 || outcome.Kind == SyncOutcomeKind.Refused ? answer : outcome;
            told++;
            var done = told;
            await store.WriteAsync(community, (work, at) => work.Sql.ExecuteAsync($"update turn_notices set told = {done} where rotation_id = {due.RotationId} and turn = {due.Turn} and platform = {due.Platform}", at), CancellationToken.None);
        }

        if (outcome.Kind != SyncOutcomeKind.Done)
            Log.NotDone(log, due.Platform, outcome.Problem);
        await store.WriteAsync(community, (work, at) => NoteAsync(work, due, outcome, at), CancellationToken.None);
    }

    private static async Task<List<TurnNews>> NewsAsync(Work work, TurnNotice due, CancellationToken ct) =>
        await work.Sql.ListAsync(
            $"""
            select h.platform, h.workspace, h.user_id, h.name, r.name from rotation_choices c
            join rotations r on r.id = c.rotation_id and r.turn = c.turn
            join people p on p.id = c.person_id
            join handles h on h.person_id = p.id
            where c.rotation_id = {due.RotationId} and c.turn = {due.Turn} and c.seat is not null and p.erased_at is null and h.platform = {due.Platform} and h.left_at is null
                and not exists (select 1 from rotation_choices b where b.rotation_id = c.rotation_id and b.turn = c.turn - 1 and b.person_id = c.person_id and b.seat is not null)
            order by c.seat, h.workspace, h.user_id
            """,
            row => new TurnNews(due.RotationId, row.Text(4), due.Turn, new Handle(row.Text(0), row.Text(1), row.Text(2), row.Text(3)), due.UntilDate), ct);

    private async Task NoteAsync(Work work, TurnNotice due, SyncOutcome outcome, CancellationToken ct)
    {
        if (outcome.Kind == SyncOutcomeKind.Later)
        {
            await work.Sql.ExecuteAsync(
                $"update turn_notices set due_at = {Now() + Pause(outcome, due.Tries)}, tries = {due.Tries + 1}, problem = {outcome.Problem} where rotation_id = {due.RotationId} and turn = {due.Turn} and platform = {due.Platform}", ct);
            if (IsToldOf(outcome, due.Tries) && !await work.Db.Set<TurnNotice>().AnyAsync(other => other.Platform == due.Platform && (other.RotationId != due.RotationId || other.Turn != due.Turn) && other.Tries >= ToldAfter, ct))
                await TellLeadsAsync(work, $"That a turn begins does not get into people's activity feed for now: {Said(outcome)}. They are told in a message all the same. I say no more of it.", ct);
            return;
        }

        // One that was refused stays noted, so that whoever leads is told once and not at every turn.
        var known = await work.Db.Set<TurnNotice>().AnyAsync(other => other.Platform == due.Platform && other.DueAt == null && other.Problem == outcome.Problem, ct);
        await work.Sql.ExecuteAsync($"delete from turn_notices where platform = {due.Platform} and community_id = {due.CommunityId} and (due_at is null or (rotation_id = {due.RotationId} and turn = {due.Turn}))", ct);
        if (outcome.Kind == SyncOutcomeKind.Done)
            return;
        await work.Sql.ExecuteAsync(
            $"""
            insert into turn_notices (rotation_id, turn, platform, community_id, until_date, told, created_at, tries, problem)
            values ({due.RotationId}, {due.Turn}, {due.Platform}, {due.CommunityId}, {due.UntilDate}, {0}, {due.CreatedAt}, {due.Tries + 1}, {outcome.Problem})
            """, ct);
        if (!known)
            await TellLeadsAsync(work, $"That a turn begins does not get into people's activity feed: {Said(outcome)}. They are told in a message all the same. I say no more of it unless the reason changes.", ct);
    }

    private static RichText Said(SyncOutcome outcome) => new([new Run.Words(outcome.Problem ?? "there is no answer")]);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Platform} did not take a line into a feed: {Problem}")]
        public static partial void NotDone(ILogger log, string platform, string? problem);
    }
}
