using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>Discord's Markdown, read by rules like its client's: at each place the first that fits.</summary>
internal sealed partial class DiscordMarkdown(DiscordServer server, DiscordGuild? guild, string where)
{
    public List<DiscordLiveThing> Live { get; } = [];

    /// <summary>The text as it is shown.</summary>
    public string Shown(string text) => Shown(text, lineStart: true, deep: 0);

    private string Shown(string text, bool lineStart, int deep)
    {
        var shown = new StringBuilder();
        // A client gives up on marks within marks at some depth too.
        for (var at = 0; at < text.Length;)
        {
            var start = at == 0 ? lineStart : text[at - 1] == '\n';
            if (deep < 12 && ((start && Line(text, ref at, shown, deep)) || Inline(text, ref at, shown, deep)))
                continue;
            shown.Append(text[at++]);
        }
        return shown.ToString();
    }

    private bool Line(string text, ref int at, StringBuilder shown, int deep)
    {
        foreach (var (rule, kind) in (ReadOnlySpan<(Regex, string)>)[(Heading(), "heading"), (Subtext(), "subtext"), (QuoteAll(), "quote"), (Quote(), "quote")])
            if (rule.Match(text, at) is { Success: true } match)
            {
                Live.Add(new(kind, match.Groups[1].Value, where));
                shown.Append(Shown(match.Groups[1].Value, lineStart: kind == "quote", deep + 1));
                at += match.Length;
                return true;
            }
        return false;
    }

    private bool Inline(string text, ref int at, StringBuilder shown, int deep)
    {
        switch (text[at])
        {
            case '\\' when at + 1 < text.Length && !char.IsAsciiLetterOrDigit(text[at + 1]) && !char.IsWhiteSpace(text[at + 1]):
                // Half a pair is no character: both halves are taken.
                var taken = char.IsHighSurrogate(text[at + 1]) && at + 2 < text.Length ? 2 : 1;
                shown.Append(text, at + 1, taken);
                at += 1 + taken;
                return true;
            case '`':
                return Code(text, ref at, shown);
            case '<':
                return Angle(text, ref at, shown);
            case '@' when Everyone().Match(text, at) is { Success: true } all:
                Live.Add(new("everyone", all.Value, where));
                shown.Append(all.Value);
                at += all.Length;
                return true;
            case '[' when Masked().Match(text, at) is { Success: true } masked:
                Live.Add(new("link", masked.Groups[2].Value, where));
                shown.Append(Shown(masked.Groups[1].Value, lineStart: false, deep + 1));
                at += masked.Length;
                return true;
            case 'h' or 's' or 'd' when Bare().Match(text, at) is { Success: true } bare:
                Live.Add(new("link", bare.Value, where));
                shown.Append(bare.Value);
                at += bare.Length;
                return true;
            case '*' or '_' or '~' or '|':
                return Marked(text, ref at, shown, deep);
            default:
                return false;
        }
    }

    private bool Marked(string text, ref int at, StringBuilder shown, int deep)
    {
        foreach (var (rule, kind) in (ReadOnlySpan<(Regex, string)>)[(Bold(), "bold"), (Underline(), "underline"), (Stars(), "italic"), (Underscores(), "italic"), (Strike(), "strike"), (Spoiler(), "spoiler")])
            if (rule.Match(text, at) is { Success: true } match)
            {
                Live.Add(new(kind, match.Groups[1].Value, where));
                shown.Append(Shown(match.Groups[1].Value, lineStart: false, deep + 1));
                at += match.Length;
                return true;
            }
        return false;
    }

    private bool Code(string text, ref int at, StringBuilder shown)
    {
        var match = Block().Match(text, at) is { Success: true } block ? block : Span().Match(text, at);
        if (!match.Success)
            return false;
        Live.Add(new("code", match.Groups["code"].Value, where));
        shown.Append(match.Groups["code"].Value);
        at += match.Length;
        return true;
    }

    private bool Angle(string text, ref int at, StringBuilder shown)
    {
        if (Thing().Match(text, at) is { Success: true } thing)
        {
            var id = thing.Groups["id"].Value;
            var (kind, drawn) = thing.Groups["kind"].Value switch
            {
                "@" or "@!" => ("user", "@" + Name(id)),
                "@&" => ("role", "@" + (server.Locked(() => guild?.FindRole(id))?.Name ?? "deleted-role")),
                _ => ("channel", "#" + (server.Locked(() => server.FindChannel(id))?.Name ?? "unknown")),
            };
            Live.Add(new(kind, id, where));
            shown.Append(drawn);
            at += thing.Length;
            return true;
        }
        if (Time().Match(text, at) is { Success: true } time && long.TryParse(time.Groups[1].Value, CultureInfo.InvariantCulture, out var seconds) && Math.Abs(seconds) < 200_000_000_000)
        {
            Live.Add(new("time", time.Groups[1].Value, where));
            shown.Append(Drawn(DateTimeOffset.FromUnixTimeSeconds(seconds), time.Groups[2].Value));
            at += time.Length;
            return true;
        }
        foreach (var (rule, kind) in (ReadOnlySpan<(Regex, string)>)[(Command(), "command"), (Emoji(), "emoji"), (Address(), "link")])
            if (rule.Match(text, at) is { Success: true } match)
            {
                Live.Add(new(kind, match.Groups[1].Value, where));
                shown.Append(match.Groups[1].Value);
                at += match.Length;
                return true;
            }
        return false;
    }

