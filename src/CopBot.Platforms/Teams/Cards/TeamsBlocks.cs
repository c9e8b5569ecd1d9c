using System.Globalization;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Wording;

namespace CopBot.Platforms.Teams.Cards;

/// <summary>
/// Each kind of block as elements of Adaptive Cards 1.5. What a person may have written stands in RichTextBlocks, which know no Markdown; a TextBlock has the
/// product's own fixed words. One instance writes one card: it counts what can be clicked.
/// </summary>
/// <param name="reader">Who reads it.</param>
/// <param name="mentions">Gathers those who are mentioned.</param>
/// <param name="room">The most code points of one block.</param>
/// <param name="fillsIn">Whether a form stands in the card; otherwise it is a button that opens a dialog.</param>
internal sealed class TeamsBlocks(TeamsReader reader, TeamsMentions mentions, int room, bool fillsIn) : IBlockRenderer<IEnumerable<JsonObject>>
{
    // How fine a bar is drawn.
    private const int Steps = 1000;

    // A row is more than its text.
    private const int RowCost = 30;

    // A name or a remark never takes the whole of a text, so that the points behind it are still seen.
    private readonly int part = Math.Max(8, room / 4);
    private int actions;

    public IEnumerable<JsonObject> Paragraph(Paragraph block) => Elements(New().Say(block.Text).Block());

    public IEnumerable<JsonObject> Facts(Facts block)
    {
        var longest = block.Items.Select(fact => CodePoints.Count(fact.Name)).DefaultIfEmpty().Max();
        List<JsonObject> rows = [.. Rows(block.Items, fact =>
        {
            var (name, value) = (New().Say(CodePoints.Fit(fact.Name, part), TeamsFace.Bold), New().Say(fact.Value));
            return (CardParts.Fact(longest, name.Block(), value.Block()), name.Length + value.Length);
        })];

        // They stand close to one another, but not to what comes before them.
        rows.FirstOrDefault()?.Remove("spacing");
        return rows;
    }

    /// <summary>A table that a phone has room for: the remark stands below the name. Its first row is the heading, which screen readers repeat.</summary>
    public IEnumerable<JsonObject> Ranking(Ranking block)
    {
        var rows = Fitting(block.Rows, Row, out var more);
        more += block.More;
        return Elements(rows.Count > 0 ? CardParts.Table([CardParts.Heading("Rank", "Who", "Points"), .. rows]) : null, More(more));
    }

    public IEnumerable<JsonObject> Progress(Progress block)
    {
        var share = block.Target == 0 ? 0 : Math.Clamp(block.Value / block.Target, 0, 1);
        return Elements(CardParts.Container(null, Elements(
            New().Say(block.Label, most: part).Block(),
            CardParts.Bar((int)Math.Round(share * Steps), Steps),
            New().Say(string.Create(CultureInfo.InvariantCulture, $"{block.Value:0.##} of {block.Target:0.##} {block.Unit}"), TeamsFace.Small).Block("Small"))));
    }

