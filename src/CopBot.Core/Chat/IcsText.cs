using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace CopBot.Core.Chat;

/// <summary>A calendar that others may subscribe to, by its name; without one it is a file that is opened once.</summary>
public sealed record IcsCalendar(string? Name, IReadOnlyList<IcsEvent> Events);

/// <summary>Something in a calendar, from an instant up to another that is later and not part of it.</summary>
/// <param name="Uid">Stays the same whatever changes.</param>
/// <param name="Sequence">Goes up when something changes.</param>
/// <param name="Settled">Whether it is to be so, or is only what happens if nothing changes.</param>
public sealed record IcsEvent(string Uid, int Sequence, Instant Begin, Instant End, string Summary, bool Settled)
{
    /// <summary>Whether it does not take place after all.</summary>
    public bool Cancelled { get; init; }

    /// <summary>Whether one is busy meanwhile. Whoever has a turn is not busy for two weeks.</summary>
    public bool Busy { get; init; }
}

/// <summary>
/// The one encoder of iCalendar (RFC 5545; NAME and REFRESH-INTERVAL by RFC 7986). Times are UTC: no rule of a zone has to be sent along, none can be
/// out of date, and what is meant as nine o'clock shows as nine o'clock on both sides of a change of clocks.
/// </summary>
public static class IcsText
{
    // Octets of a line without its end (RFC 5545, section 3.1).
    private const int LongestLine = 75;

    private static readonly InstantPattern Utc = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    /// <summary>The calendar as text.</summary>
    /// <param name="at">When this copy is made.</param>
    public static string Of(IcsCalendar calendar, Instant at)
    {
        var text = new StringBuilder();
        Add(text, "BEGIN:VCALENDAR");
        Add(text, "VERSION:2.0");
        Add(text, "PRODID:-//CopBot//CopBot//EN");
        Add(text, "CALSCALE:GREGORIAN");
        Add(text, calendar.Events is [{ Cancelled: true }] ? "METHOD:CANCEL" : "METHOD:PUBLISH");
        if (calendar.Name is { } name)
        {
            Add(text, "NAME:" + Escape(name));
            Add(text, "X-WR-CALNAME:" + Escape(name));
            Add(text, "REFRESH-INTERVAL;VALUE=DURATION:PT1H");
            Add(text, "X-PUBLISHED-TTL:PT1H");
        }

        foreach (var one in calendar.Events)
        {
            Add(text, "BEGIN:VEVENT");
            Add(text, "UID:" + Escape(one.Uid));
            Add(text, "DTSTAMP:" + Utc.Format(at));
            Add(text, "SEQUENCE:" + one.Sequence.ToString(CultureInfo.InvariantCulture));
            Add(text, "DTSTART:" + Utc.Format(one.Begin));
            Add(text, "DTEND:" + Utc.Format(one.End));
            Add(text, "SUMMARY:" + Escape(one.Summary));
            Add(text, one.Cancelled ? "STATUS:CANCELLED" : one.Settled ? "STATUS:CONFIRMED" : "STATUS:TENTATIVE");
            Add(text, one.Busy ? "TRANSP:OPAQUE" : "TRANSP:TRANSPARENT");
            Add(text, "END:VEVENT");
        }

        Add(text, "END:VCALENDAR");
        return text.ToString();
    }

    /// <summary>A value of type TEXT: what could end it or the line is escaped; what nobody can see is left out.</summary>
    public static string Escape(string value)
    {
        var text = new StringBuilder(value.Length + 8);
        foreach (var rune in value.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value is '\\' or ';' or ',')
                text.Append('\\').Append((char)rune.Value);
            else if (rune.Value == '\n')
                text.Append("\\n");
            else if (rune.Value == '\t' || !Rune.IsControl(rune))
                text.Append(rune);
        }

        return text.ToString();
    }

    /// <summary>A line with its end, folded where it is long: a fold never divides a character.</summary>
    public static string Fold(string line)
    {
        var text = new StringBuilder(line.Length + 8);
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LongestLine)
            {
                // The blank that marks a line as the rest of the one before counts too.
                text.Append("\r\n ");
                octets = 1;
            }

            text.Append(rune);
            octets += rune.Utf8SequenceLength;
        }

        return text.Append("\r\n").ToString();
    }

    private static void Add(StringBuilder text, string line) => text.Append(Fold(line));
}
