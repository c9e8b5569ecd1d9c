using System.Text;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Wording;

namespace CopBot.Platforms.Teams.Cards;

/// <summary>How words look; several go together. There are no colours but those that mean something, so that dark and light themes choose their own.</summary>
[Flags]
internal enum TeamsFace
{
    Plain = 0,
    Bold = 1,
    Code = 2,
    Small = 4,
    Subtle = 8,
    Problem = 16,
}

/// <summary>
/// A text that is being written. In a card it is runs of a RichTextBlock, which knows no Markdown (adaptivecards.io/explorer/TextRun.html); in a text activity
/// it is XML with everything encoded. What does not fit ends in “…”.
/// </summary>
/// <param name="reader">Who reads it.</param>
/// <param name="mentions">Gathers those who are mentioned.</param>
/// <param name="room">The most code points.</param>
internal sealed class TeamsText(TeamsReader reader, TeamsMentions mentions, int room)
{
    private readonly List<Piece> pieces = [];
    private int left = room - 1;
    private bool full;

    private enum Kind
    {
        Text,
        Drawing,
        Link,
        Mention,
    }

    /// <summary>The code points written so far.</summary>
    public int Length => room - 1 - left;

    public TeamsText Say(string text, TeamsFace face = TeamsFace.Plain) => Add(new(Kind.Text, CodePoints.Readable(text), face));

    /// <summary>Says a drawing of characters, in a run of its own.</summary>
    public TeamsText Draw(string text) => Add(new(Kind.Drawing, text, TeamsFace.Plain));

    /// <summary>Says a sentence, of which at most so much.</summary>
    public TeamsText Say(RichText text, TeamsFace face = TeamsFace.Plain, int most = int.MaxValue)
    {
        if (most < left)
        {
            foreach (var piece in new TeamsText(reader, mentions, most).Say(text, face).pieces)
                Add(piece);
            return this;
        }

        foreach (var run in text.Runs)
        {
            if (full)
                break;
            Add(OfRun(run, face));
        }

        return this;
    }

    /// <summary>A block of these runs, or null where nothing was said.</summary>
    public JsonObject? Block(string? spacing = null, bool right = false)
    {
        if (pieces.Count == 0)
            return null;
        var block = new JsonObject { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray([.. pieces.Select(ToRun)]) };
        if (spacing is not null)
            block["spacing"] = spacing;
        if (right)
            block["horizontalAlignment"] = "Right";
        return block;
    }

    /// <summary>The same as XML (bots/how-to/format-your-bot-messages).</summary>
    public string Xml()
    {
        var xml = new StringBuilder();
        foreach (var piece in pieces)
        {
            xml.Append(piece.Kind switch
            {
                Kind.Link => $"<a href=\"{Encode(piece.Text)}\">{Encode(piece.Text)}</a>",
                Kind.Mention => mentions.Add(piece.Account, piece.Text[1..]),
                _ when piece.Face.HasFlag(TeamsFace.Code) => $"<code>{Encode(Addresses.Inert(piece.Text))}</code>",
                _ => Encode(Addresses.Inert(piece.Text)),
            });
        }

        return xml.ToString();
    }

    private static string Encode(string text) => new StringBuilder(text)
        .Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;").Replace("'", "&#39;")
        .Replace('\ufffe', '\ufffd').Replace('\uffff', '\ufffd').Replace("\n", "<br/>").ToString();

    private Piece OfRun(Run run, TeamsFace face) => run switch
    {
        Run.Typed typed => new(Kind.Text, CodePoints.Line(typed.Line), face | TeamsFace.Code),
        Run.Mention mention when reader.Addressed(mention) is { } account => new(Kind.Mention, CodePoints.Readable(reader.Said(run)), face, account),
        Run.Address address when Addresses.IsWeb(address.Url, TeamsLimits.Url) => new(Kind.Link, address.Url, face),
        _ => new(Kind.Text, CodePoints.Readable(reader.Said(run)), face),
    };

    private TeamsText Add(Piece piece)
    {
        if (full || piece.Text.Length == 0)
            return this;

        var length = CodePoints.Count(piece.Text);
        if (length > left)
        {
            full = true;
            piece = new(Kind.Text, (piece.Kind is Kind.Text or Kind.Drawing ? CodePoints.First(piece.Text, left) : "") + "…", piece.Face);
        }

        left = Math.Max(0, left - length);

        // Only who stands in the text is mentioned.
        if (piece.Kind == Kind.Mention && mentions.Add(piece.Account, piece.Text[1..]) is null)
            piece = piece with { Kind = Kind.Text };

        // An address is found across two runs that become one, so they are joined before they are made inert.
        if (pieces is [.., var last] && last.Takes(piece))
            pieces[^1] = last with { Text = last.Text + piece.Text };
        else
            pieces.Add(piece);
        return this;
    }

    private static JsonObject ToRun(Piece piece)
    {
        var run = new JsonObject { ["type"] = "TextRun", ["text"] = piece.Kind == Kind.Link ? piece.Text : Addresses.Inert(piece.Text) };
        if (piece.Face.HasFlag(TeamsFace.Bold))
            run["weight"] = "Bolder";
        if (piece.Face.HasFlag(TeamsFace.Code))
            run["fontType"] = "Monospace";
        if (piece.Face.HasFlag(TeamsFace.Small))
            run["size"] = "Small";
        if (piece.Face.HasFlag(TeamsFace.Subtle))
            run["isSubtle"] = true;
        if (piece.Face.HasFlag(TeamsFace.Problem))
            run["color"] = "Attention";
        if (piece.Kind == Kind.Drawing)
            run["color"] = "Accent";

        // A link shows its own address and has no other label, so it cannot pretend to lead elsewhere.
        if (piece.Kind == Kind.Link)
            run["selectAction"] = new JsonObject { ["type"] = "Action.OpenUrl", ["url"] = piece.Text };
        return run;
    }

    private sealed record Piece(Kind Kind, string Text, TeamsFace Face, string Account = "")
    {
        // What is typed stays apart from what is typed next to it.
        public bool Takes(Piece next) => Kind == Kind.Text && next.Kind == Kind.Text && Face == next.Face && !Face.HasFlag(TeamsFace.Code);
    }
}
