using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Platforms.Discord.Messages;
using NodaTime;

namespace CopBot.Platforms.Discord;

/// <summary>Command lines that are longer than the hundred characters a button carries. They are kept for some days and then forgotten: then the line is to be typed.</summary>
public sealed class LongLines(Store store, TimeProvider time)
{
    // What a button carries besides its line.
    private const int Fits = DiscordLimits.CustomId - 10;
    private static readonly Duration Kept = Duration.FromDays(3);

    /// <summary>How a message's lines are referred to.</summary>
    public static string ReferenceOf(Delivery delivery) => string.Create(CultureInfo.InvariantCulture, $"{delivery.Community}-{delivery.Id}");

    /// <summary>Keeps what is too long in a message, before it is said.</summary>
    public async Task KeepAsync(Delivery delivery, CancellationToken ct)
    {
        var offers = DiscordLines.Offers(delivery.Message).Where(one => one.Block is Buttons or Choice).SelectMany(one => one.Offers).Where(offer => offer.Button.Line.Length > Fits).ToList();
        if (offers.Count == 0)
            return;

        var (reference, reader, now) = (ReferenceOf(delivery), delivery.Only ?? "", Now());
        await store.WriteAsync(delivery.Community, async (work, token) =>
        {
            await work.Sql.ExecuteAsync($"delete from discord_lines where at < {now - Kept}", token);
            foreach (var offer in offers)
            {
                await work.Sql.ExecuteAsync(
                    $"""
                    insert into discord_lines (community_id, reference, number, reader, line, at) values ({delivery.Community}, {reference}, {offer.Number}, {reader}, {offer.Button.Line}, {now})
                    on conflict (reference, number) do nothing
                    """, token);
            }
        }, ct);
    }

    /// <summary>The line; null where it is not kept any more.</summary>
    public Task<string?> FindAsync(string reference, int number, CancellationToken ct) =>
        reference.Split('-') is [var community, _] && int.TryParse(community, NumberStyles.None, CultureInfo.InvariantCulture, out var of)
            ? store.ReadAsync(of, (work, token) => work.Sql.FirstAsync($"select line from discord_lines where reference = {reference} and number = {number} and at >= {Now() - Kept}", row => (string?)row.Text(0), token), ct)
            : Task.FromResult<string?>(null);

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());
}
