using System.Globalization;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Wording;

namespace CopBot.Platforms.Slack.Blocks;

/// <summary>
/// Each kind of block as Block Kit JSON. One instance writes one message or view: it numbers the actions, whose ids have to differ there.
/// What does not fit is shortened, and says so; nothing throws.
/// </summary>
/// <param name="reader">Who reads it.</param>
/// <param name="room">The most code points of one block of the card. Lines may go on in further texts; one text has at most <see cref="BlockKitLimits.Text"/>.</param>
public sealed class SlackBlocks(SlackReader reader, int room = 3 * BlockKitLimits.Text) : IBlockRenderer<IEnumerable<JsonObject>>
{
    /// <summary>A click on a button with such an action runs the line that is its value.</summary>
    public const string Say = "say:";

    /// <summary>Picking an option of such a menu runs the line that is its value.</summary>
    public const string Choose = "choose:";

    /// <summary>A click on a button with such an action opens the modal of the command line that is its value.</summary>
    public const string FillIn = "form:";

    private readonly int one = Math.Min(room, BlockKitLimits.Text);

    // A name or a remark never takes the whole of a text, so that the points behind it are still seen.
    private readonly int part = Math.Min(room, BlockKitLimits.Text) / 4;
    private int actions;

    public IEnumerable<JsonObject> Paragraph(Paragraph block) => Sentence(block.Text);

    /// <summary>A sentence as a block of its own.</summary>
    public IEnumerable<JsonObject> Sentence(RichText text, bool bold = false) => New().Say(text, bold ? Face.Bold : Face.Plain).Blocks();

    public IEnumerable<JsonObject> Facts(Facts block) =>
        Lines(block.Items, (line, fact) => line.Say($"{CodePoints.Fit(fact.Name, part)}:", Face.Bold).Say(" ").Say(fact.Value));

    public IEnumerable<JsonObject> Ranking(Ranking block) => Lines(block.Rows, Row, block.More, "   ");

    public IEnumerable<JsonObject> Progress(Progress block) => New()
        .Say(block.Label, most: part)
        .SayApart($" {Drawing.Bar(block.Value, block.Target)} ")
        .Say(string.Create(CultureInfo.InvariantCulture, $"{block.Value:0.##} of {block.Target:0.##} {block.Unit}"))
        .Blocks();

    public IEnumerable<JsonObject> Trend(Trend block)
    {
        var section = New().Say(block.Label, most: part);
        if (block.Points.Count > 0)
            section.SayApart(" " + Drawing.Sparkline([.. block.Points.Select(point => point.Value)]));
        return section.Say(": " + string.Join(", ", block.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Label} {point.Value:0.##}")))).Blocks();
    }

    // A context block takes neither live mentions nor links without mrkdwn; italics do the same service and stay data.
    public IEnumerable<JsonObject> Note(Note block) => New().Say(block.Text, Face.Italic).Blocks();

    public IEnumerable<JsonObject> Buttons(Buttons block) => [.. Written(block.Items), .. Clickable(block.Items)];

    public IEnumerable<JsonObject> Choice(Choice block)
    {
        var fitting = block.Options.Where(Offers.Fits).ToList();
        var menu = fitting.Count > 0 && fitting.All(option => Offers.FitsOption(option.Line)) && fitting.Select(option => option.Line).Distinct().Count() == fitting.Count;
        var most = menu ? BlockKitLimits.Options : BlockKitLimits.Actions;
        return
        [
            .. New().Say(block.Label + ":", Face.Bold).Blocks(),
            .. Written(block.Options),
            .. menu ? [Menu(block.Label, fitting.Take(most))] : Clickable(fitting.Take(most)),
            .. Lines<Button>([], (_, _) => { }, Math.Max(0, fitting.Count - most)),
        ];
    }

    /// <summary>The fields to read, and a button whose value is the command with what is known, for <see cref="SlackModal"/>.</summary>
    public IEnumerable<JsonObject> Form(Form block) =>
    [
        .. Lines(block.Fields, Line),
        Offers.Actions([Offers.Button($"Fill in {block.Command}", KnownLine.Of(block, BlockKitLimits.ButtonValue, CodePoints.Count), Next(FillIn))]),
    ];

    public IEnumerable<JsonObject> Document(Document block)
    {
        var content = CodePoints.Readable(block.Content);
        var length = CodePoints.Count(content);
        if (length < one)
            return New().Say(content).Blocks("rich_text_preformatted");

        var shown = CodePoints.First(content, one - 1);
        return
        [
            .. New().Say(shown).Blocks("rich_text_preformatted"),
            .. New().Say(string.Create(CultureInfo.InvariantCulture, $"… and {length - CodePoints.Count(shown)} more characters of "), Face.Italic).Say(CodePoints.Fit(block.Name, part), Face.Italic).Blocks(),
        ];
    }

    private void Row(Section line, RankedRow row)
    {
        var face = row.Own ? Face.Bold : Face.Plain;
        line.Say(string.Create(CultureInfo.InvariantCulture, $"{(row.Own ? "→" : " ")} {row.Rank,2}. "), face)
            .Say(row.Who, face, part)
            .Say(string.Create(CultureInfo.InvariantCulture, $" {row.Points}"), face);
        if (row.Remark is not null)
            line.Say("  (", face).Say(row.Remark, face, part).Say(")", face);
    }

    private void Line(Section line, Field field)
    {
        line.Say("  ").Say(CodePoints.Fit(field.Name, part), Face.Bold).Say(field.Required ? ": " : " (optional): ").Say(CodePoints.Fit(field.Label, part));
        if (field.Choices.Count > 0)
            line.Say($" [{CodePoints.Fit(string.Join(" | ", field.Choices), part)}]");
        if (field.Value is not null)
            line.Say(" = ").Say(CodePoints.Fit(PlainText.Visible(field.Value), part));
    }

    // A line that no button can carry is left to be typed.
    private IEnumerable<JsonObject> Written(IEnumerable<Button> buttons) =>
        Lines([.. buttons.Where(button => !Offers.Fits(button))], (line, button) => line.Say($"  [{CodePoints.Fit(button.Label, part)}] {PlainText.Visible(CodePoints.Fit(button.Line, part))}"));

    private JsonObject[] Clickable(IEnumerable<Button> buttons) =>
        [.. buttons.Where(Offers.Fits).Select(button => Offers.Button(button.Label, button.Line, Next(Say), button.Destructive)).Chunk(BlockKitLimits.Actions).Select(Offers.Actions)];

    private JsonObject Menu(string label, IEnumerable<Button> options) => Offers.Actions(
    [
        new JsonObject
        {
            ["type"] = "static_select",
            ["action_id"] = Next(Choose),
            ["placeholder"] = Label.Of(label, BlockKitLimits.Placeholder, "Choose …"),
            ["options"] = new JsonArray([.. options.Select(option => Offers.Option(option.Label, option.Line))]),
        },
    ]);

    private string Next(string kind) => kind + (++actions).ToString(CultureInfo.InvariantCulture);

    private Section New() => new(reader, one);

    private IEnumerable<JsonObject> Lines<T>(IReadOnlyList<T> items, Action<Section, T> write, int more = 0, string indent = "") => Section.Lines(reader, room, items, write, more, indent);
}
