namespace CopBot.Core.Content;

/// <summary>What somebody is called from so many points of a season on, until the next title.</summary>
public sealed record SeasonTitle(string Name, int From);

/// <summary>The titles of a season, lowest first.</summary>
public static class SeasonTitles
{
    /// <summary>The highest title that so many points have earned; null before the first.</summary>
    public static SeasonTitle? At(this IReadOnlyList<SeasonTitle> titles, int points) => titles.LastOrDefault(title => title.From <= points);

    /// <summary>The title that comes next; null from the highest on.</summary>
    public static SeasonTitle? After(this IReadOnlyList<SeasonTitle> titles, int points) => titles.FirstOrDefault(title => title.From > points);
}
