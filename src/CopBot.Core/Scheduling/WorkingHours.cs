using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace CopBot.Core.Scheduling;

/// <summary>The hours in which people like to be spoken to, by local time: the same on each of some weekdays.</summary>
/// <param name="Days">At least one, in the order of the week.</param>
/// <param name="Until">After <paramref name="From"/>; not part of the hours.</param>
public sealed partial record WorkingHours(IReadOnlyList<IsoDayOfWeek> Days, LocalTime From, LocalTime Until)
{
    /// <summary>What most people have who say nothing.</summary>
    public static WorkingHours Usual { get; } = Parse("mon-fri 09:00-17:00")!;

    /// <summary>The first instant at or after another that lies within the hours.</summary>
    public Instant Next(Instant at, DateTimeZone zone)
    {
        var begin = Occurrences.From(new Recurrence.Weekly(Days, 1, at.InZone(zone).Date.PlusWeeks(-1), From), zone, at.InZone(zone).Date).First();
        var end = zone.AtLeniently(begin.Date + Until).ToInstant();
        if (at < end)
            return Instant.Max(at, begin.At);
        return Next(zone.AtStartOfDay(begin.Date.PlusDays(1)).ToInstant(), zone);
    }

    /// <summary>Hours as people write them, such as <c>mon-fri 09:00-17:00</c>, <c>mon,wed 9-13</c> or <c>08:00-16:00</c>, which means Monday to Friday; null where it is none.</summary>
    public static WorkingHours? Parse(string text)
    {
        var match = Pattern().Match(text.Trim().ToLowerInvariant().Replace('–', '-'));
        if (!match.Success || TimeOf(match.Groups["from"].Value) is not { } from || TimeOf(match.Groups["until"].Value) is not { } until || from >= until)
            return null;
        IReadOnlyList<IsoDayOfWeek>? days = match.Groups["days"].Success ? DaysOf(match.Groups["days"].Value) : Enum.GetValues<IsoDayOfWeek>()[1..6];
        return days is { Count: > 0 } ? new(days, from, until) : null;
    }

    /// <summary>As they are stored and shown; <see cref="Parse"/> reads it.</summary>
    public override string ToString()
    {
        var consecutive = Days.Count > 2 && Days[^1] - Days[0] == Days.Count - 1;
        var days = consecutive ? $"{Short(Days[0])}-{Short(Days[^1])}" : string.Join(',', Days.Select(Short));
        return string.Create(CultureInfo.InvariantCulture, $"{days} {From:HH:mm}-{Until:HH:mm}");
    }

    public bool Equals(WorkingHours? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private static List<IsoDayOfWeek>? DaysOf(string text)
    {
        var days = new SortedSet<IsoDayOfWeek>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-', StringSplitOptions.TrimEntries).Select(RecurrenceText.WeekdayOf).ToList();
            if (ends.Count > 2 || ends.Any(end => end is null) || ends[0] > ends[^1])
                return null;
            for (var day = ends[0]!.Value; day <= ends[^1]!.Value; day++)
                days.Add(day);
        }

        return [.. days];
    }

    private static LocalTime? TimeOf(string text) => WhenText.TimeOf(text.Contains(':', StringComparison.Ordinal) ? text : text + ":00");

    private static string Short(IsoDayOfWeek day) => day.ToString()[..3].ToLowerInvariant();

    [GeneratedRegex("^(?:(?<days>[a-z][a-z, -]*[a-z]) )?(?<from>\\d{1,2}(?::\\d{2})?) ?(?:-|to) ?(?<until>\\d{1,2}(?::\\d{2})?)$")]
    private static partial Regex Pattern();
}
