using System.Globalization;
using CopBot.Benchmarks.Leagues;
using CopBot.Core.Chat;
using NodaTime;

namespace CopBot.Benchmarks.FullPath;

/// <summary>What members say: of ten lines five are shares, three thank a colleague and two tell a win. Each line is said by another member, so that no cap is reached.</summary>
public sealed class Mix(League league)
{
    public const string Described = "of 10 commands 5 share (medium), 3 kudos (two entries), 2 win; each by another member, every second one in a squad; no cap reached";

    /// <summary>After so many lines the kinds come again.</summary>
    public const int Cycle = 10;

    /// <summary>The line of a number, from 0; there are as many as people.</summary>
    public Said Of(int number)
    {
        var member = Member(number);
        var title = Titles.Of(league.Entries + number + 1);
        return (number % Cycle) switch
        {
            < 5 => new(number, member, "share", title, $"share \"{title}\" size=medium topic=incidents"),
            < 8 => new(number, member, "kudos", $"for {title}", $"kudos @member{Other(number).ToString(CultureInfo.InvariantCulture)} \"for {title}\"", Other(number)),
            _ => new(number, member, "win", title, $"win \"{title}\" topic=incidents"),
        };
    }

    // Every member once, in an order that touches the whole of every index.
    private int Member(int number) => (int)(number * 7_919L % league.People);

    private int Other(int number) => Member(number + league.People / 2);
}

/// <summary>One line: who says it, what it logs, and for kudos who receives them.</summary>
public sealed record Said(int Number, int Member, string Kind, string Title, string Line, int? Receiver = null)
{
    public string EventId => Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The event that an adapter would make of it.</summary>
    public Incoming Event(TimeProvider time) => new()
    {
        EventId = EventId,
        Place = League.Channel,
        From = League.Member(Member),
        Text = Line,
        At = Instant.FromDateTimeOffset(time.GetUtcNow()),
    };
}
