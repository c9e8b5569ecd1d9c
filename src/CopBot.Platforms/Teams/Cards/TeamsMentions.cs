using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using CopBot.Platforms.Wording;

namespace CopBot.Platforms.Teams.Cards;

/// <summary>
/// Those whom a message mentions (bots/how-to/format-your-bot-messages, “Mentions”). Teams finds an entity by its text, so each account has a name of its own,
/// and a name holds nothing that could act: neither Markdown nor XML nor an address.
/// </summary>
internal sealed partial class TeamsMentions
{
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);

    /// <summary>The entities, in the order in which people came up.</summary>
    public JsonArray Entities => [.. names.Select(one => new JsonObject
    {
        ["type"] = "mention",
        ["text"] = At(one.Value),
        ["mentioned"] = new JsonObject { ["id"] = one.Key, ["name"] = one.Value },
    })];

    public bool Any => names.Count > 0;

    /// <summary>All of them, for a card.</summary>
    public string Line => string.Join(' ', names.Values.Select(At));

    /// <summary>How the account stands in the text; null where the message mentions too many already.</summary>
    public string? Add(string account, string name)
    {
        if (names.TryGetValue(account, out var known))
            return At(known);
        if (names.Count >= TeamsLimits.Mentions)
            return null;
        name = Plain(name);
        var own = name;
        for (var number = 2; names.ContainsValue(own); number++)
            own = string.Create(CultureInfo.InvariantCulture, $"{name} {number}");
        names[account] = own;
        return At(own);
    }

    /// <summary>A name of nothing but letters, digits, spaces, hyphens, apostrophes and full stops.</summary>
    public static string Plain(string name)
    {
        name = CodePoints.First(Spaces().Replace(Other().Replace(name, " "), " ").Trim(), TeamsLimits.MentionName).Trim();
        return name.Any(char.IsLetterOrDigit) ? name : PlainText.Someone;
    }

    private static string At(string name) => $"<at>{name}</at>";

    // A full stop between two letters makes a name an address.
    [GeneratedRegex(@"[^\p{L}\p{M}\p{N} .'-]+|\.(?=\S)", RegexOptions.CultureInvariant)]
    private static partial Regex Other();

    [GeneratedRegex(" +", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
