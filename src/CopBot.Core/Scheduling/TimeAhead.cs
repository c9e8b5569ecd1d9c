using System.Globalization;
using CopBot.Core.Chat;
using NodaTime;

namespace CopBot.Core.Scheduling;

/// <summary>One time that a person gives for something that is to come.</summary>
public static class TimeAhead
{
    private const int MostYears = 5;

    /// <summary>What a text means. What is over or too far is refused; what could mean two things is asked back.</summary>
    /// <param name="at">As <see cref="WhenText"/> reads it.</param>
    /// <param name="now">The local time.</param>
    /// <param name="language">The community's.</param>
    /// <param name="again">The same command with another time.</param>
    public static Recurrence.Once Read(string at, ZonedDateTime now, string language, Func<string, string> again)
    {
        var meanings = WhenText.Read(at, now, language);
        return meanings.Where(one => one > now.LocalDateTime).ToList() switch
        {
            [] => throw new Refusal($"{Minute(meanings[0])} is over; it is {Minute(now.LocalDateTime)} now. Nothing was stored."),
            [var one] when one.Year > now.Year + MostYears => throw new Refusal($"{Minute(one)} is more than {MostYears} years ahead. Nothing was stored."),
            [var one] => new Recurrence.Once(one.Date, one.TimeOfDay),
            var several => throw new Refusal($"“{new UserText(at)}” can mean {RichText.Join(" or ", several.Select(one => RichText.Of($"{Minute(one)}")))}. Which one? Nothing was stored.")
            {
                Offers = [.. several.Select(one => new Button($"{one:d MMMM uuuu HH:mm}", again($"{one:uuuu-MM-dd HH:mm}")))],
            },
        };
    }

    /// <summary>As <see cref="Read"/>, by the clock of the zone: the first instant after it where a change of clocks skips it.</summary>
    public static Instant InstantOf(string at, ZonedDateTime now, string language, Func<string, string> again)
    {
        var once = Read(at, now, language, again);
        return Occurrences.After(once, now.Zone, now.ToInstant()).FirstOrNull()?.At ?? throw new Refusal($"That never comes. Nothing was stored.");
    }

    private static RichText Minute(LocalDateTime time) => time.ToString("ddd d MMM uuuu HH:mm", CultureInfo.InvariantCulture);
}
