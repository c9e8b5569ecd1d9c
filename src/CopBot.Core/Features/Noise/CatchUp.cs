using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Noise;

/// <summary>One message in place of those that waited: each with the time at which it was meant, in order, whole as far as that is bearable.</summary>
internal static class CatchUp
{
    private const int MostWhole = 5000;
    private const int Shortened = 120;
    private const int MostListed = 60;

    /// <summary>What is said for posts that were held in one channel.</summary>
    public static Message Of(IReadOnlyList<HeldPost> posts, Community community)
    {
        var frozen = posts.Any(post => post.Because == HeldBecause.Frozen);
        RichText count = posts.Count == 1 ? "1 post waited" : RichText.Of($"{posts.Count} posts waited");
        var why = !frozen && community.Budget is { } budget ? new Note($"This channel hears {budget} unasked {(budget == 1 ? "post" : "posts")} a week; what comes on top waits for the next.") : null;
        return new Message(
            frozen ? RichText.Of($"Catching up: {count} while it was quiet here.") : RichText.Of($"{count} for the new week."),
            Card.Of([.. BlocksOf(posts, community.Zone), why]));
    }

    /// <summary>A local time as a list shows it.</summary>
    public static string Local(Instant instant, DateTimeZone zone) => instant.InZone(zone).ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The beginning of a sentence that is too long for where it stands.</summary>
    public static RichText Short(RichText text, int most)
    {
        var runs = new List<Run>();
        foreach (var run in text.Runs)
        {
            if (most <= 0)
                break;
            runs.Add(run switch
            {
                Run.Words words => new Run.Words(TextRules.Short(words.Text, most)),
                Run.Quoted quoted => quoted with { Text = TextRules.Short(quoted.Text, most) },
                _ => run,
            });
            most -= LengthOf(run);
        }

        return new(runs);
    }

    private static IEnumerable<Block> BlocksOf(IReadOnlyList<HeldPost> posts, DateTimeZone zone)
    {
        var facts = new List<Fact>();
        var said = 0;
        foreach (var post in posts.Take(MostListed))
        {
            var message = post.Message;
            said += message.Summary.Runs.Sum(LengthOf);
            facts.Add(new(Local(post.MeantAt, zone), said <= MostWhole ? message.Summary : Short(message.Summary, Shortened)));
            if (message.Card is not { } card || said > MostWhole)
                continue;

            yield return new Facts(facts);
            facts = [];

            // What could be clicked then is over.
            foreach (var block in card.Blocks.Where(block => block is not (Buttons or Choice or Form)))
                yield return block;
        }

        if (posts.Count > MostListed)
            facts.Add(new("…", RichText.Of($"and {posts.Count - MostListed} more")));
        if (facts.Count > 0)
            yield return new Facts(facts);
    }

    private static int LengthOf(Run run) => run switch
    {
        Run.Words words => words.Text.Length,
        Run.Quoted quoted => quoted.Text.Length,
        Run.Address address => address.Url.Length,
        Run.Typed typed => typed.Line.Length,
        _ => 20,
    };
}
