using System.Text.RegularExpressions;
using CopBot.Tests.Support.FakeDiscord;

namespace CopBot.Tests.Support;

/// <summary>
/// What Discord's client makes live in a message (docs.discord.com/developers/reference, “Message Formatting”): mentions, addresses, links with a label,
/// headings, quotes. What stands behind a backslash is none, and neither is what stands in code.
/// </summary>
public static partial class DiscordLive
{
    /// <summary>All of it, as it stands there; buttons apart.</summary>
    public static IEnumerable<string> In(DiscordMessage message) => message.Edits.Append(message.Content)
        .SelectMany(content => content.Embeds.Select(embed => (string?)embed?["description"] ?? "").Append(content.Text)).SelectMany(In).Concat(message.Pinged);

    public static IEnumerable<string> In(string text)
    {
        var plain = Code().Replace(text, " ");
        return Live().Matches(Escaped().Replace(plain, "\u0000")).Select(match => match.Value);
    }

    [GeneratedRegex(@"```[\s\S]*?```|(?<!\\)(`+)[^`]+?\1", RegexOptions.CultureInvariant)]
    private static partial Regex Code();

    [GeneratedRegex(@"\\[^0-9A-Za-z\s]", RegexOptions.CultureInvariant)]
    private static partial Regex Escaped();

    [GeneratedRegex(@"@(everyone|here)|<(@[!&]?|#|a?:|t:|/|id:)[^>\s]{1,80}>|[a-z]{2,10}://\S+|\]\([^)]*\)|(?m:^(#{1,3}|>|>>>) \S.*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Live();
}
