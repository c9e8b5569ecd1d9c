using System.Text.RegularExpressions;
using CopBot.Core.Chat;

namespace CopBot.Platforms.Teams.Cards;

/// <summary>Who reads a message, as far as it decides what is shown.</summary>
/// <param name="Names">The name of a person as the reader may see it.</param>
/// <param name="Accounts">The account of a person who may be mentioned live in this place: <c>29:…</c>, or the object id of the directory; null for everybody else.</param>
/// <param name="Reference">
/// Names the delivery, at most <see cref="TeamsLimits.Reference"/> characters. What is clicked brings it back with the number of the action, so that the same
/// click is known again. Null where there is none.
/// </param>
public sealed partial record TeamsReader(Func<PersonId, string> Names, Func<PersonId, string?> Accounts, string? Reference = null)
{
    /// <summary>Whether nobody else sees the message; then a form is filled in where it stands, and otherwise in a dialog of one's own.</summary>
    public bool Alone { get; init; }

    /// <summary>Whether people are picked from the directory (task-modules-and-cards/cards/people-picker); otherwise they are typed as <c>@name</c>.</summary>
    public bool PeoplePicker { get; init; }

    /// <summary>The object id of the directory behind a name as it is typed, such as <c>@ana</c>; null where there is none.</summary>
    public Func<string, string?> Directory { get; init; } = static _ => null;

    /// <summary>Accounts of those for whom the card is brought up to date when they see it; the first <see cref="TeamsLimits.RefreshUsers"/> count.</summary>
    public IReadOnlyList<string> Concerned { get; init; } = [];

    /// <summary>Whether a text is the id of an account: of a person for a bot (<c>29:…</c>) or of the directory.</summary>
    public static bool IsAccount(string text) => Account().IsMatch(text);

    /// <summary>Whether a text is an object id of the directory.</summary>
    public static bool IsObjectId(string text) => text.Length == 36 && Guid.TryParseExact(text, "D", out _);

    /// <summary>
    /// The account that a mention addresses. Somebody whom the reader may not see stays “someone”, whatever the account, and what is no id is none.
    /// </summary>
    internal string? Addressed(Run.Mention mention) =>
        mention.Ping && Said(mention).StartsWith('@') && Accounts(mention.Person) is { } account && IsAccount(account) ? account : null;

    /// <summary>A run as plain text.</summary>
    internal string Said(Run run) => PlainText.Of(new RichText([run]), Names);

    [GeneratedRegex(@"^(?:29:[A-Za-z0-9_-]{1,200}|(?:8:orgid:)?[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Account();
}
