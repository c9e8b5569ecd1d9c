using System.Globalization;
using NodaTime;

namespace CopBot.Core.Features.Noise;

/// <summary>Lengths of time as people say them.</summary>
internal static class Lengths
{
    /// <summary>The two largest units, such as “2 days and 3 hours”, of a length of at least a minute.</summary>
    public static string Say(Duration length)
    {
        var minutes = (long)length.TotalMinutes;
        string[] parts = [.. ((IEnumerable<(long, string)>)[(minutes / 1440, "day"), (minutes / 60 % 24, "hour"), (minutes % 60, "minute")])
            .Where(part => part.Item1 > 0)
            .Take(2)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Item1} {part.Item2}{(part.Item1 == 1 ? "" : "s")}"))];
        return string.Join(" and ", parts);
    }
}
