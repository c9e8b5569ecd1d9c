using System.Text;

namespace CopBot.Core.Chat;

/// <summary>A word of a typed line: plain, quoted, or <c>name=value</c>. <paramref name="Start"/> is where it begins in the line.</summary>
internal readonly record struct Token(string Text, bool Quoted, string? Name, int Start)
{
    private const string DoubleQuotes = "\"“”„‟«»";
    private const string SingleQuotes = "‘‚‹";
    private const string Openers = "“„‟«";
    private const string Dashes = "-–—‒−";

    /// <summary>Splits a line. Quotes of any script's typewriter or phone open and close; a quote that never closes runs to the end.</summary>
    public static List<Token> Split(string line)
    {
        var tokens = new List<Token>();
        var at = 0;
        while (true)
        {
            while (at < line.Length && char.IsWhiteSpace(line[at]))
                at++;
            if (at >= line.Length)
                return tokens;

            var start = at;
            if (Opens(line, at))
            {
                tokens.Add(new(ReadQuoted(line, ref at), true, null, start));
                continue;
            }

            while (at < line.Length && !char.IsWhiteSpace(line[at]) && line[at] != '=')
                at++;
            var name = NameOf(line[start..at]);
            if (at < line.Length && line[at] == '=' && name is not null)
            {
                at++;
                if (at < line.Length && Opens(line, at))
                {
                    tokens.Add(new(ReadQuoted(line, ref at), true, name, start));
                    continue;
                }

                var value = at;
                while (at < line.Length && !char.IsWhiteSpace(line[at]))
                    at++;
                tokens.Add(new(line[value..at], false, name, start));
                continue;
            }

            while (at < line.Length && !char.IsWhiteSpace(line[at]))
                at++;
            tokens.Add(new(line[start..at], false, null, start));
        }
    }

    /// <summary>Writes a value so that it is read back as it is.</summary>
    public static string Quote(string value) => $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    // A single quote that is never closed is an apostrophe: ‘90s hardware.
    private static bool Opens(string line, int at) =>
        DoubleQuotes.Contains(line[at], StringComparison.Ordinal) || (SingleQuotes.Contains(line[at], StringComparison.Ordinal) && EndOf(line, at) < line.Length);

    // "--size" on a desk, "—size" from a phone that joins two dashes: both mean size.
    private static string? NameOf(string word)
    {
        var name = word.TrimStart([.. Dashes]);
        return name.Length > 0 && char.IsLetter(name[0]) && name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_') ? name : null;
    }

    private static string ReadQuoted(string line, ref int at)
    {
        var text = new StringBuilder();
        var end = EndOf(line, at);
        while (++at < end)
        {
            if (line[at] == '\\' && at + 1 < end && line[at + 1] is '"' or '\\')
                at++;
            text.Append(line[at]);
        }

        at = Math.Min(end + 1, line.Length);
        return text.ToString();
    }

    // Where the quote that opens at `start` closes. Pairs inside it are passed over, unless one of them is left open.
    private static int EndOf(string line, int start) => EndOf(line, start, pairs: true) ?? EndOf(line, start, pairs: false) ?? line.Length;

    private static int? EndOf(string line, int start, bool pairs)
    {
        var inside = 0;
        for (var at = start + 1; at < line.Length; at++)
        {
            if (line[at] == '\\' && at + 1 < line.Length && line[at + 1] is '"' or '\\')
                at++;
            else if (line[start] != '"' && BeginsPair(line, at))
                inside += pairs ? 1 : 0;
            else if (Closes(line, start, at) && --inside < 0)
                return at;
        }

        return null;
    }

    // Phones turn every quote round: “She said “hello” to me”.
    private static bool BeginsPair(string line, int at) =>
        Openers.Contains(line[at], StringComparison.Ordinal) && char.IsWhiteSpace(line[at - 1]) && at + 1 < line.Length && !char.IsWhiteSpace(line[at + 1]);

    // A straight quote closes only a straight one: “the "why" command” keeps its inner pair. A single one within a word is an apostrophe.
    private static bool Closes(string line, int start, int at) => line[start] switch
    {
        '"' => line[at] == '"',
        '‘' or '‚' => line[at] is '’' or '‘' && (at + 1 == line.Length || !char.IsLetterOrDigit(line[at + 1])),
        '‹' => line[at] == '›',
        _ => line[at] != '"' && DoubleQuotes.Contains(line[at], StringComparison.Ordinal),
    };
}
