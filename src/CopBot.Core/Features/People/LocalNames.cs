using CopBot.Core.Chat;

namespace CopBot.Core.Features.People;

/// <summary>Terminal, web chat and rehearsal have no accounts of their own: a name that is typed is the account.</summary>
public static class LocalNames
{
    /// <summary>The platform of handles that are a name alone.</summary>
    public const string Platform = "local";

    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 32;

    // Each of them would be taken for the bot, or for everybody.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase) { "everyone", "here", "channel", "copbot", "cop" };

    /// <summary>The account of a name.</summary>
    public static Handle Handle(string name) => new(Platform, Platform, name.ToLowerInvariant(), name);

    /// <summary>Whether any name may be addressed on this account's platform.</summary>
    public static bool Open(Handle handle) => handle.Platform == Platform;

    /// <summary>Whether letters of more than one of the three alphabets that look alike stand in a text: Latin, Greek and Cyrillic.</summary>
    public static bool MixesAlphabets(string text) => text.Where(char.IsLetter).Select(letter => letter switch
    {
        < '\u0250' or (>= '\u1e00' and <= '\u1eff') => 'L',
        (>= '\u0370' and < '\u0400') or (>= '\u1f00' and <= '\u1fff') => 'G',
        (>= '\u0400' and < '\u0530') or (>= '\u1c80' and <= '\u1c8f') or (>= '\ua640' and <= '\ua69f') => 'C',
        _ => (char?)null,
    }).OfType<char>().Distinct().Count() > 1;

    /// <summary>Whether a text can be a name: letters, digits, dot, dash and underscore, at most 32; not the bot's own, nor one that chats or the bot take for anybody.</summary>
    public static bool IsName(string text) =>
        !Reserved.Contains(text) && !text.StartsWith(PlainText.Someone, StringComparison.OrdinalIgnoreCase)
        && text.Length is > 0 and <= MaxLength && char.IsLetterOrDigit(text[0]) && text.All(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_');
}
