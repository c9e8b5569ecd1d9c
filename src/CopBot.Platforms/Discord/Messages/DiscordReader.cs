using System.Text.RegularExpressions;
using CopBot.Core.Chat;

namespace CopBot.Platforms.Discord.Messages;

/// <summary>Who reads a message, as far as it decides what is shown.</summary>
/// <param name="Names">The name of a person as the reader may see it.</param>
/// <param name="Accounts">The Discord user id of a person who may be mentioned live in this place, such as <c>80351110224678912</c>; null for everybody else.</param>
/// <param name="Reference">
/// Names the delivery, for buttons whose line is too long to be carried: at most <see cref="DiscordLimits.Reference"/> characters. Null, or a longer one,
/// where the message cannot be found again.
/// </param>
public sealed partial record DiscordReader(Func<PersonId, string> Names, Func<PersonId, string?> Accounts, string? Reference = null)
{
    /// <summary>
    /// The account that a mention addresses. Somebody whom the reader may not see stays “someone”, whatever the account,
    /// and what is no user id is none.
    /// </summary>
    internal string? Addressed(Run.Mention mention) =>
        mention.Ping && Said(mention).StartsWith('@') && Accounts(mention.Person) is { } account && IsAccount(account) ? account : null;

    /// <summary>A run as plain text.</summary>
    internal string Said(Run run) => PlainText.Of(new RichText([run]), Names);

    /// <summary>Whether a text is a Discord id (reference, “Snowflakes”).</summary>
    public static bool IsAccount(string text) => Account().IsMatch(text);

    [GeneratedRegex("^[1-9][0-9]{0,19}\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Account();
}
