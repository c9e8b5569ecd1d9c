namespace CopBot.Core.Content;

/// <summary>Collects what is wrong in one file of a pack, so that all of it is told at once.</summary>
internal sealed class PackProblems(string file)
{
    private readonly List<PackProblem> found = [];

    public int Count => found.Count;

    public IEnumerable<PackProblem> InOrder => found.OrderBy(problem => problem.Line);

    // Names are repeated as they stand in the file; a terminal must not obey what is hidden in them.
    public void Add(int line, string text) =>
        found.Add(new(file, Math.Max(1, line), string.Concat(text.Select(c => HiddenCharacters.IsHidden(c) ? ' ' : c))));
}
