namespace CopBot.Core.Features.Okrs.Measures;

/// <summary>One word of a measure and where it begins; the end of the measure has no text.</summary>
/// <param name="Quoted">Whether it stood in quotation marks, so that it is a value and nothing else.</param>
internal readonly record struct MeasureToken(string Text, int At, bool Quoted = false)
{
    public bool IsEnd => Text.Length == 0 && !Quoted;

    public bool Is(string word) => !Quoted && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Takes a measure apart: words, numbers, signs, and values in quotation marks.</summary>
internal static class MeasureTokens
{
    public static List<MeasureToken> Of(string text)
    {
        var tokens = new List<MeasureToken>();
        for (var at = 0; at < text.Length;)
        {
            var c = text[at];
            var from = at;
            if (char.IsWhiteSpace(c))
            {
                at++;
            }
            else if ((c is '\'' or '‘' ? ['\'', '’'] : Closing(c)) is { } closing)
            {
                var end = text.IndexOfAny(closing, at + 1);
                if (end < 0)
                    throw new MeasureMistake(text[from..], from, "the quotation mark is not closed");
                tokens.Add(new(text[(at + 1)..end].Trim(), from, Quoted: true));
                at = end + 1;
            }
            else if (c is '(' or ')' or ',')
            {
                tokens.Add(new(text[at..++at], from));
            }
            else if (IsSign(c))
            {
                while (at < text.Length && IsSign(text[at]))
                    at++;
                tokens.Add(new(text[from..at], from));
            }
            else
            {
                while (at < text.Length && !char.IsWhiteSpace(text[at]) && !IsSign(text[at]) && text[at] is not ('(' or ')' or ',') && Closing(text[at]) is null)
                    at++;
                tokens.Add(new(text[from..at], from));
            }
        }

        tokens.Add(new("", text.Length));
        return tokens;
    }

    private static bool IsSign(char c) => c is '=' or '<' or '>' or '!' or '≥' or '≤' or '≠';

    // What chat programs make of a quotation mark closes it as well.
    private static char[]? Closing(char c) => c switch
    {
        '"' or '“' or '”' or '„' => ['"', '“', '”'],
        _ => null,
    };
}
