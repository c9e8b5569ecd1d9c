using System.Text.RegularExpressions;
using CopBot.Core.Chat;

namespace CopBot.Platforms.Wording;

/// <summary>The accounts that a line mentions, each under a name that is one word in it.</summary>
public sealed partial class Mentioned
{
    private readonly Dictionary<string, Handle> accounts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>By their names, without the @.</summary>
    public IReadOnlyDictionary<string, Handle> Accounts => accounts;

    /// <summary>How the account stands in the line; two of one name are told apart by their ids. A bot earns nothing: its name is a word like any other.</summary>
    public string Add(Handle account, bool isPerson)
    {
        var key = Separators().Replace(account.Name, ".").Trim('.', '-', '_');
        if (key.Length == 0 || (accounts.TryGetValue(key, out var other) && other.UserId != account.UserId))
            key = account.UserId;
        if (isPerson)
            accounts[key] = account;
        return "@" + key;
    }

    // A name ends where a letter or digit does.
    [GeneratedRegex(@"[^\p{L}\p{N}._-]+", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Separators();
}
