using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using NodaTime;
using NodaTime.Text;

namespace CopBot.Core.Features.Reports;

public sealed class ReportCommands(Work work, Reporter reporter, ScheduleBook schedules, PublicAddress address, Audit audit) : ICommands
{
    private static readonly YearMonthPattern Pattern = YearMonthPattern.Iso;
    private static readonly LocalTime Morning = new(9, 0);
    private static readonly Duration Within = Duration.FromDays(3);
    private const int MostYearsBack = 10;

    [Command("report month", "Get the month in figures for a sponsor: explained, and nobody named", Role = Role.Core, ReadsOnly = true, Example = "report month 2026-01")]
    public async Task<Reply> MonthAsync(Caller caller, [Description("Which month, such as 2026-01 or last; this one where it is left out"), MaxLength(20)] string? month = null, CancellationToken ct = default)
    {
        var report = await reporter.OfAsync(MonthOf(month, caller.Today), caller.Today, ct);
        return new Message(ReportText.Summary(report), Card.Of(
            [.. BlocksOf(report), new Document($"report-{Name(report.From)}.md", "text/markdown", ReportText.Markdown(report, caller.Community.Name)), new Buttons([new("A page to print", $"report page {Name(report.From)}")])]));
    }

    [Command("report page", "Get a secret address at which a month's report can be read and printed", Role = Role.Core, Example = "report page 2026-01")]
    public async Task<Reply> PageAsync(Caller caller, [Description("Which month, such as 2026-01 or last; this one where it is left out"), MaxLength(20)] string? month = null, CancellationToken ct = default)
    {
        var from = MonthOf(month, caller.Today);
        var token = SecretToken.New();
        await work.Sql.ExecuteAsync($"insert into report_pages (hash, community_id, month, person_id, created_at) values ({SecretToken.HashOf(token)}, {work.CommunityId}, {from}, {caller.Person}, {caller.At})", ct);
        var path = ReportPage.PathOf(token);
        RichText title = from.ToString("MMMM uuuu", CultureInfo.InvariantCulture);
        return new Message(
            address.Base is { } root ? RichText.Of($"{title} on one page: {new Link(new Uri(root, path))}") : RichText.Of($"{title} on one page: {path:code}, at the address where {"copbot serve":code} answers."),
            Card.Of(new Note($"Whoever has the address can read it, without an account. It shows what counts whenever it is opened. I cannot show it again; {"report close":code} ends all of them.")));
    }

    [Command("report monthly", "Give the leads the report of the last month on each first of a month, or no longer", Role = Role.Lead, Example = "report monthly on")]
    public async Task<Reply> MonthlyAsync(Caller caller, [Description("Whether it comes by itself"), OneOf("on", "off")] string when = "on", CancellationToken ct = default)
    {
        var running = await work.Sql.FirstAsync($"select number from schedules where community_id = {work.CommunityId} and effect = {MonthlyReport.Effect} and state in ({ScheduleState.Active}, {ScheduleState.Paused})", row => (int?)row.Int(0), ct);
        if (when == "off")
        {
            if (running is not { } number)
                throw new Refusal($"The report does not come by itself. Nothing was changed.");
            await schedules.HaltAsync(await schedules.FindAsync(number, ct), ScheduleState.Cancelled, ct);
            await audit.NoteAsync(caller, "report monthly off", ct);
            return new Message($"The report no longer comes by itself; {"report month last":code} gives it.");
        }

        if (running is { } already)
            throw new Refusal($"The report comes by itself already, by schedule {already}. Nothing was changed.");
        var schedule = await schedules.AddAsync(MonthlyReport.Effect, "The report of the last month", new Recurrence.MonthlyOnDay(1, Morning), Lateness.RunOnce, Within, caller.Person, null, ct);
        await audit.NoteAsync(caller, "report monthly on", ct);
        return new Message($"On the first of each month at 09:00 every lead is given the report of the month before, in private (schedule {schedule.Number}).", Card.Of(new Buttons([new("This month so far", "report month"), new("Stop it", "report monthly off")])));
    }

    [Command("report close", "End every address at which reports can be read", Role = Role.Lead)]
    public async Task<Reply> CloseAsync(Caller caller, CancellationToken ct)
    {
        var ended = await work.Sql.ExecuteAsync($"update report_pages set revoked_at = {caller.At} where community_id = {work.CommunityId} and revoked_at is null", ct);
        if (ended == 0)
            throw new Refusal($"No report has an address; {"report page":code} makes one. Nothing was changed.");
        await audit.NoteAsync(caller, "report close", ct);
        return new Message($"{(ended == 1 ? "The one address opens" : $"All {ended} addresses open")} nothing any more. {"report page":code} makes a fresh one.");
    }

    /// <summary>The figures as they are shown in chat.</summary>
    internal static IEnumerable<Block> BlocksOf(MonthReport report)
    {
        yield return new Facts([.. ReportText.Figures(report).Select(one => new Fact(one.Name, RichText.Of($"{new UserText(one.Value)}")))]);
        yield return new Trend("Shares and mob sessions by week", [.. report.Weeks.Select(week => new TrendPoint(week.Monday.ToString("d MMM", CultureInfo.InvariantCulture), week.Shares + week.Mobs))]);
    }

    internal static string Name(LocalDate month) => month.ToString("uuuu-MM", CultureInfo.InvariantCulture);

    private static LocalDate MonthOf(string? text, LocalDate today)
    {
        var word = text?.Trim().ToLowerInvariant();
        var month = word switch
        {
            null or "" or "this" => today.ToYearMonth(),
            "last" => today.PlusMonths(-1).ToYearMonth(),
            _ => Pattern.Parse(word) is { Success: true } parsed ? parsed.Value : throw new Refusal($"“{new UserText(text!)}” is no month; write it like {Pattern.Format(today.ToYearMonth()):code}, or {"last":code}. Nothing was changed."),
        };
        var from = month.OnDayOfMonth(1);
        if (from > today)
            throw new Refusal($"{from.ToString("MMMM uuuu", CultureInfo.InvariantCulture)} has not begun. Nothing was changed.");
        return from >= today.PlusYears(-MostYearsBack) ? from : throw new Refusal($"That is more than {MostYearsBack} years ago. Nothing was changed.");
    }
}
