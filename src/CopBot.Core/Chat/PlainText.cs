using System.Globalization;
using System.Text;

namespace CopBot.Core.Chat;

/// <summary>Says every block in plain text, whole: nothing is shortened here.</summary>
/// <param name="names">The name of a person as the reader may see it.</param>
public sealed class PlainText(Func<PersonId, string> names) : IBlockRenderer<string>
{
    /// <summary>What stands for a person whom the reader may not see; it is no name, so it is never addressed.</summary>
    public const string Someone = "someone";

    private const int BarWidth = 20;

    /// <summary>The summary, then the blocks, a line break between them.</summary>
    public static string Of(Message message, Func<PersonId, string> names)
    {
        var renderer = new PlainText(names);
        IEnumerable<string> parts = [Of(message.Summary, names), .. message.Card?.Blocks.Select(block => block.Render(renderer)) ?? []];
        return string.Join('\n', parts.Where(part => part.Length > 0));
    }

    /// <summary>One sentence as plain text.</summary>
    public static string Of(RichText text, Func<PersonId, string> names)
    {
        var plain = new StringBuilder();
        foreach (var run in text.Runs)
        {
            plain.Append(run switch
            {
                Run.Words words => words.Text,
                Run.Quoted quoted => Visible(quoted.Text),
                Run.Mention mention => Named(names(mention.Person), mention.Ping),
                Run.Address address => address.Url,
                Run.Typed typed => $"`{Visible(typed.Line)}`",
                _ => throw new InvalidOperationException($"no plain text for {run.GetType().Name}"),
            });
        }

        return plain.ToString();
    }

    /// <summary>Takes out what a reader cannot see but a terminal or a page obeys: controls and direction overrides.</summary>
    public static string Visible(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\u001f') && !text.Any(Hides))
            return text;

        return string.Concat(text.Select(c => Hides(c) ? "" : char.IsControl(c) ? " " : c.ToString()));
    }

    public string Paragraph(Paragraph block) => Of(block.Text, names);

    public string Facts(Facts block) => string.Join('\n', block.Items.Select(fact => $"{fact.Name}: {Of(fact.Value, names)}"));

    public string Ranking(Ranking block)
    {
        var rows = block.Rows.Select(row =>
            $"{(row.Own ? "→" : " ")} {row.Rank.ToString(CultureInfo.InvariantCulture),2}. {Of(row.Who, names)} {row.Points.ToString(CultureInfo.InvariantCulture)}"
            + (row.Remark is null ? "" : $"  ({Of(row.Remark, names)})"));
        return string.Join('\n', block.More > 0 ? rows.Append($"   … and {block.More} more") : rows);
    }

    public string Progress(Progress block)
    {
        var share = block.Target == 0 ? 0 : Math.Clamp(block.Value / block.Target, 0, 1);
        var full = (int)Math.Round(share * BarWidth);
        return string.Create(CultureInfo.InvariantCulture, $"{Of(block.Label, names)} [{new string('#', full)}{new string('.', BarWidth - full)}] {block.Value:0.##} of {block.Target:0.##} {block.Unit}");
    }

    public string Trend(Trend block) =>
        $"{Of(block.Label, names)}: " + string.Join(", ", block.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Label} {point.Value:0.##}")));

    public string Note(Note block) => Of(block.Text, names);

    public string Buttons(Buttons block) => string.Join('\n', block.Items.Select(Offer));

    public string Choice(Choice block) => string.Join('\n', block.Options.Select(Offer).Prepend(block.Label + ":"));

    public string Form(Form block)
    {
        var fields = block.Fields.Select(field =>
            $"  {field.Name}{(field.Required ? "" : " (optional)")}: {field.Label}"
            + (field.Choices.Count > 0 ? $" [{string.Join(" | ", field.Choices)}]" : "")
            + (field.Value is null ? "" : $" = {Visible(field.Value)}"));
        return string.Join('\n', fields);
    }

    public string Document(Document block) => block.Content;

    private static string Named(string name, bool ping) =>
        ping && !name.StartsWith(Someone, StringComparison.Ordinal) ? "@" + Visible(name) : Visible(name);

    private static string Offer(Button button) => $"  [{button.Label}] {Visible(button.Line)}";

    // Zero-width and bidirectional format characters make one name look like another or turn a line around.
    private static bool Hides(char c) =>
        c is >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069' or '\u200b' or '\u200e' or '\u200f' or '\u061c' or '\ufeff' or '\u2028' or '\u2029';
}