    public IEnumerable<JsonObject> Trend(Trend block)
    {
        var text = New().Say(block.Label, most: part);
        var drawn = block.Points.Count > 0 ? Drawing.Sparkline([.. block.Points.Select(point => point.Value)]) : "";

        // Which clients draw charts no activity tells, and the schema that all of them keep to has none.
        if (drawn.Length > 0)
            text.Draw(" " + drawn);
        text.Say(": " + string.Join(", ", block.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Label} {point.Value:0.##}"))));
        return Elements(text.Block());
    }

    public IEnumerable<JsonObject> Note(Note block) => Elements(New().Say(block.Text, TeamsFace.Small | TeamsFace.Subtle).Block());

    public IEnumerable<JsonObject> Buttons(Buttons block)
    {
        var offers = Next(block.Items);
        return [.. Written(offers), .. Clickable(offers.Where(Carried))];
    }

    public IEnumerable<JsonObject> Choice(Choice block)
    {
        var number = ++actions;
        var offers = Next(block.Options);
        var shown = offers.Where(Carried).ToList();
        return
        [
            .. Elements(New().Say(CodePoints.Fit(block.Label, Math.Max(8, room / 2)) + ":", TeamsFace.Bold).Block()),
            .. Written(offers),
            .. shown.Count > 0 ? TeamsOffers.Choose([.. shown.Take(TeamsLimits.Options)], reader, number) : [],
            .. Elements(More(Math.Max(0, shown.Count - TeamsLimits.Options))),
        ];
    }

    public IEnumerable<JsonObject> Form(Form block)
    {
        var number = ++actions;
        if (fillsIn)
            return TeamsInputs.Of(block, reader, number, room);
        return [.. Rows(block.Fields, Line), TeamsOffers.Set([TeamsOffers.Open(block, reader, number)])];
    }

    public IEnumerable<JsonObject> Document(Document block)
    {
        var content = CodePoints.Readable(block.Content);
        var length = CodePoints.Count(content);
        if (length <= room)
            return Boxed(content);

        var shown = CodePoints.First(content, room);
        var rest = string.Create(CultureInfo.InvariantCulture, $"… and {length - CodePoints.Count(shown)} more characters of ");
        return [.. Boxed(shown), .. Elements(New().Say(rest + CodePoints.Fit(CodePoints.Line(block.Name), part), TeamsFace.Small | TeamsFace.Subtle).Block())];
    }

    private JsonObject[] Boxed(string content) =>
        new TeamsText(reader, mentions, int.MaxValue).Say(content, TeamsFace.Code | TeamsFace.Small).Block() is { } text ? [CardParts.Container("emphasis", [text])] : [];

    private (JsonObject Json, int Length) Row(RankedRow row)
    {
        var face = row.Own ? TeamsFace.Bold : TeamsFace.Plain;
        var rank = New().Say(string.Create(CultureInfo.InvariantCulture, $"{(row.Own ? "→ " : "")}{row.Rank}"), face);
        var who = New().Say(row.Who, face, part);
        var remark = New();
        if (row.Remark is not null)
            remark.Say(row.Remark, TeamsFace.Small | TeamsFace.Subtle, part);
        var points = New().Say(row.Points.ToString(CultureInfo.InvariantCulture), face);
        return (CardParts.Row(row.Own ? "accent" : null, Elements(rank.Block()), Elements(who.Block(), remark.Block("None")), Elements(points.Block(right: true))), who.Length + remark.Length);
    }

    private (JsonObject Json, int Length) Line(Field field)
    {
        var line = New().Say(CodePoints.Fit(field.Name, part), TeamsFace.Bold).Say(field.Required ? ": " : " (optional): ").Say(CodePoints.Fit(field.Label, part));
        if (field.Choices.Count > 0)
            line.Say($" [{CodePoints.Fit(string.Join(" | ", field.Choices), part)}]");
        if (field.Value is not null)
            line.Say(" = ").Say(CodePoints.Fit(PlainText.Visible(field.Value), part));
        return (line.Block("None")!, line.Length);
    }

    // A line that no button can carry is left to be typed.
    private IEnumerable<JsonObject> Written(IEnumerable<(int Number, Button Button)> offers) => Rows([.. offers.Where(offer => !Carried(offer))], offer =>
    {
        var line = New().Say(CodePoints.Fit(CodePoints.Line(offer.Button.Label), part), TeamsFace.Bold).Say(" ").Say(CodePoints.Fit(PlainText.Visible(offer.Button.Line), part), TeamsFace.Code);
        return (line.Block()!, line.Length);
    });

    private IEnumerable<JsonObject> Clickable(IEnumerable<(int Number, Button Button)> offers) =>
        offers.Select(offer => TeamsOffers.Say(offer.Button, reader, offer.Number)).Chunk(TeamsLimits.Actions).Select(TeamsOffers.Set);

    private static bool Carried((int Number, Button Button) offer) => TeamsOffers.Carries(offer.Button.Line);

    private List<(int Number, Button Button)> Next(IEnumerable<Button> buttons) => [.. buttons.Select(button => (++actions, button))];

    private TeamsText New() => new(reader, mentions, room);

    private JsonObject? More(int more) => more > 0 ? New().Say(string.Create(CultureInfo.InvariantCulture, $"… and {more} more"), TeamsFace.Small | TeamsFace.Subtle).Block() : null;

    private IEnumerable<JsonObject> Rows<T>(IReadOnlyList<T> items, Func<T, (JsonObject Json, int Length)> write)
    {
        var rows = Fitting(items, write, out var more);
        return [.. rows, .. Elements(More(more))];
    }

    // Those that do not fit are counted.
    private List<JsonObject> Fitting<T>(IReadOnlyList<T> items, Func<T, (JsonObject Json, int Length)> write, out int more)
    {
        List<JsonObject> written = [];
        var left = room;
        foreach (var item in items)
        {
            var (json, length) = write(item);
            left -= length + RowCost;
            if (left < 0 && written.Count > 0)
                break;
            written.Add(json);
        }

        more = items.Count - written.Count;
        return written;
    }

    private static IEnumerable<JsonObject> Elements(params IEnumerable<JsonObject?> elements) => [.. elements.OfType<JsonObject>()];
}
