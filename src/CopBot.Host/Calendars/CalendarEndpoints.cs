using System.Text;
using System.Threading.RateLimiting;
using CopBot.Core.Chat;
using CopBot.Core.Features.Rotations;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Host.Calendars;

/// <summary>Answers the secret addresses of calendars. Calendar programs ask here by themselves, without cookie or name: the address is all they have.</summary>
public static class CalendarEndpoints
{
    // A calendar takes some thinking; however many ask at once, the bot keeps answering people.
    private const int AtOnce = 2;
    private const int Waiting = 32;
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static IServiceCollection AddCalendars(this IServiceCollection services, BotSettings settings)
    {
        services.AddSingleton(new PublicAddress(new Uri(settings.PublicUrl ?? settings.Url)));

        // The one of the framework for all endpoints looks around ten times a second; an idle bot is to cost nothing.
        return services.AddSingleton(new ConcurrencyLimiter(new() { PermitLimit = AtOnce, QueueLimit = Waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst }));
    }

    public static void MapCalendars(this WebApplication app) => app.MapMethods("/calendar/{token}.ics", Methods, ShowInTurnAsync);

    private static async Task<IResult> ShowInTurnAsync(string token, ConcurrencyLimiter limiter, Store store, TimeProvider time, CancellationToken ct)
    {
        using var lease = await limiter.AcquireAsync(cancellationToken: ct);
        return lease.IsAcquired ? await ShowAsync(token, store, time, ct) : Results.StatusCode(StatusCodes.Status429TooManyRequests);
    }

    // Every answer is no-store (see PageHeaders): a copy that something in between keeps would outlive the address.
    private static async Task<IResult> ShowAsync(string token, Store store, TimeProvider time, CancellationToken ct)
    {
        if (!SecretToken.Fits(token))
            return Unknown();

        // Where an address leads is found by its hash alone; what is behind it is then read as that community sees it.
        var hash = SecretToken.HashOf(token);
        var community = await store.ReadAsync(Community.First, (work, at) => work.Sql.ScalarAsync<int?>($"select community_id from calendar_feeds where hash = {hash} and revoked_at is null", at), ct);
        if (community is not { } found)
            return Unknown();
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        return await store.ReadAsync(found, (work, at) => work.Get<TurnCalendar>().ReadAsync(hash, now, at), ct) is { } calendar
            ? Results.Bytes(Encoding.UTF8.GetBytes(calendar), "text/calendar; charset=utf-8")
            : Unknown();
    }

    // The same for an address that never was and for one that was ended.
    private static IResult Unknown() => Results.Text("There is no calendar here. Ask CopBot for an address: rotation feed\n", "text/plain; charset=utf-8", statusCode: StatusCodes.Status404NotFound);
}
