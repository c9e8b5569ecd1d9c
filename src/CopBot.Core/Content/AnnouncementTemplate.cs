using System.Text.RegularExpressions;

namespace CopBot.Core.Content;

/// <summary>An announcement of the pack with holes for what changes each time.</summary>
/// <param name="Text">As it stands in the pack, holes in braces.</param>
public sealed partial record AnnouncementTemplate(string Name, string Text)
{
    /// <summary>What a hole may be given.</summary>
    public static IReadOnlyList<string> Types { get; } = ["text", "person", "people", "number", "date", "link"];

    /// <summary>The holes in the order of the text, each once.</summary>
    public IReadOnlyList<Hole> Holes { get; } = [.. Braces().Matches(Text).Select(HoleOf).DistinctBy(hole => hole.Name)];

    /// <summary>The text in pieces: words, and between them the holes.</summary>
    public IEnumerable<(string Words, Hole? Hole)> Pieces()
    {
        var from = 0;
        foreach (Match match in Braces().Matches(Text))
        {
            yield return (Text[from..match.Index], HoleOf(match));
            from = match.Index + match.Length;
        }

        yield return (Text[from..], null);
    }

    private static Hole HoleOf(Match match) => new(match.Groups["name"].Value, match.Groups["type"].Success ? match.Groups["type"].Value : "text");

    [GeneratedRegex("\\{(?<name>[a-z][a-z0-9-]*)(?::(?<type>[a-z]+))?\\}")]
    internal static partial Regex Braces();
}

/// <summary>A hole of a template: what it is called and what it must be given.</summary>
public sealed record Hole(string Name, string Type);
