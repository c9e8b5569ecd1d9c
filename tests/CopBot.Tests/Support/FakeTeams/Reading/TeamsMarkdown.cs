using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>Something in a text that does more than stand there.</summary>
/// <param name="Kind"><c>mention</c>, <c>link</c> (written as one), <c>address</c> (the client makes a link of it by itself), <c>image</c>, <c>definition</c>, <c>bold</c>, <c>italic</c>, <c>strike</c>, <c>code</c>, <c>heading</c>, <c>list</c>, <c>quote</c>, <c>rule</c>, <c>table</c>, <c>time</c>, <c>tag</c>.</param>
/// <param name="Value">The address, the name, or the words it was put around.</param>
/// <param name="Where">The part of the message: <c>text</c>, <c>body[0].text</c>.</param>
public sealed record TeamsLiveThing(string Kind, string Value, string Where);

/// <summary>Markdown as Teams' client reads it in a text block, and in a message that says so: as CommonMark does, without HTML.</summary>
internal sealed partial class TeamsMarkdown(string where)
{
    private const string Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    private readonly List<TeamsLiveThing> live = [];

    public IReadOnlyList<TeamsLiveThing> Live => live;

    /// <summary>What is shown; what is live is in <see cref="Live"/>.</summary>
    public string Shown(string text)
    {
        List<string> shown = [];
        var (fenced, before) = (false, "");
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (Fence().IsMatch(line))
            {
                fenced = !fenced;
                Add("code", line);
            }
            else
                shown.Add(fenced ? line : Line(line, before));
            before = line;
        }
        return string.Join('\n', shown);
    }

    /// <summary>The addresses in a text that knows no Markdown.</summary>
    public string Plain(string text)
    {
        Addresses(text);
        return Mention().Replace(text, match => Mentions(match.Groups[1].Value));
    }

    /// <summary>Finds what the client makes links of.</summary>
    public void Addresses(string text)
    {
        foreach (Match address in Address().Matches(text))
            Add("address", Trimmed(address.Value));
    }

    /// <summary>A mention as it is drawn.</summary>
    public string Mentions(string name)
    {
        var plain = WebUtility.HtmlDecode(name);
        Add("mention", plain);
        return "@" + plain;
    }

    internal void Add(string kind, string value) => live.Add(new(kind, value, where));

    private string Line(string line, string before)
    {
        if (Rule().IsMatch(line) && line.Trim().Length > 0)
        {
            Add(before.Trim().Length > 0 && !line.Contains('*', StringComparison.Ordinal) && !line.Contains('_', StringComparison.Ordinal) ? "heading" : "rule", before);
            return "";
        }
        if (Under().IsMatch(line) && before.Trim().Length > 0)
        {
            Add("heading", before);
            return "";
        }
        if (Table().IsMatch(line))
            Add("table", line);
        if (Definition().Match(line) is { Success: true } definition)
        {
            Add("definition", definition.Groups[1].Value);
            return "";
        }
        if (Block().Match(line) is not { Success: true } block)
        {
            if (Indented().IsMatch(line) && before.Trim().Length == 0)
            {
                Add("code", line.Trim());
                return line[4..];
            }
            return Inline(line.TrimStart(' '));
        }
        var (mark, rest) = (block.Groups[1].Value, line[block.Length..]);
        Add(mark[0] switch { '#' => "heading", '>' => "quote", _ => "list" }, rest);
        return (mark[0] switch { '#' or '>' => "", '-' or '*' or '+' => "• ", _ => mark + " " }) + Line(rest, "");
    }

    private string Inline(string text)
    {
        var shown = new StringBuilder();
        for (var at = 0; at < text.Length;)
            at += Step(text, at, shown);
        return shown.ToString();
    }

    /// <summary>Reads what stands at a place, and says how long it was.</summary>
    private int Step(string text, int at, StringBuilder shown)
    {
        var rest = text[at..];
        switch (text[at])
        {
            case '\\' when at + 1 < text.Length && Punctuation.Contains(text[at + 1], StringComparison.Ordinal):
                shown.Append(text[at + 1]);
                return 2;
            case '&' when Entity().Match(rest) is { Success: true } entity && WebUtility.HtmlDecode(entity.Value) is var letter && letter != entity.Value:
                shown.Append(letter);
                return entity.Length;
            case '`' when Code().Match(rest) is { Success: true } code:
                Add("code", code.Groups[2].Value);
                shown.Append(code.Groups[2].Value);
                return code.Length;
            case '<' when Mention().Match(rest) is { Success: true, Index: 0 } mention:
                shown.Append(Mentions(mention.Groups[1].Value));
                return mention.Length;
            case '<' when Angle().Match(rest) is { Success: true } angle:
                Add("link", angle.Groups[1].Value);
                shown.Append(angle.Groups[1].Value);
                return angle.Length;
            case '!' or '[' when Link().Match(rest) is { Success: true } link:
                Add(text[at] == '!' ? "image" : "link", link.Groups["url"].Value);
                shown.Append(Inline(link.Groups["text"].Value));
                return link.Length;
            case '{' when Time().Match(rest) is { Success: true } time:
                Add("time", time.Value);
                shown.Append(time.Value);
                return time.Length;
            case '*' or '_' or '~':
                return Emphasis(text, at, shown);
            case 'h' or 'w' or 'H' or 'W' when (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && Address().Match(rest) is { Success: true, Index: 0 } address:
                var whole = Trimmed(address.Value);
                Add("address", whole);
                shown.Append(whole);
                return whole.Length;
            default:
                shown.Append(text[at]);
                return 1;
        }
    }

    private int Emphasis(string text, int at, StringBuilder shown)
    {
        var letter = text[at];
        var run = text.Skip(at).TakeWhile(each => each == letter).Count();
        if (letter == '~' ? run == 2 : Opens(text, at, run))
            for (var end = at + run; end < text.Length; end++)
            {
                if (text[end] == '\\')
                    end++;
                else if (text[end] == letter && Length(text, end) is var closing)
                {
                    var used = Math.Min(run, closing);
                    if ((letter == '~' ? closing == 2 : Closes(text, end, closing)) && end > at + run)
                    {
                        var inner = text[(at + used)..end];
                        Add(letter == '~' ? "strike" : used == 1 ? "italic" : "bold", inner);
                        shown.Append(Inline(inner));
                        return end + used - at;
                    }
                    end += closing - 1;
                }
            }
        shown.Append(text, at, run);
        return run;
    }

    // CommonMark's rule of flanking: a mark opens before a word and closes after one, and an underscore never within a word.
    private static bool Opens(string text, int at, int run) =>
        Flanks(text, at - 1, at + run, out var before, out _) && (text[at] != '_' || before is not 'w');

    private static bool Closes(string text, int at, int run) =>
        Flanks(text, at + run, at - 1, out var after, out _) && (text[at] != '_' || after is not 'w');

    private static bool Flanks(string text, int outer, int inner, out char outside, out char inside)
    {
        (outside, inside) = (Kind(text, outer), Kind(text, inner));
        return inside == 'w' || (inside == 'p' && outside is 's' or 'p' && inside != 's');
    }

    private static char Kind(string text, int at) => at < 0 || at >= text.Length || char.IsWhiteSpace(text[at]) ? 's' : char.IsPunctuation(text[at]) || char.IsSymbol(text[at]) ? 'p' : 'w';

    private static int Length(string text, int at) => text.Skip(at).TakeWhile(each => each == text[at]).Count();

    // The full stop behind an address belongs to the sentence.
    private static string Trimmed(string address) => address.TrimEnd('.', ',', ';', ':', '!', '?', ')', '\'', '"', '*', '_', '~');

    [GeneratedRegex("^ {0,3}(#{1,6}(?= |$)|>|[-+*](?= )|[0-9]{1,9}[.)](?= )) ?")]
    private static partial Regex Block();

    [GeneratedRegex("^ {0,3}(```|~~~)")]
    private static partial Regex Fence();

    [GeneratedRegex("^ {0,3}(?:(?:\\* *){3,}|(?:- *){3,}|(?:_ *){3,})$|^ {0,3}-+ *$")]
    private static partial Regex Rule();

    [GeneratedRegex("^ {0,3}=+ *$")]
    private static partial Regex Under();

    [GeneratedRegex("^ {0,3}\\|?(?: *:?-{3,}:? *\\|)+(?: *:?-{3,}:? *)?$")]
    private static partial Regex Table();

    [GeneratedRegex("^ {0,3}\\[[^\\]]+\\]:\\s*(\\S+)")]
    private static partial Regex Definition();

    [GeneratedRegex("^ {4}\\S")]
    private static partial Regex Indented();

    [GeneratedRegex("^&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")]
    private static partial Regex Entity();

    [GeneratedRegex("^(`+)(?!`)(.+?)(?<!`)\\1(?!`)")]
    private static partial Regex Code();

    [GeneratedRegex("<at>([^<>]+)</at>")]
    private static partial Regex Mention();

    [GeneratedRegex("^<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\\s<>]*|[^\\s<>@]+@[^\\s<>@]+)>")]
    private static partial Regex Angle();

    [GeneratedRegex("^!?\\[(?<text>(?:\\\\.|[^\\[\\]\\\\]|\\[[^\\[\\]]*\\])*)\\]\\(\\s*<?(?<url>[^\\s()<>]*(?:\\([^\\s()]*\\)[^\\s()<>]*)*)>?(?:\\s+(?:\"[^\"]*\"|'[^']*'|\\([^()]*\\)))?\\s*\\)")]
    private static partial Regex Link();

    [GeneratedRegex("^\\{\\{(?:DATE|TIME)\\([^)]*\\)\\}\\}")]
    private static partial Regex Time();

    [GeneratedRegex("(?:https?://|www\\.)[^\\s<>]+", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
