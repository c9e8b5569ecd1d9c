using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Platforms.Wording;

namespace CopBot.Platforms.Discord.Messages;

/// <summary>
/// Each kind of block as lines of Markdown for the description of an embed, made to be read on a phone: no alignment with spaces, no tables. Where
/// something can be clicked below that belongs further up, “▾” says so. One instance writes one message: it counts what can be clicked.
/// </summary>
/// <param name="reader">Who reads it.</param>
/// <param name="rows">What can be clicked.</param>
/// <param name="room">The most UTF-16 units of one block, as escaped.</param>
internal sealed class DiscordBlocks(DiscordReader reader, DiscordRows rows, int room) : IBlockRenderer<string>
{
    /// <summary>Stands where buttons or a menu belong that are shown below.</summary>
    public const string Below = "▾";

    private const string Item = "• ";
    private const string Offered = "▸ ";
    private const string Small = "-# ";

    // The widest line that counts what was left out.
    private const int Counting = 40;

    // A name or a remark never takes the whole of a text, so that the points behind it are still seen.
    private readonly int part = Math.Max(8, room / 4);
    private int number;

    /// <summary>Whether something else is written behind the block that is rendered next, so that it says where its buttons belong.</summary>
    public bool GoesOn { get; set; }

    public string Paragraph(Paragraph block) => New().Say(block.Text).ToString();

    public string Facts(Facts block) => Lines(block.Items, (line, fact) => line.Bold(CodePoints.Fit(fact.Name, part) + ":").Mark(" ").Say(fact.Value));

    public string Ranking(Ranking block) => Lines(block.Rows, Row, block.More, Small);

    public string Progress(Progress block) => New()
        .Say(block.Label, most: part)
        .Mark($" `{Drawing.Bar(block.Value, block.Target)}` ")
        .Say(string.Create(CultureInfo.InvariantCulture, $"{block.Value:0.##} of {block.Target:0.##} {block.Unit}"))
        .ToString();

