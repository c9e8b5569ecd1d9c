namespace CopBot.Core.Content;

/// <summary>The community canvas as the pack drafts it.</summary>
/// <param name="Questions">All nine, in their order.</param>
/// <param name="Drift">What answers are held against.</param>
public sealed record CanvasDraft(IReadOnlyList<CanvasQuestion> Questions, IReadOnlyList<DriftRule> Drift)
{
    /// <summary>A canvas that nobody has drafted.</summary>
    public static CanvasDraft Empty { get; } = new([.. CanvasQuestion.Names.Select(name => new CanvasQuestion(name, "", null))], []);

    public CanvasQuestion this[string question] => Questions.First(one => one.Name == question);
}

/// <summary>A question of the canvas with the answer that a community starts with.</summary>
public sealed record CanvasQuestion(string Name, string Asks, string? Draft)
{
    public static IReadOnlyList<string> Names { get; } = ["purpose", "audience", "values", "goals", "experience", "roles", "rules", "governance", "communication"];

    /// <summary>The name as a heading.</summary>
    public string Heading => char.ToUpperInvariant(Name[0]) + Name[1..];
}

/// <summary>Where the answer to a question has one of the words, at least so many percent of what was logged are to be of a kind.</summary>
/// <param name="Words">Beginnings of words, letter case aside.</param>
/// <param name="Says">What entries of the kind are called, such as <c>mob sessions</c>.</param>
public sealed record DriftRule(string Question, IReadOnlyList<string> Words, string Kind, int AtLeast, string Says);
