using System.Text.RegularExpressions;
using CopBot.Core.Chat;

namespace CopBot.Platforms.Slack.Blocks;

/// <summary>Who reads a message, as far as it decides what is shown.</summary>
/// <param name="Names">The name of a person as the reader may see it.</param>
/// <param name="Accounts">The Slack user id of a person who may be mentioned live in this place, such as <c>U0123ABCD</c>; null for everybody else.</param>
public sealed partial record SlackReader(Func<PersonId, string> Names, Func<PersonId, string?> Accounts)
{
    /// <summary>
    /// The account that a mention addresses. Somebody whom the reader may not see stays “someone”, whatever the account,
    /// and what is no user id is none: one bad id would make Slack refuse the whole message.
    /// </summary>
    internal string? Addressed(Run.Mention mention) =>
        mention.Ping && Said(mention).StartsWith('@') && Accounts(mention.Person) is { } account && IsAccount(account) ? account : null;

    /// <summary>A run as plain text.</summary>
    internal string Said(Run run) => PlainText.Of(new RichText([run]), Names);

    /// <summary>Whether a text is a Slack user id.</summary>
    public static bool IsAccount(string text) => Account().IsMatch(text);

    [GeneratedRegex("^[UW][A-Z0-9]{1,30}\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Account();
}
