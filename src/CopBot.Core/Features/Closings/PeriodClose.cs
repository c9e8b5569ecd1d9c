using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Features.League;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Calendar = CopBot.Core.Features.League.Calendar;
using Period = CopBot.Core.Features.League.Period;

namespace CopBot.Core.Features.Closings;

/// <summary>
/// Closes each week, month and season in the community's zone: ten minutes after its end the standings are frozen, and at
/// the time of the post they are told to everybody.
/// </summary>
public sealed class PeriodClose(Work work, Calendar calendar, Seal seal, Channels channels, ClosePost post, TimeProvider time) : IDueWork
{
    // What was said before midnight may arrive a little after it.
    private static readonly LocalTime Grace = new(0, 10);
    private static readonly Duration Moment = Duration.FromSeconds(5);
    private static readonly LocalTime UsualPost = new(9, 0);

    // Nobody wants the week before last on a Friday.
    private static readonly Duration TooLate = Duration.FromDays(3);

    private const string Freeze = "freeze";
    private const string Post = "post";

    public async Task<IReadOnlyList<Due>> UpcomingAsync(int limit, CancellationToken ct)
    {
        var community = await Communities.LoadAsync(work, ct);
        var due = new List<Due>();
        foreach (var open in await work.Db.Set<Closing>().Where(closing => closing.State == ClosingState.Open).OrderBy(closing => closing.UntilDay).ToListAsync(ct))
            due.Add(new(PostTime(open.Closed, community), KeyOf(Post, open.Closed)));

        foreach (var scope in (Scope[])[Scope.Week, Scope.Month, Scope.Season])
        {
            if (await NextAsync(scope, ct) is { } next)
                due.Add(new(await FreezeTimeAsync(next, community.Zone, ct), KeyOf(Freeze, next)));
        }

        return due;
    }

    public async Task RunAsync(Due due, Instant now, CancellationToken ct)
    {
        var words = due.Key.Split(' ');
        var (scope, number) = (Enum.Parse<Scope>(words[1]), int.Parse(words[2], CultureInfo.InvariantCulture));
        if (words[0] == Post)
            await PostAsync(scope, number, now, ct);
        else if (await NextAsync(scope, ct) is { } next && next.Number == number)
            await FreezeAsync(next, now, ct);
    }

    /// <summary>When the post about a period is made.</summary>
    public static Instant PostTime(Period period, Community community)
    {
        var at = period.Scope == Scope.Week && community.WeekPost is { } weekly ? weekly.From(period.Until) : period.Until + (community.WeekPost?.At ?? UsualPost);
        return LocalDateTime.Max(at, period.Until + Grace).InZoneLeniently(community.Zone).ToInstant();
    }

    // The one after the last that is closed, from the first entry on; a period in which nothing happened is closed as well.
    private async Task<Period?> NextAsync(Scope scope, CancellationToken ct)
    {
        var day = await work.Sql.FirstAsync($"select until_day from closings where community_id = {work.CommunityId} and scope = {scope} order by until_day desc limit 1", row => (LocalDate?)row.Date(0), ct)
            ?? await work.Sql.FirstAsync($"select day from ledger where community_id = {work.CommunityId} order by id limit 1", row => (LocalDate?)row.Date(0), ct);
        return day is { } from ? await calendar.AtAsync(scope, from, ct) : null;
    }

    // What has arrived and is not done yet counts as well.
    private async Task<Instant> FreezeTimeAsync(Period period, DateTimeZone zone, CancellationToken ct)
    {
        var at = (period.Until + Grace).InZoneLeniently(zone).ToInstant();
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        return at <= now && await work.Sql.ScalarAsync<int>($"select 1 from inbox where state = 0 and community_id = {work.CommunityId} and received_at <= {at} limit 1", ct) == 1
            ? now + Moment
            : at;
    }

    private async Task FreezeAsync(Period period, Instant now, CancellationToken ct)
    {
        long? through = period.Scope == Scope.Season
            ? await work.Sql.ScalarAsync<long>($"select coalesce(max(id), 0) from ledger where community_id = {work.CommunityId} and season = {period.Number}", ct)
            : null;
        var sealedAs = through is { } last ? await seal.OfAsync(period.Number, last, ct) : null;
        var closed = await work.Sql.ExecuteAsync(
            $"""
            insert into closings (community_id, scope, period, from_day, until_day, title, closed_at, state, seal, sealed_through)
            values ({work.CommunityId}, {period.Scope}, {period.Number}, {period.From}, {period.Until}, {period.Title}, {now}, {ClosingState.Open}, {sealedAs}, {through})
            on conflict (community_id, scope, period) do nothing
            """, ct);
        if (closed == 1)
        {
            await work.Sql.ExecuteAsync(
                $"""
                insert into closed_standings (community_id, scope, period, board, subject_id, points)
                select community_id, scope, period, board, subject_id, points from standings
                where community_id = {work.CommunityId} and board in ({Board.People}, {Board.Squads}) and scope = {period.Scope} and period = {period.Number} and points > 0
                """, ct);
        }
    }

    private async Task PostAsync(Scope scope, int number, Instant now, CancellationToken ct)
    {
        var closing = await work.Db.Set<Closing>().SingleOrDefaultAsync(closing => closing.Scope == scope && closing.Period == number, ct);
        if (closing is null || closing.State != ClosingState.Open)
            return;

        var community = await Communities.LoadAsync(work, ct);
        var wanted = scope != Scope.Week || community.WeekPost is not null;
        var message = wanted ? await post.OfAsync(closing, ct) : null;
        var state = message is null ? ClosingState.Silent : now - PostTime(closing.Closed, community) <= TooLate ? ClosingState.Posted : ClosingState.Missed;
        var settled = await work.Sql.ExecuteAsync(
            $"""
            update closings set state = {state}, settled_at = {now}
            where community_id = {work.CommunityId} and scope = {scope} and period = {number} and state = {ClosingState.Open}
            """, ct);
        if (settled == 1 && state == ClosingState.Posted)
            await channels.PostAsync(KindOf(scope), message!, null, ct);
    }

    private static PostKind KindOf(Scope scope) => scope switch
    {
        Scope.Week => PostKind.Week,
        Scope.Month => PostKind.Month,
        _ => PostKind.Season,
    };

    private static string KeyOf(string act, Period period) => string.Create(CultureInfo.InvariantCulture, $"{act} {period.Scope} {period.Number}");
}
