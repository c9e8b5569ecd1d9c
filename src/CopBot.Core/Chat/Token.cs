using System.Text;

namespace CopBot.Core.Chat;

/// <summary>A word of a typed line: plain, quoted, or <c>name=value</c>. <paramref name="Start"/> is where it begins in the line.</summary>
internal readonly record struct Token(string Text, bool Quoted, string? Name, int Start)
{
    private const string DoubleQuotes = "\"“”„‟«»";
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
            if (IsQuote(line[at]))
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
                if (at < line.Length && IsQuote(line[at]))
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

    private static bool IsQuote(char c) => DoubleQuotes.Contains(c, StringComparison.Ordinal);

    // "--size" on a desk, "—size" from a phone that joins two dashes: both mean size.
    private static string? NameOf(string word)
    {
        var name = word.TrimStart([.. Dashes]);
        return name.Length > 0 && char.IsLetter(name[0]) && name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_') ? name : null;
    }

    private static string ReadQuoted(string line, ref int at)
    {
        var text = new StringBuilder();
        var opened = line[at++];
        while (at < line.Length)
        {
            var c = line[at++];
            if (c == '\\' && at < line.Length && line[at] is '"' or '\\')
            {
                text.Append(line[at++]);
                continue;
            }

            // A straight quote closes only a straight one: “the "why" command” keeps its inner pair.
            if (IsQuote(c) && (opened != '"' || c == '"') && (opened == '"' || c != '"'))
                return text.ToString();
            text.Append(c);
        }

        return text.ToString();
    }
}
