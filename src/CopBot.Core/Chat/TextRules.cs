using System.Globalization;
using System.Text.RegularExpressions;

namespace CopBot.Core.Chat;

/// <summary>What titles and reasons may contain: plain text. Outputs escape everything anyway; this tells people before they are surprised.</summary>
public static partial class TextRules
{
    // Stands for what could not be read.
    private const char Unreadable = '\ufffd';

    // The longest emoji are shorter than this; marks piled upon a letter are not.
    private const int LongestCharacter = 32;

    /// <summary>The length as people count it: an emoji is one character, however it is put together.</summary>
    public static int Length(string text)
    {
        var length = 0;
        for (int at = 0, next; at < text.Length; at += next)
        {
            next = StringInfo.GetNextTextElementLength(text, at);
            length += 1 + next / LongestCharacter;
        }

        return length;
    }

    /// <summary>The beginning of a text that is too long to repeat; no character is cut in two.</summary>
    public static string Short(string text, int most)
    {
        if (text.Length <= most)
            return text;

        var end = 0;
        while (end + StringInfo.GetNextTextElementLength(text, end) is var next && next <= most)
            end = next;
        return text[..end] + "…";
    }

    /// <summary>What is wrong with a text, or null.</summary>
    public static string? Problem(string text)
    {
        if (HasHidden(text))
            return "contains characters that nobody can see (controls or text-direction marks)";
        if (MassMention().IsMatch(text))
            return "addresses everybody at once; name the people instead";
        if (Html().IsMatch(text))
            return "contains HTML, which would be shown as typed";
        if (Markdown().IsMatch(text))
            return "contains Markdown, which would be shown as typed";
        return null;
    }

    /// <summary>The same words without what <see cref="Problem"/> objects to.</summary>
    public static string Clean(string text)
    {
        text = PlainText.Visible(text).Replace(Unreadable, ' ');
        text = MassMention().Replace(text, "");
        text = Html().Replace(text, "");
        for (var before = ""; before != text;)
        {
            before = text;
            text = Markdown().Replace(text, match => match.Groups["kept"].Value);
        }

        return Spaces().Replace(text, " ").Trim();
    }

    private static bool HasHidden(string text) => text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t') || c == Unreadable) || PlainText.Visible(text).Length != text.Length;

    [GeneratedRegex("<!(channel|here|everyone)[^>]*>|<!subteam[^>]*>|@(everyone|here|channel)\\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex MassMention();

    [GeneratedRegex("</?[a-zA-Z][a-zA-Z0-9-]*(\\s[^<>]*)?/?>|<!--|<!doctype[^>]*>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Html();

    [GeneratedRegex("!?\\[(?<kept>[^\\]\\n]+)\\]\\([^)\\n]*\\)|\\*\\*(?<kept>[^*\\n]+)\\*\\*|(?<=^|\\s)__(?<kept>[^_\\n]+)__(?=$|\\s)|~~(?<kept>[^~\\n]+)~~|```(?<kept>[^`]*)```|<(?<kept>https?://[^|>\\s]+)(\\|[^>]*)?>", RegexOptions.CultureInvariant, 50)]
    private static partial Regex Markdown();

    [GeneratedRegex("\\s+", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
