using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Features.Claims;
using CopBot.Core.Features.People;
using NodaTime;

namespace CopBot.Core.Features.Library;

/// <summary>What is on the shelf, in words. Authors are named as in all that is said about a claim.</summary>
public sealed class ShelfText(Shelf shelf, Naming naming)
{
    private const int MostInDigest = 10;

    /// <summary>A line for each: kind, title, author, topic, and how often it was used.</summary>
    public async Task<IReadOnlyList<Fact>> OfAsync(IEnumerable<Found> all, CancellationToken ct)
    {
        var facts = new List<Fact>();
        foreach (var one in all)
        {
            RichText topic = one.Topic is null ? "" : $", on {new UserText(one.Topic, one.Author)}";
            RichText uses = one.Uses switch
            {
                0 => "",
                1 => ", used once",
                _ => $", used {one.Uses} times",
            };
            RichText waits = one.State == ClaimState.Waiting ? ", waits to be confirmed" : "";
            facts.Add(new(
                string.Create(CultureInfo.InvariantCulture, $"#{one.Number}"),
                $"“{new UserText(one.Title, one.Author)}”, {one.Format ?? one.Kind} by {await naming.NameAsync(one.Author, ct)}{topic}{uses}{waits}"));
        }

        return facts;
    }

    /// <summary>What was shared between two days, the second not among them; null where that is nothing.</summary>
    public async Task<Message?> DigestAsync(LocalDate from, LocalDate until, CancellationToken ct)
    {
        var numbers = await shelf.SharedSinceAsync(from, until, ct);
        if (numbers.Count == 0)
            return null;
        var facts = (await OfAsync(await shelf.ReadAsync(numbers.Take(MostInDigest), ct), ct)).ToList();
        if (numbers.Count > MostInDigest)
            facts.Add(new("…", $"and {numbers.Count - MostInDigest} more"));
        return new Message(
            $"{(numbers.Count == 1 ? "One thing was" : $"{numbers.Count} things were")} shared in seven days.",
            Card.Of(new Facts(facts), new Note($"{"library search":code} finds what was shared before; {"used":code} with a number says that you used it.")));
    }
}
