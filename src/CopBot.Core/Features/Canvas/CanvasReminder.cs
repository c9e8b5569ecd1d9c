using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Canvas;

/// <summary>Reminds whoever planned it that the canvas is to be looked at; the leads where they are gone.</summary>
public sealed class CanvasReminder(Work work, Outbox outbox, Leads leads, Availability availability) : IDueWork
{
    private static readonly LocalTime Morning = new(9, 0);

    public async Task<IReadOnlyList<Due>> UpcomingAsync(int limit, CancellationToken ct)
    {
        if (await work.Db.Set<CanvasReview>().FirstOrDefaultAsync(review => review.RemindedAt == null, ct) is not { } review)
            return [];
        var zone = (await Communities.LoadAsync(work, ct)).Zone;
        var at = zone.AtLeniently(review.OnDay + Morning).ToInstant();
        return [new(review.OwnerId is { } owner ? await availability.NextAsync(owner, at, ct, usual: true) : at, Key(review))];
    }

    public async Task RunAsync(Due due, Instant now, CancellationToken ct)
    {
        var review = await work.Db.Set<CanvasReview>().FirstOrDefaultAsync(ct);
        if (review is null || Key(review) != due.Key || await work.Sql.ExecuteAsync($"update canvas_reviews set reminded_at = {now} where community_id = {work.CommunityId} and on_day = {review.OnDay} and reminded_at is null", ct) == 0)
            return;
        foreach (var person in review.OwnerId is { } owner ? [owner] : await leads.ListAsync(ct))
        {
            await outbox.TellAsync(person, new Message(
                $"Today the community canvas is to be looked at: is what it says still so? {"canvas show":code} shows it with what has drifted.",
                Card.Of(new Buttons([new("See the canvas", "canvas show"), new("It was looked at", "canvas review done=yes")]))), ct);
        }
    }

    private static string Key(CanvasReview review) => review.OnDay.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}