    private string Name(string id) => server.Locked(() => guild?.FindMember(id)?.DisplayName ?? (server.FindUser(id) is { } user ? user.GlobalName ?? user.Username : "unknown-user"));

    private string Drawn(DateTimeOffset at, string style) => style switch
    {
        "t" => at.ToString("HH:mm", CultureInfo.InvariantCulture),
        "T" => at.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        "d" => at.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
        "D" => at.ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
        "F" => at.ToString("dddd, d MMMM yyyy HH:mm", CultureInfo.InvariantCulture),
        "R" => Relative(at - server.Clock.GetUtcNow()),
        _ => at.ToString("d MMMM yyyy HH:mm", CultureInfo.InvariantCulture),
    };

    private static string Relative(TimeSpan left)
    {
        var (size, unit) = left.Duration() switch
        {
            { TotalDays: >= 1 } span => ((int)span.TotalDays, "day"),
            { TotalHours: >= 1 } span => ((int)span.TotalHours, "hour"),
            { TotalMinutes: >= 1 } span => ((int)span.TotalMinutes, "minute"),
            var span => ((int)span.TotalSeconds, "second"),
        };
        var words = $"{size} {unit}{(size == 1 ? "" : "s")}";
        return left >= TimeSpan.Zero ? $"in {words}" : $"{words} ago";
    }

    [GeneratedRegex(@"\G#{1,3}[ \t]+(?!#)([^\n]+)")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\G-#[ \t]+(?!-#)([^\n]+)")]
    private static partial Regex Subtext();

    [GeneratedRegex(@"\G>>> ([\s\S]*)")]
    private static partial Regex QuoteAll();

    [GeneratedRegex(@"\G> ([^\n]*)")]
    private static partial Regex Quote();

    [GeneratedRegex(@"\G```(?:[A-Za-z0-9_+\-.#]+?\n)?\n*(?<code>[^\n][\s\S]*?)\n*```")]
    private static partial Regex Block();

    [GeneratedRegex(@"\G(?<ticks>`+)(?!`)(?<code>[\s\S]*?[^`])\k<ticks>(?!`)")]
    private static partial Regex Span();

    [GeneratedRegex(@"\G\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)")]
    private static partial Regex Bold();

    [GeneratedRegex(@"\G__((?:\\[\s\S]|[^\\])+?)__(?!_)")]
    private static partial Regex Underline();

    [GeneratedRegex(@"\G\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^*\s\\]|\*\*)|[^\s*\\])+?)\*(?!\*)")]
    private static partial Regex Stars();

    [GeneratedRegex(@"\G(?<![A-Za-z0-9])_((?:__|\\[\s\S]|[^\\_])+?)_(?![A-Za-z0-9_])")]
    private static partial Regex Underscores();

    [GeneratedRegex(@"\G~~((?:\\[\s\S]|[^\\])+?)~~(?!_)")]
    private static partial Regex Strike();

    [GeneratedRegex(@"\G\|\|((?:\\[\s\S]|[^\\])+?)\|\|")]
    private static partial Regex Spoiler();

    [GeneratedRegex(@"\G@(?:everyone|here)")]
    private static partial Regex Everyone();

    [GeneratedRegex(@"\G\[((?:\\[\s\S]|[^\[\]\\]|\[[^\[\]]*\])+)\]\(\s*<?((?:https?|discord)://[^\s<>()]+(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?:\s+['""][^\n]*?['""])?\s*\)")]
    private static partial Regex Masked();

    [GeneratedRegex(@"\G(?:https?|steam|discord)://[^\s<]+[^<.,:; ""'\]\s]")]
    private static partial Regex Bare();

    [GeneratedRegex(@"\G<(?<kind>@!?|@&|#)(?<id>[0-9]{1,20})>")]
    private static partial Regex Thing();

    [GeneratedRegex(@"\G<t:(-?[0-9]{1,17})(?::([tTdDfFR]))?>")]
    private static partial Regex Time();

    [GeneratedRegex(@"\G<(/[^:<>\n]{1,100}):[0-9]{1,20}>")]
    private static partial Regex Command();

    [GeneratedRegex(@"\G<a?(:\w{1,32}:)[0-9]{1,20}>")]
    private static partial Regex Emoji();

    [GeneratedRegex(@"\G<((?:[a-zA-Z][a-zA-Z0-9+.\-]*://|mailto:|tel:|sms:)[^ <>\n]+|id:(?:customize|browse|guide|linked-roles)|[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+)>")]
    private static partial Regex Address();
}
