using System.Text;

namespace CopBot.Core.Chat;

/// <summary>The one encoder of Markdown (CommonMark): what people wrote stays words, also where a line of it looks like a heading, a list or a link.</summary>
public static class MarkdownText
{
    private const string Means = "\\`*_[]<>#|~&$";
    private const string MeansInFront = "+-=.):";

    /// <summary>Words as a paragraph; a line break in them stays one.</summary>
    public static string Of(string words)
    {
        var lines = words.ReplaceLineEndings("\n").Split('\n').Select(line => PlainText.Visible(line).Trim()).Where(line => line.Length > 0);
        return string.Join("\\\n", lines.Select(Line));
    }

    private static string Line(string line)
    {
        var text = new StringBuilder(line.Length + 8);

        // “1.” and “-” begin a list, “===” makes a heading of what stands above: in front of a line and nowhere else.
        var front = line.AsSpan().IndexOfAnyExceptInRange('0', '9');
        for (var at = 0; at < line.Length; at++)
        {
            if (Means.Contains(line[at], StringComparison.Ordinal) || (at == front && MeansInFront.Contains(line[at], StringComparison.Ordinal)))
                text.Append('\\');
            text.Append(line[at]);
        }

        return text.ToString();
    }
}
