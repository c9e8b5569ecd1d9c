namespace CopBot.Platforms.Wording;

/// <summary>Small drawings made of characters, for chats that show no charts.</summary>
internal static class Drawing
{
    /// <summary>How many characters a bar is wide.</summary>
    public const int BarWidth = 20;

    private const string Heights = "▁▂▃▄▅▆▇█";

    /// <summary>A bar filled to the share that a value has of its target; more than that is shown as full.</summary>
    public static string Bar(decimal value, decimal target)
    {
        var full = (int)Math.Round((target == 0 ? 0 : Math.Clamp(value / target, 0, 1)) * BarWidth);
        return $"{new string('▓', full)}{new string('░', BarWidth - full)}";
    }

    /// <summary>A column for each value, of which there is at least one.</summary>
    public static string Sparkline(IReadOnlyList<decimal> values)
    {
        var (low, high) = (values.Min(), values.Max());
        return string.Concat(values.Select(value => Heights[high == low ? 0 : (int)(((double)value - (double)low) / ((double)high - (double)low) * (Heights.Length - 1))]));
    }
}
