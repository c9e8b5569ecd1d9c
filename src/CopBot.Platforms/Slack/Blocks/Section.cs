using System.Globalization;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Wording;

namespace CopBot.Platforms.Slack.Blocks;

/// <summary>How words look; several go together.</summary>
[Flags]
internal enum Face
{
    Plain = 0,
    Bold = 1,
    Italic = 2,
    Code = 4,
}

/// <summary>
/// A text that is being written: elements of a <c>rich_text_section</c>, where every text is data and nothing is escaped
/// (docs.slack.dev/reference/block-kit/blocks/rich-text-block). What does not fit ends in “…”.
/// </summary>
internal sealed class Section(SlackReader reader, int room)
{
    private readonly List<Piece> pieces = [];
    private int left = room - 1;
    private bool full;

    /// <summary>The code points written so far.</summary>
    public int Length => room - 1 - left;

    public Section Say(string text, Face face = Face.Plain) => Add(new Piece("text", CodePoints.Readable(text), face));

    /// <summary>As <see cref="Say(string, Face)"/>, in an element of its own.</summary>
    public Section SayApart(string text) => Add(new Piece("text", text, Face.Plain, Apart: true));

    /// <summary>Says a sentence, of which at most so much.</summary>
    public Section Say(RichText text, Face face = Face.Plain, int most = int.MaxValue)
    {
        if (most < left)
            return Say(new Section(reader, most).Say(text, face));

        foreach (var run in text.Runs)
            Add(OfRun(run, face));
        return this;
    }

    public Section Say(Section other)
    {
        foreach (var piece in other.pieces)
            Add(piece);
        return this;
    }

    /// <summary>
    /// A line for each item, in as many blocks as it takes. Those that do not fit are counted, with those that were never here.
    /// </summary>
    public static IEnumerable<JsonObject> Lines<T>(SlackReader reader, int room, IReadOnlyList<T> items, Action<Section, T> write, int more = 0, string indent = "")
    {
        const int Counting = 40;
        var each = Math.Min(room, BlockKitLimits.Text);
        List<Section> sections = [new(reader, each)];
        var left = room - Counting;
        for (var at = 0; at < items.Count; at++)
        {
            var line = new Section(reader, each - Counting - 1);
            write(line, items[at]);
            left -= line.Length + 1;
            if (left < 0)
            {
                more += items.Count - at;
                break;
            }

            if (sections[^1].Length + 1 + line.Length > each - Counting)
                sections.Add(new(reader, each));
            sections[^1].Say(sections[^1].Length > 0 ? "\n" : "").Say(line);
        }

        if (more > 0)
            sections[^1].Say(string.Create(CultureInfo.InvariantCulture, $"{(sections[^1].Length > 0 ? "\n" : "")}{indent}… and {more} more"));
        return sections.SelectMany(section => section.Blocks());
    }

    /// <summary>The block, or nothing where nothing was said: Slack refuses empty elements.</summary>
    public IEnumerable<JsonObject> Blocks(string kind = "rich_text_section") =>
        pieces.Count == 0 ? [] : [new JsonObject { ["type"] = "rich_text", ["elements"] = new JsonArray(new JsonObject { ["type"] = kind, ["elements"] = new JsonArray([.. pieces.Select(ToJson)]) }) }];

    private Piece OfRun(Run run, Face face) => run switch
    {
        Run.Typed typed => new("text", CodePoints.Readable(PlainText.Visible(typed.Line)), face | Face.Code),
        Run.Mention mention when reader.Addressed(mention) is { } account => new("user", account, face),
        Run.Address address when IsLink(address.Url) => new("link", address.Url, face),
        _ => new("text", CodePoints.Readable(reader.Said(run)), face),
    };

    private Section Add(Piece piece)
    {
        if (full || piece.Text.Length == 0)
            return this;

        var length = CodePoints.Count(piece.Text);
        if (length > left)
        {
            full = true;
            piece = new Piece("text", (piece.Kind == "text" ? CodePoints.First(piece.Text, left) : "") + "…", piece.Face);
        }

        left = Math.Max(0, left - length);
        if (pieces is [.., var last] && last.Takes(piece))
            pieces[^1] = last with { Text = last.Text + piece.Text };
        else
            pieces.Add(piece);
        return this;
    }

    // A link shows its own address and has no other label, so it cannot pretend to lead elsewhere.
    private static bool IsLink(string url) =>
        CodePoints.Count(url) <= BlockKitLimits.Url && CodePoints.Readable(url) == url && !url.Any(c => char.IsWhiteSpace(c) || c is '<' or '>' or '|' or '"' or '\\')
        && Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);

    private static JsonObject ToJson(Piece piece)
    {
        var element = new JsonObject { ["type"] = piece.Kind, [piece.Kind switch { "user" => "user_id", "link" => "url", _ => "text" }] = piece.Text };
        var style = new JsonObject();
        foreach (var face in (Face[])[Face.Bold, Face.Italic, Face.Code])
        {
            if (piece.Face.HasFlag(face))
                style[face.ToString().ToLowerInvariant()] = true;
        }

        if (style.Count > 0)
            element["style"] = style;
        return element;
    }

    private sealed record Piece(string Kind, string Text, Face Face, bool Apart = false)
    {
        // What is typed stays apart from what is typed next to it.
        public bool Takes(Piece next) => Kind == "text" && next.Kind == "text" && Face == next.Face && !Face.HasFlag(Face.Code) && !Apart && !next.Apart;
    }
}
