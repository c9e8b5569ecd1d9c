using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;

namespace CopBot.Platforms.Wording;

/// <summary>Texts counted in Unicode code points, and made fit to be sent.</summary>
internal static class CodePoints
{
    public static int Count(string text)
    {
        var count = text.Length;
        for (var at = 1; at < text.Length; at++)
            count -= char.IsSurrogatePair(text[at - 1], text[at]) ? 1 : 0;
        return count;
    }

    /// <summary>The beginning, at most so long; no character is cut in two.</summary>
    public static string First(string text, int most)
    {
        if (text.Length <= most)
            return text;

        var end = 0;
        for (var left = most; end < text.Length;)
        {
            var next = StringInfo.GetNextTextElementLength(text, end);
            left -= Count(text.Substring(end, next));
            if (left < 0)
                break;
            end += next;
        }

        return text[..end];
    }

    /// <summary>The text, or its beginning and “…”.</summary>
    public static string Fit(string text, int most) => Count(text) <= most ? text : First(text, most - 1) + "…";

    /// <summary>Keeps the lines of a text and takes out what hides in them or is no character.</summary>
    public static string Readable(string text) =>
        text.AsSpan().ContainsAny('\n', '\r') ? string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(Line)) : Line(text);

    /// <summary>The text as one line of what can be seen; every control is a space.</summary>
    public static string Line(string text)
    {
        text = PlainText.Visible(text);
        return WellFormed(text.AsSpan().ContainsAnyInRange('\u007f', '\u009f') ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text);
    }

    /// <summary>The same text with U+FFFD where half a character or a NUL stands: neither can be sent.</summary>
    public static string WellFormed(string text) =>
        text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') || text.Contains('\0', StringComparison.Ordinal)
            ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\ufffd')
            : text;

    /// <summary>The length of JSON as it is written without spaces and escapes.</summary>
    public static int Size(JsonNode? node) => node switch
    {
        JsonObject members => 2 + members.Sum(member => member.Key.Length + 4 + Size(member.Value)),
        JsonArray items => 2 + items.Sum(item => 1 + Size(item)),
        JsonValue value when value.TryGetValue<string>(out var text) => 2 + Count(text),
        _ => 5,
    };
}
