using CopBot.Core.Chat;

namespace CopBot.Core.Features.League;

/// <summary>Numbers of points as people say them.</summary>
public static class Points
{
    /// <summary>One point, two points.</summary>
    public static RichText Said(decimal points) => RichText.Of($"{points:0.#} {new RichText([new Run.Words(Math.Abs(points) == 1 ? "point" : "points")])}");
}
