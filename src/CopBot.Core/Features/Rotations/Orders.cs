namespace CopBot.Core.Features.Rotations;

/// <summary>Ways to take some of several, and to seat them.</summary>
internal static class Orders
{
    private const int AllWays = 4;

    /// <summary>Each way to take so many, those with the first ones first.</summary>
    public static IEnumerable<int[]> Some(int[] from, int count)
    {
        if (count == 0)
            return [[]];
        return from.Take(from.Length - count + 1).SelectMany((one, index) => Some(from[(index + 1)..], count - 1).Select(rest => (int[])[one, .. rest]));
    }

    /// <summary>Each way to seat them; beyond four, each shift by a seat: there are too many to look at all.</summary>
    public static IEnumerable<int[]> Of(int[] set) =>
        set.Length > AllWays ? Enumerable.Range(0, set.Length).Select(shift => (int[])[.. set[shift..], .. set[..shift]]) : All(set);

    private static IEnumerable<int[]> All(int[] set) =>
        set.Length < 2 ? [set] : set.SelectMany((one, index) => All([.. set[..index], .. set[(index + 1)..]]).Select(rest => (int[])[one, .. rest]));
}
