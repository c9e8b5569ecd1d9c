using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Wheel;

/// <summary>Tells the steps of an incident when their minute comes, where its players asked for that. In a channel that is frozen it waits for the thaw.</summary>
public sealed class WheelClock(Work work, SpinBook book, Outbox outbox, Freezes freezes) : IDueWork
{
    public async Task<IReadOnlyList<Due>> UpcomingAsync(int limit, CancellationToken ct)
    {
        var due = new List<Due>();
        foreach (var spin in await work.Db.Set<Spin>().Where(spin => spin.ByClock && spin.EndedAt == null).ToListAsync(ct))
        {
            if (book.ScenarioOf(spin) is { } scenario && spin.StepsTold < scenario.Steps.Count && await freezes.FindAsync(spin.RunsIn, ct) is null)
                due.Add(new(spin.BeganAt + Duration.FromMinutes(scenario.Steps[spin.StepsTold].Minute), string.Create(CultureInfo.InvariantCulture, $"{spin.Number}/{spin.StepsTold}")));
        }

        return [.. due.OrderBy(one => one.At).Take(limit)];
    }

    public async Task RunAsync(Due due, Instant now, CancellationToken ct)
    {
        var (number, step) = due.Key.Split('/') is [var first, var second] ? (int.Parse(first, CultureInfo.InvariantCulture), int.Parse(second, CultureInfo.InvariantCulture)) : default;
        if (await work.Db.Set<Spin>().FirstOrDefaultAsync(spin => spin.Number == number && spin.StepsTold == step && spin.EndedAt == null, ct) is { } one && book.ScenarioOf(one) is { } scenario && await book.TellAsync(one, ct))
            await outbox.PostAsync(one.RunsIn, WheelText.Step(one, scenario), ct);
    }
}
