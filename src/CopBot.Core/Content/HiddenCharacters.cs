using CopBot.Core.Chat;

namespace CopBot.Core.Content;

/// <summary>Characters that nobody can see in a pack: controls and marks that turn the direction of text.</summary>
internal static class HiddenCharacters
{
    public static bool IsHidden(char c) => char.IsControl(c) || (c > '\u0600' && PlainText.Visible(c.ToString()).Length == 0);

    /// <summary>What to call the first hidden character of a text, or null.</summary>
    public static string? First(string text)
    {
        foreach (var c in text)
        {
            if (c == '\n')
                return "a line break";
            if (IsHidden(c))
                return Name(c);
        }

        return null;
    }

    public static string Name(char c) => c == '\t' ? "a tab" : $"a character that nobody can see (U+{(int)c:X4})";
}
