using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;

namespace CopBot.Platforms.Teams.Intake;

/// <summary>The line with which *Log as share* opens its form, from the message that it was chosen on (messaging-extensions/how-to/action-commands).</summary>
internal static partial class Shared
{
    private const int LongestTitle = 280;
    private const int LongestRead = 20_000;

    public static string Line(JsonObject message)
    {
        var body = message.Object("body").TextOrNull("content") ?? "";
        var words = WebUtility.HtmlDecode(Tags().Replace(body.Length > LongestRead ? body[..LongestRead] : body, " "));
        var title = string.Join(' ', TextRules.Clean(words).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        List<KeyValuePair<string, string>> known = [];
        if (title.Length > 0)
            known.Add(new("title", TextRules.Short(title, LongestTitle)));
        if (message.TextOrNull("linkToMessage") is { } link && Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps)
            known.Add(new("link", address.AbsoluteUri));
        return CommandLine.Write("share", known);
    }

    [GeneratedRegex("<[^<>]{0,2000}>", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Tags();
}
