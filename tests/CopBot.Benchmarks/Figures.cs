namespace CopBot.Benchmarks;

/// <summary>What is told of many measurements.</summary>
public static class Figures
{
    /// <summary>The value below which a part of all lies, such as 0.99.</summary>
    public static double At(IEnumerable<double> values, double part)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * part))];
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
