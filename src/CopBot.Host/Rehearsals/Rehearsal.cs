using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using NodaTime;
using NodaTime.Text;

namespace CopBot.Host.Rehearsals;

/// <summary>Plays a script against the whole bot with a clock of its own, and prints every message that is delivered.</summary>
public sealed class Rehearsal(IServiceProvider services, VirtualClock clock, RehearsalPlatform platform, TextWriter output, bool json)
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly LocalDateTimePattern LocalMinutes = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    // A database that is kept may be played against again: the same line is then a new event.
    private readonly string run = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N");
    private int line;

    /// <summary>Plays all lines; throws <see cref="UnreadableLine"/> at the first that cannot be read.</summary>
    public async Task PlayAsync(TextReader script, CancellationToken ct)
    {
        while (await script.ReadLineAsync(ct) is { } text)
        {
            line++;
            switch (Script.Read(text, line))
            {
                case Step.Say say:
                    await SayAsync(say, ct);
                    break;
                case Step.Wait wait:
                    await MoveAsync(clock.Now + wait.By, ct);
                    break;
                case Step.MoveTo moveTo:
                    var zone = (await CommunityAsync(ct)).Zone;
                    var instant = zone.ResolveLocal(moveTo.Local, NodaTime.TimeZones.Resolvers.CreateMappingResolver(NodaTime.TimeZones.Resolvers.ReturnEarlier, NodaTime.TimeZones.Resolvers.ReturnStartOfIntervalAfter)).ToInstant();
                    if (instant < clock.Now)
                        throw new UnreadableLine(line, $"the clock does not go back; it shows {LocalMinutes.Format(clock.Now.InZone(zone).LocalDateTime)}");
                    await MoveAsync(instant, ct);
                    break;
            }
        }
    }

    private async Task SayAsync(Step.Say say, CancellationToken ct)
    {
        var from = LocalNames.Handle(say.Name);
        await services.SayAsync(
            new Incoming
            {
                EventId = string.Create(CultureInfo.InvariantCulture, $"{run}.{line}"),
                Place = say.Private ? Place.With(from, platform.Name) : new Place(platform.Name, LocalNames.Platform, "#general"),
                From = from,
                Text = say.Text,
                At = clock.Now,
            }, ct);
        await PrintAsync(ct);
    }

    private async Task MoveAsync(Instant until, CancellationToken ct)
    {
        var due = services.GetRequiredService<DueWorker>();
        while (await due.NextAsync(ct) is { } next && next <= until)
        {
            clock.MoveTo(Instant.Max(next, clock.Now));
            await due.RunAsync(clock.Now, ct);
            await services.GetRequiredService<OutboxDispatcher>().DrainAsync(ct);
            await PrintAsync(ct);
        }

        clock.MoveTo(until);
    }

    private async Task PrintAsync(CancellationToken ct)
    {
        var heard = platform.Take();
        if (heard.Count == 0)
            return;

        var zone = (await CommunityAsync(ct)).Zone;
        foreach (var delivery in heard)
        {
            var local = LocalMinutes.Format(clock.Now.InZone(zone).LocalDateTime);
            var text = PlainText.Of(delivery.Message, delivery.Names);
            await output.WriteLineAsync(json
                ? new JsonObject
                {
                    ["at"] = InstantPattern.General.Format(clock.Now),
                    ["local"] = local,
                    ["place"] = delivery.Place.Id,
                    ["only"] = delivery.Only,
                    ["text"] = text,
                    ["card"] = CardJson.Of(delivery.Message.Card, delivery.Names),
                }.ToJsonString(Relaxed)
                : $"{local.Replace('T', ' ')} {delivery.Place.Id}{(delivery.Only is null ? "" : $" (only {delivery.Only} sees this)")}\n{text}\n");
        }

        await output.FlushAsync(ct);
    }

    private Task<Community> CommunityAsync(CancellationToken ct) =>
        services.GetRequiredService<Store>().ReadAsync(Community.First, Communities.LoadAsync, ct);
}
