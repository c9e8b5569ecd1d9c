using System.ComponentModel;
using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Features.League;

namespace CopBot.Core.Features.Backlog;

public sealed class CoverageCommands(Coverage coverage) : ICommands
{
    private const int Shown = 20;

    [Command("gap coverage", "See which topics hang on how few people; it names none of them", ReadsOnly = true)]
    public async Task<Reply> ShowAsync(Caller caller, CancellationToken ct)
    {
        var topics = await coverage.OfAsync(caller.Today, ct);
        RichText since = Period.Lately(caller.Today).ToString("d MMMM uuuu", CultureInfo.InvariantCulture);
        if (topics.Count == 0)
            return new Message($"Nothing with a topic was shared or mobbed since {since}. Give what you log a {"topic=":code}, and this shows what hangs on one person.");

        var alone = topics.Count(topic => topic.People == 1);
        return new Message(
            $"{topics.Count} {(topics.Count == 1 ? "topic" : "topics")} since {since}; {Alone(alone)}.",
            Card.Of(
                new Facts([.. topics.Take(Shown).Select(topic => new Fact(
                    FormattableString.Invariant($"Bus factor {topic.People}"),
                    $"{topic.Topic}: {Count(topic.People, "person", "people")} in {Count(topic.Squads, "squad", "squads")}, {Count(topic.Contributions, "contribution", "contributions")}"))]),
                topics.Count > Shown ? new Note($"{topics.Count - Shown} more topics are known to more people.") : null,
                new Note($"Counted are shares and mob sessions that count, by whoever logged them or took part and is still here.")));
    }

    private static RichText Alone(int topics) => topics switch
    {
        0 => "none hangs on one person alone",
        1 => "one of them hangs on one person alone",
        _ => $"{topics} of them hang on one person alone each",
    };

    private static RichText Count(int count, string one, string many) => count == 0 ? RichText.Of($"no {many}") : RichText.Of($"{count} {(count == 1 ? one : many)}");
}
