using System.Globalization;
using CopBot.Core.Chat;

namespace CopBot.Platforms.WebChat;

/// <summary>Each kind of block as plain, accessible HTML that works without script.</summary>
public sealed class WebBlocks(Reading reading) : IBlockRenderer<Html>
{
    public Html Paragraph(Paragraph block) => Html.Of($"<p>{Sentence(block.Text)}</p>");

    public Html Facts(Facts block) => Html.Of(
        $"<dl class=\"facts\">\n{block.Items.Select(fact => Html.Of($"<div><dt>{fact.Name}</dt><dd>{Sentence(fact.Value)}</dd></div>\n"))}</dl>");

    public Html Ranking(Ranking block) => Html.Of(
        $"""
        <table class="ranking">
        <thead><tr><th scope="col">Rank</th><th scope="col">Who</th><th scope="col" class="number">Points</th></tr></thead>
        <tbody>
        {block.Rows.Select(Row)}</tbody>
        </table>{(block.More > 0 ? Html.Of($"\n<p class=\"more\">… and {block.More} more</p>") : null)}
        """);

    public Html Progress(Progress block)
    {
        var amount = string.Create(CultureInfo.InvariantCulture, $"{block.Value:0.##} of {block.Target:0.##} {block.Unit}");
        return Html.Of(
            $"""
            <figure class="progress">
            <figcaption>{Sentence(block.Label)} <span class="amount">{amount}</span></figcaption>
            {Charts.Bar(reading.NextId(), Plain(block.Label), amount, block.Target == 0 ? 0 : block.Value / block.Target)}
            </figure>
            """);
    }

    public Html Trend(Trend block) => Html.Of(
        $"""
        <figure class="trend">
        <figcaption>{Sentence(block.Label)}</figcaption>
        {Charts.Line(reading.NextId(), Plain(block.Label), block.Points)}
        </figure>
        """);

    public Html Note(Note block) => Html.Of($"<p class=\"note\">{Sentence(block.Text)}</p>");

    public Html Buttons(Buttons block) => Html.Of(
        $"""
        <form class="buttons" method="post" action="/say">{reading.HiddenFields()}
        {block.Items.Select(button => Html.Of($"<button name=\"line\" value=\"{button.Line}\"{Careful(button)}>{button.Label}</button>\n"))}</form>
        """);

    public Html Choice(Choice block)
    {
        var id = reading.NextId();
        return Html.Of(
            $"""
            <form class="choice" method="post" action="/say">{reading.HiddenFields()}
            <label for="{id}">{block.Label}</label>
            <select id="{id}" name="line">
            {block.Options.Select(option => Html.Of($"<option value=\"{option.Line}\">{option.Label}</option>\n"))}</select>
            <button>Choose</button>
            </form>
            """);
    }

    public Html Form(Form block) => Html.Of(
        $"""
        <form class="ask" method="post" action="/say">{reading.HiddenFields()}<input type="hidden" name="command" value="{block.Command}">
        {block.Fields.Select(field => FormField.Of(field, reading.NextId()))}<button>Send {block.Command}</button>
        </form>
        """);

    public Html Document(Document block) => Html.Of(
        $"""
        <details class="document">
        <summary>Look at {block.Name}</summary>
        <pre tabindex="0" role="region" aria-label="{block.Name}">{block.Content}</pre>
        </details>
        <p><a href="/messages/{reading.Id}/{Uri.EscapeDataString(block.Name)}" download="{block.Name}">Download {block.Name}</a></p>
        """);

    private static Html? Careful(Button button) => button.Destructive ? Html.Of($" class=\"careful\"") : null;

    private Html Row(RankedRow row)
    {
        var remark = row.Remark is not null ? Html.Of($" <span class=\"remark\">{Sentence(row.Remark)}</span>")
            : row.Own ? Html.Of($" <span class=\"remark\">you</span>")
            : null;
        return Html.Of($"<tr{(row.Own ? Html.Of($" class=\"own\"") : null)}><td>{row.Rank}</td><th scope=\"row\">{Sentence(row.Who)}{remark}</th><td class=\"number\">{row.Points}</td></tr>\n");
    }

    private Html Sentence(RichText text) => WebMessage.Sentence(text, reading.Names);

    private string Plain(RichText text) => PlainText.Of(text, reading.Names);
}
