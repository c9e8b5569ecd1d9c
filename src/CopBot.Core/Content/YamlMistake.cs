using YamlDotNet.Core;

namespace CopBot.Core.Content;

/// <summary>A text stops being YAML on a line, from 1.</summary>
internal sealed class NotYaml(int line, string text) : Exception(text)
{
    public int Line => line;
}

/// <summary>Says what the scanner dislikes in the words of somebody who edits a pack, with the cure.</summary>
internal static class YamlMistake
{
    private static readonly (string Said, string Means)[] Known =
    [
        ("invalid mapping", "a `:` stands where none can; put a text with a colon in quotes, and see that the line before has its colon and the right indentation"),
        ("Mapping values are not allowed", "a `:` stands where none can; put a text with a colon in quotes, and see that the line before has its colon and the right indentation"),
        ("Mapping keys are not allowed", "a `?` stands where none can; put a text that begins so in quotes"),
        ("unexpected end of stream", "a quote opens here and is not closed; add the closing quote"),
        ("wrong indentation", "a quote opens here and is not closed on its line; add the closing quote"),
        ("found unexpected document indicator", "a quote opens here and is not closed; add the closing quote"),
        ("between adjacent scalars", "a comment interrupts a text; write the text in one line, and begin each line of a comment with `#`"),
        ("block scalar", "nothing may follow `|` or `>` on its line; put a text that begins so in quotes"),
        ("invalid comment", "a space must stand before `#`"),
        ("a comment without", "a space must stand before `#`"),
        ("anchor", "`&` and `*` at the beginning mean something else in YAML; put the text in quotes"),
        ("tag", "`!` at the beginning means something else in YAML; put the text in quotes"),
        ("directive", "a line cannot begin with `%`; put the text in quotes"),
        ("expected ':'", "a key has no `:` behind it; write `key: value`"),
        ("Block sequence entries", "a `- ` cannot stand here; begin each entry of a list on a line of its own"),
        ("key indicator", "a `-` stands alone; put it in quotes"),
        ("escape", "a `\\` in double quotes begins a code; write it twice, or use single quotes"),
        ("hexadecimal", "a `\\` in double quotes begins a code; write it twice, or use single quotes"),
        ("surrogate", "a `\\` in double quotes begins a code; write it twice, or use single quotes"),
    ];

    /// <param name="said">The scanner's message.</param>
    /// <param name="at">Where it stopped.</param>
    /// <param name="last">Where the last part began that it could read.</param>
    /// <param name="text">The whole file.</param>
    public static NotYaml Of(string said, Mark at, Mark last, string text)
    {
        var found = at.Index < text.Length ? text[(int)at.Index] : ' ';
        if (said.Contains(" tab", StringComparison.Ordinal) || found == '\t')
            return new(LineWithTab((int)last.Line, text) ?? (int)at.Line, "the line is indented with a tab; use spaces");
        if (said.Contains("cannot start any token", StringComparison.Ordinal))
            return new((int)at.Line, $"a text cannot begin with {Quote.Of(found.ToString())}; put it in quotes");
        var means = Known.FirstOrDefault(known => said.Contains(known.Said, StringComparison.Ordinal)).Means;
        return new((int)at.Line, means ?? $"this is not YAML ({said.TrimEnd('.')}); compare it with the lines around it");
    }

    // The scanner blames the beginning of what it was reading, which may be far above the tab.
    private static int? LineWithTab(int from, string text)
    {
        var line = 0;
        foreach (var words in text.AsSpan().EnumerateLines())
        {
            line++;
            if (line >= from && words[..^words.TrimStart().Length].Contains('\t'))
                return line;
        }

        return null;
    }
}
