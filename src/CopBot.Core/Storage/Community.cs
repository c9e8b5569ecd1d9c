using CopBot.Core.Scheduling;
using NodaTime;

namespace CopBot.Core.Storage;

/// <summary>The tenant that every row belongs to: a community of practice with its zone and language.</summary>
/// <param name="Id">1 for the first community of an installation.</param>
/// <param name="Zone">Where its weeks begin and its days end.</param>
/// <param name="MainChannel">The channel id for what concerns everybody, such as <c>#general</c>.</param>
public sealed record Community(int Id, string Name, DateTimeZone Zone, string Language, string MainChannel)
{
    /// <summary>When the leaderboard of a closed week is posted; null where nobody wants it.</summary>
    public WeeklyTime? WeekPost { get; init; } = new(IsoDayOfWeek.Monday, new(9, 0));

    /// <summary>The hours in which something may be said unasked; null where that is always.</summary>
    public WorkingHours? Hours { get; init; }

    /// <summary>How many unasked posts a channel hears in a week at most; null where that is not limited.</summary>
    public int? Budget { get; init; }

    /// <summary>Whether an announcement needs the word of a second lead.</summary>
    public bool Approval { get; init; }

    /// <summary>The community that a single installation serves.</summary>
    public const int First = 1;
}

/// <summary>A row that belongs to a community; the model filters by it.</summary>
public interface IBelong
{
    int CommunityId { get; }
}
