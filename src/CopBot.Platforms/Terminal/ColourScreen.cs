using CopBot.Core.Chat;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CopBot.Platforms.Terminal;

/// <summary>Tables, bars and panels, for people at a terminal. Everything people wrote is escaped, never markup.</summary>
public sealed class ColourScreen(IAnsiConsole console) : ITerminalScreen
{
    public void Show(Delivery delivery)
    {
        console.Write(new Markup($"[bold]{Markup.Escape(PlainText.Of(delivery.Message.Summary, delivery.Names))}[/]\n"));
        var renderer = new ColourBlocks(delivery.Names);
        foreach (var block in delivery.Message.Card?.Blocks ?? [])
            console.Write(block.Render(renderer));
        console.WriteLine();
    }

    private sealed class ColourBlocks(Func<PersonId, string> names) : IBlockRenderer<IRenderable>
    {
        public IRenderable Paragraph(Core.Chat.Paragraph block) => Line(block.Text);

        public IRenderable Facts(Facts block)
        {
            var table = new Table().NoBorder().HideHeaders().AddColumn("name").AddColumn("value");
            foreach (var fact in block.Items)
                table.AddRow(new Text(fact.Name, new Style(Color.Teal)), new Text(Plain(fact.Value)));
            return table;
        }

        public IRenderable Ranking(Ranking block)
        {
            var table = new Table().Border(TableBorder.Rounded).AddColumn(new TableColumn("#").RightAligned()).AddColumn("").AddColumn(new TableColumn("points").RightAligned());
            foreach (var row in block.Rows)
            {
                var style = row.Own ? new Style(Color.Yellow, decoration: Decoration.Bold) : Style.Plain;
                table.AddRow(new Text($"{row.Rank}", style), new Text(Plain(row.Who), style), new Text($"{row.Points}", style));
            }

            if (block.More > 0)
                table.Caption($"… and {block.More} more");
            return table;
        }

        public IRenderable Progress(Core.Chat.Progress block) => new Rows(
            Line(block.Label),
            new BreakdownChart().Width(40).HideTags().AddItem("done", (double)Math.Clamp(block.Value, 0, Math.Max(block.Target, 1)), Color.Green).AddItem("open", (double)Math.Max(0, block.Target - block.Value), Color.Grey),
            new Text($"{block.Value:0.##} of {block.Target:0.##} {block.Unit}"));

        public IRenderable Trend(Trend block)
        {
            var chart = new BarChart().Label(Markup.Escape(Plain(block.Label))).Width(60);
            foreach (var point in block.Points)
                chart.AddItem(Markup.Escape(point.Label), (double)point.Value, Color.Teal);
            return chart;
        }

        public IRenderable Note(Note block) => new Text(Plain(block.Text) + "\n", new Style(Color.Grey));

        public IRenderable Buttons(Buttons block) => Offers(block.Items);

        public IRenderable Choice(Choice block) => new Rows(new Text(block.Label), Offers(block.Options));

        public IRenderable Form(Form block)
        {
            var table = new Table().Border(TableBorder.Rounded).AddColumn(block.Command).AddColumn("");
            foreach (var field in block.Fields)
                table.AddRow(new Text(field.Name + (field.Required ? "" : " (optional)"), new Style(Color.Teal)), new Text(field.Label + (field.Choices.Count > 0 ? $" [{string.Join(" | ", field.Choices)}]" : "")));
            return table;
        }

        public IRenderable Document(Document block) => new Text(block.Content + "\n");

        private IRenderable Line(RichText text) => new Text(Plain(text) + "\n");

        private static IRenderable Offers(IEnumerable<Button> buttons) =>
            new Rows(buttons.Select(button => new Text($"  [{button.Label}] {PlainText.Visible(button.Line)}", new Style(Color.Blue))));

        private string Plain(RichText text) => PlainText.Of(text, names);
    }
}
