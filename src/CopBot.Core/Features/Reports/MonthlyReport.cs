using CopBot.Core.Chat;
using CopBot.Core.Scheduling;

namespace CopBot.Core.Features.Reports;

/// <summary>On the first of a month the leads are given the report of the one before, each in private.</summary>
public sealed class MonthlyReport(Reporter reporter, Leads leads, Outbox outbox) : IScheduledEffect
{
    public const string Effect = "report";

    public string Name => Effect;

    public async Task RunAsync(Schedule schedule, Occurrence occurrence, CancellationToken ct)
    {
        var month = occurrence.Date.PlusMonths(-1).ToYearMonth().OnDayOfMonth(1);
        var report = await reporter.OfAsync(month, occurrence.Date, ct);
        var message = new Message(ReportText.Summary(report), Card.Of([.. ReportCommands.BlocksOf(report), new Buttons([new("Whole report", $"report month {ReportCommands.Name(month)}"), new("A page to print", $"report page {ReportCommands.Name(month)}")])]));
        foreach (var lead in await leads.ListAsync(ct))
            await outbox.TellAsync(lead, message, ct);
    }
}
