namespace CopBot.Core.Content;

/// <summary>What a community plays with, read from a folder of YAML files and checked as a whole.</summary>
public sealed record Pack(PointsPolicy Points)
{
    /// <summary>Announcements with holes, by their names.</summary>
    public OrderedDictionary<string, AnnouncementTemplate> Templates { get; init; } = [];

    /// <summary>Objectives to begin with, by their names.</summary>
    public OrderedDictionary<string, OkrTemplate> Okrs { get; init; } = [];

    /// <summary>The community canvas to start from.</summary>
    public CanvasDraft Canvas { get; init; } = CanvasDraft.Empty;

    /// <summary>The values that a parameter marked with <see cref="Chat.OneOfPackAttribute"/> may have.</summary>
    public IReadOnlyList<string> List(string name) => name switch
    {
        "sizes" => [.. Points.Sizes.Keys],
        "formats" => Points.Formats,
        "outcomes" => Points.Outcomes,
        "kinds" => [.. Points.Kinds.Keys],
        "questions" => CanvasQuestion.Names,
        _ => throw new InvalidOperationException($"the pack has no list {name}"),
    };
}

/// <summary>Something wrong in a pack: where, what, and what would be right.</summary>
public sealed record PackProblem(string File, int Line, string Text)
{
    public override string ToString() => $"{File}:{Line}: {Text}";
}

/// <summary>A pack that cannot be played; the process does not start.</summary>
public sealed class BrokenPack(IReadOnlyList<PackProblem> problems) : Exception(string.Join('\n', problems))
{
    public IReadOnlyList<PackProblem> Problems { get; } = problems;
}
