using System.Globalization;
using CopBot.Core.Chat;

namespace CopBot.Platforms.WebChat;

/// <summary>Charts as SVG: they scale, print, and carry their numbers for those who do not see them.</summary>
public static class Charts
{
    private const int Width = 320;
    private const int Height = 96;
    private const int Margin = 8;

    /// <summary>A bar filled to a share from 0 to 1; more than that is shown as full.</summary>
    public static Html Bar(string id, string title, string amount, decimal share) => Html.Of(
        $"""
        <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-labelledby="{id}-t {id}-d"><title id="{id}-t">{title}</title><desc id="{id}-d">{amount}</desc>
        <rect class="track" width="100" height="4" rx="2"/><rect class="done" width="{Math.Clamp(share, 0, 1) * 100:0.##}" height="4" rx="2"/></svg>
        """);

    /// <summary>A line through values, oldest first.</summary>
    public static Html Line(string id, string title, IReadOnlyList<TrendPoint> points)
    {
        var told = string.Join(", ", points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Label} {point.Value:0.##}")));
        if (points.Count == 0)
            return Html.Of($"<p class=\"note\">No values yet.</p>");

        var (least, most) = (Math.Min(0, points.Min(point => point.Value)), points.Max(point => point.Value));
        var spots = points.Select((point, index) => (
            X: Margin + (points.Count == 1 ? 0.5m : (decimal)index / (points.Count - 1)) * (Width - 2 * Margin),
            Y: Height - Margin - (most == least ? 0 : (point.Value - least) / (most - least)) * (Height - 2 * Margin),
            Point: point)).ToList();
        return Html.Of(
            $"""
            <svg class="line" viewBox="0 0 {Width} {Height}" role="img" aria-labelledby="{id}-t {id}-d"><title id="{id}-t">{title}</title><desc id="{id}-d">{told}</desc>
            <polyline points="{string.Join(' ', spots.Select(spot => string.Create(CultureInfo.InvariantCulture, $"{spot.X:0.#},{spot.Y:0.#}")))}"/>
            {spots.Select(spot => Html.Of($"<circle cx=\"{spot.X:0.#}\" cy=\"{spot.Y:0.#}\" r=\"3\"><title>{spot.Point.Label}: {spot.Point.Value:0.##}</title></circle>"))}</svg>
            <p class="ends"><span>{points[0].Label}: {points[0].Value:0.##}</span><span>{points[^1].Label}: {points[^1].Value:0.##}</span></p>
            """);
    }
}