    public string Trend(Trend block)
    {
        var text = New().Say(block.Label, most: part);
        if (block.Points.Count > 0)
            text.Mark($" `{Drawing.Sparkline([.. block.Points.Select(point => point.Value)])}`");
        return text.Say(": " + string.Join(", ", block.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Label} {point.Value:0.##}")))).ToString();
    }

    // Small print is a line's; it needs no sign at the end that a text could close.
    public string Note(Note block)
    {
        // Each further line pays for its own mark.
        for (var most = room; ; most = most * 3 / 4)
        {
            var text = string.Join('\n', new Markdown(reader, most).Say(block.Text).ToString().Split('\n').Select(line => string.IsNullOrWhiteSpace(line) ? line : Small + line));
            if (text.Length <= room || most < 8)
                return text.Length <= room ? text : "…";
        }
    }

    public string Buttons(Buttons block)
    {
        var offers = Next(block.Items);
        var written = Written(offers.Where(offer => !rows.Carries(offer.Number)));
        var shown = offers.Where(offer => rows.Carries(offer.Number)).ToList();
        return string.Join('\n', ((string[])[written, GoesOn ? Pointer(shown) : ""]).Where(text => text.Length > 0));
    }

    // Which of the buttons below a place in the text is about.
    private string Pointer(List<Offer> shown) => shown.Count == 0 ? ""
        : New().Mark($"{Small}{Below} ").Say(string.Join(" · ", shown.Select(offer => DiscordRows.Label(offer.Button.Label, DiscordLimits.ButtonLabel)))).ToString();

    public string Choice(Choice block)
    {
        var offers = Next(block.Options);
        var shown = offers.Any(offer => rows.Carries(offer.Number));
        var menu = offers.Any(offer => rows.IsInMenu(offer.Number));
        var (carriable, written) = (offers.Where(offer => DiscordIds.OfOption(offer, reader.Reference) is not null).ToList(), offers.Where(offer => DiscordIds.OfOption(offer, reader.Reference) is null));
        var more = shown ? carriable.Count(offer => !rows.Carries(offer.Number)) : 0;
        var label = New().Bold(CodePoints.Fit(block.Label, Math.Max(8, room / 2)) + ":").Mark(menu ? " " + Below : "").ToString();
        var pointer = menu ? "" : Pointer([.. offers.Where(offer => rows.Carries(offer.Number))]);
        var rest = Written(shown ? written : offers, more);
        return string.Join('\n', ((string[])[label, pointer, rest]).Where(text => text.Length > 0));
    }

    public string Form(Form block)
    {
        number++;
        return Lines(block.Fields, Field);
    }

    public string Document(Document block)
    {
        const string Fence = "```";
        var content = CodePoints.Readable(block.Content).Replace("``", "`\u200b`", StringComparison.Ordinal).Replace("``", "`\u200b`", StringComparison.Ordinal);
        if (string.IsNullOrWhiteSpace(content))
            return "";

        var left = room - 2 * Fence.Length - 2;
        if (content.Length <= left)
            return $"{Fence}\n{content}\n{Fence}";

        var name = new Markdown(reader, part).Say(DiscordRows.Label(block.Name, part)).ToString();
        left -= name.Length + 50;
        var shown = CodePoints.First(content, Math.Max(0, left));
        while (shown.Length > left && shown.Length > 0)
            shown = CodePoints.First(content, CodePoints.Count(shown) * 3 / 4);
        var rest = string.Create(CultureInfo.InvariantCulture, $"{Small}… and {CodePoints.Count(content) - CodePoints.Count(shown)} more characters of {name}");
        return shown.Length > 0 ? $"{Fence}\n{shown}\n{Fence}\n{rest}" : rest;
    }

    private void Row(Markdown line, RankedRow row)
    {
        var rank = string.Create(CultureInfo.InvariantCulture, $"{(row.Own ? "→ " : "")}{row.Rank}.");
        var points = row.Points.ToString(CultureInfo.InvariantCulture);
        line.Mark($"**{rank}** ");
        _ = row.Own ? line.Bold(row.Who, part) : line.Say(row.Who, part);
        line.Mark(" ").Mark(row.Own ? $"**{points}**" : points);
        if (row.Remark is not null)
            line.Say("  (").Say(row.Remark, most: part).Say(")");
    }

    private void Field(Markdown line, Field field)
    {
        var name = CodePoints.Fit(field.Name, part);
        line.Mark(Item).Bold(field.Required ? name + ":" : name).Say(field.Required ? " " : " (optional): ").Say(CodePoints.Fit(field.Label, part));
        if (field.Choices.Count > 0)
            line.Say($" [{CodePoints.Fit(string.Join(" | ", field.Choices), part)}]");
        if (field.Value is { } people && field.Kind is ParameterKind.Person or ParameterKind.People && AreAccounts(people))
            line.Say(" = ").Mark(people);
        else if (field.Value is not null)
            line.Say(" = ").Say(CodePoints.Fit(PlainText.Visible(field.Value), part));
    }

    // As Discord writes accounts: it shows their names, and in a card it pings nobody.
    private static bool AreAccounts(string value) => value.Split(' ') is { Length: > 0 } words && words.All(word => word is ['<', '@', .. { Length: > 0 } id, '>'] && id.All(char.IsAsciiDigit));

    // What nothing can be clicked for is left to be typed.
    private string Written(IEnumerable<Offer> offers, int more = 0) =>
        Lines([.. offers], (line, offer) => line.Mark(Offered).Bold(DiscordRows.Label(offer.Button.Label, part)).Mark(" ").Say(PlainText.Visible(CodePoints.Fit(offer.Button.Line, part))), more);

    private List<Offer> Next(IEnumerable<Button> buttons) => [.. buttons.Select(button => new Offer(++number, button))];

    private Markdown New() => new(reader, room);

    // A line for each item; those that do not fit are counted, with those that were never here.
    private string Lines<T>(IReadOnlyList<T> items, Action<Markdown, T> write, int more = 0, string before = "")
    {
        List<string> lines = [];
        var left = room - Counting;
        for (var at = 0; at < items.Count; at++)
        {
            var line = new Markdown(reader, Math.Max(1, room - Counting));
            write(line, items[at]);
            left -= line.Length + 1;
            if (left < 0)
            {
                more += items.Count - at;
                break;
            }

            lines.Add(line.ToString());
        }

        if (more > 0)
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{before}… and {more} more"));
        return string.Join('\n', lines);
    }
}
