using System.Globalization;
using System.Text;
using CopBot.Core.Chat;
using CopBot.Platforms.Wording;

namespace CopBot.Platforms.Discord.Messages;

/// <summary>
/// A text that is being written in Discord's Markdown (support.discord.com/hc/articles/210298617): every text is data, and each sign that could be
/// more is escaped. What does not fit in <paramref name="room"/> UTF-16 units, as escaped, ends in “…”.
/// </summary>
/// <param name="reader">Who reads it.</param>
/// <param name="room">The most that it may come to; at least 1.</param>
/// <param name="pings">Where people may be addressed: takes the ids of those who are. Null where nobody is.</param>
internal sealed class Markdown(DiscordReader reader, int room, List<string>? pings = null)
{
    private const string Always = "\\*_~|`[]<>@#";

    private readonly StringBuilder written = new();
    private int room = room;
    private Line line;
    private bool inBold;
    private bool full;

    /// <summary>Where in its line the next sign stands.</summary>
    private enum Line
    {
        Start,
        Number,
        Inside,
    }

    public int Length => written.Length;

    /// <summary>Says a text.</summary>
    public Markdown Say(string text)
    {
        text = CodePoints.Readable(text);
        var left = room - 1 - written.Length;
        var links = text.Contains("discord", StringComparison.OrdinalIgnoreCase);
        for (var at = 0; at < text.Length && !full;)
        {
            var next = at + StringInfo.GetNextTextElementLength(text, at);
            var before = (Length: written.Length, Line: line);
            for (; at < next; at++)
                Sign(text[at], at + 1 < text.Length ? text[at + 1] : 'x', links);
            left -= written.Length - before.Length;
            if (left < 0)
            {
                written.Length = before.Length;
                line = before.Line;
                full = true;
                written.Append('…');
            }
        }

        return this;
    }

    /// <summary>Says a sentence, of which at most so much.</summary>
    public Markdown Say(RichText text, int most = int.MaxValue)
    {
        if (most < room - written.Length)
        {
            var part = new Markdown(reader, most, pings) { line = line, inBold = inBold };
            part.Say(text);
            written.Append(part.written);
            line = part.line;
            return this;
        }

        foreach (var run in text.Runs)
        {
            if (full)
                break;
            _ = run switch
            {
                Run.Typed typed => Typed(PlainText.Visible(typed.Line)),
                Run.Mention mention when pings is { Count: < DiscordLimits.Pings } && reader.Addressed(mention) is { } account => Address(account),
                Run.Address address when IsLink(address.Url) => Mark($"<{address.Url}>", reader.Said(run)),
                _ => Say(reader.Said(run)),
            };
        }

        return this;
    }

    /// <summary>As <see cref="Say(RichText, int)"/>, all of it in bold at once: two pieces side by side would show their stars.</summary>
    public Markdown Bold(RichText text, int most = int.MaxValue)
    {
        const string Stars = "**";
        var start = written.Length;
        if (full || room - start < 8)
            return Say(text, most);

        written.Append(Stars);
        (room, inBold) = (room - Stars.Length, true);
        Say(text, most);
        (room, inBold) = (room + Stars.Length, false);

        // There is no bold around nothing.
        if (string.IsNullOrWhiteSpace(written.ToString(start + Stars.Length, written.Length - start - Stars.Length)))
            written.Remove(start, Stars.Length);
        else
            written.Append(Stars);
        return this;
    }

    /// <summary>Writes what is Markdown already: whole, or <paramref name="otherwise"/> as a text, or “…”.</summary>
    public Markdown Mark(string markdown, string otherwise = "")
    {
        if (full || markdown.Length == 0)
            return this;
        if (written.Length + markdown.Length > room - 1)
        {
            if (otherwise.Length > 0)
                return Say(otherwise);
            full = true;
            written.Append('…');
            return this;
        }

        written.Append(markdown);
        line = markdown[^1] == '\n' ? Line.Start : Line.Inside;
        return this;
    }

    public override string ToString() => written.ToString();

    // Between such signs nothing is escaped, so a line that has one itself is written as a text.
    private Markdown Typed(string typed)
    {
        typed = CodePoints.Line(typed);
        return typed.Trim().Length == 0 || typed.Contains('`', StringComparison.Ordinal) || (inBold && typed.Contains('*', StringComparison.Ordinal))
            ? Say("`" + typed + "`")
            : Mark($"`{typed}`", $"`{typed}`");
    }

    private Markdown Address(string account)
    {
        Mark($"<@{account}>");
        if (!full && !pings!.Contains(account))
            pings.Add(account);
        return this;
    }

    private void Sign(char sign, char next, bool links)
    {
        var active = Always.Contains(sign, StringComparison.Ordinal) || sign switch
        {
            // An address, the name of an emoji.
            ':' => !char.IsWhiteSpace(next),
            // An invitation goes live without https in front of it.
            '/' => links,
            '-' or '+' => line == Line.Start,
            '.' or ')' => line == Line.Number,
            _ => false,
        };
        if (active)
            written.Append('\\');
        written.Append(sign);
        line = sign switch
        {
            '\n' => Line.Start,
            _ when char.IsWhiteSpace(sign) && line == Line.Start => Line.Start,
            >= '0' and <= '9' when line != Line.Inside => Line.Number,
            _ => Line.Inside,
        };
    }

    // The brackets keep Discord from unfolding the page behind a link. It shows its own address and cannot pretend to lead elsewhere.
    private static bool IsLink(string url) => Addresses.IsWeb(url, DiscordLimits.Url);
}
