using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;

namespace CopBot.Tests.Support;

/// <summary>
/// Reads a text activity or a card from the wire as a person would read it aloud: the words of <see cref="PlainText"/>, where nothing was shortened. It knows
/// the tags of texts, Adaptive Cards and the drawings; of the message that was rendered it knows nothing.
/// </summary>
/// <param name="names">The name behind an account that is mentioned.</param>
public sealed partial class TeamsPlain(Func<string, string> names)
{
    private const string Pick = "copbot.pick.";

    /// <summary>A text with <c>textFormat</c> <c>xml</c> and its mentions.</summary>
    public static string OfText(string xml, JsonArray entities, Func<string, string> names) => new TeamsPlain(names).Text(xml, entities);

    /// <summary>A card.</summary>
    public static string OfCard(JsonObject card, Func<string, string> names) => string.Join('\n', new TeamsPlain(names).Parts(Items(card, "body")).Where(part => part.Length > 0));

    private string Text(string xml, JsonArray entities) => Visible(Tag().Replace(xml, tag => tag switch
    {
        _ when tag.Groups["at"].Success => "@" + names((string)entities.Single(entity => (string)entity!["text"]! == tag.Value)!["mentioned"]!["id"]!),
        _ when tag.Groups["code"].Success => $"`{WebUtility.HtmlDecode(tag.Groups["code"].Value)}`",
        _ when tag.Groups["url"].Success => WebUtility.HtmlDecode(tag.Groups["url"].Value),
        _ when tag.Value == "<br/>" => "\n",
        _ => WebUtility.HtmlDecode(tag.Value),
    }));

    private IEnumerable<string> Parts(IEnumerable<JsonObject> elements) => elements.SelectMany(Part).Select(part => More().IsMatch(part) ? "   " + part : part);

    private IEnumerable<string> Part(JsonObject element) => Kind(element) switch
    {
        "TextBlock" => Mentions().IsMatch(Member(element, "text")) || element["style"] is not null ? [] : [Visible(Member(element, "text"))],
        "RichTextBlock" => [Paragraph(element)],
        "ColumnSet" => [string.Join(": ", Items(element, "columns").Select(column => string.Join('\n', Items(column, "items").Select(Words))))],
        "Container" when Member(element, "style") == "emphasis" => [string.Concat(Items(Items(element, "items").Single(), "inlines").Select(run => Visible(Member(run, "text"))))],
        "Container" => [Progress([.. Items(element, "items")])],
        "Table" => Items(element, "rows").Skip(1).Select(Row),
        "ActionSet" => Items(element, "actions").SelectMany(action => Action(action)),
        "Input.ChoiceSet" when Member(element, "id").StartsWith(Pick, StringComparison.Ordinal) => Items(element, "choices").Select(option => Offer(Member(option, "title"), Member(option, "value").Split(':', 2)[1])),
        var kind when kind.StartsWith("Input.", StringComparison.Ordinal) => [Field(element)],
        var kind when kind.StartsWith("Chart.", StringComparison.Ordinal) => [],
        var kind => throw new InvalidOperationException($"CopBot sends no {kind}"),
    };

    // A bold name at the beginning of a line is a field's, or the label of something to type.
    private static string Paragraph(JsonObject block)
    {
        var runs = Items(block, "inlines").ToList();
        var isNamed = runs.Count > 1 && IsBold(runs[0]) && !IsBold(runs[1]);
        return isNamed && FieldName().IsMatch(Member(runs[1], "text")) ? "  " + Words(block)
            : isNamed && runs.Count == 3 && IsCode(runs[2]) ? Offer(Visible(Member(runs[0], "text")), Visible(Member(runs[2], "text")))
            : Words(block);
    }

    private static string Words(JsonObject block) => string.Concat(Items(block, "inlines").Select(run => IsCode(run) ? $"`{Visible(Member(run, "text"))}`" : Member(run, "color") == "Accent" ? "" : Visible(Member(run, "text"))));

    private static string Progress(List<JsonObject> items)
    {
        var bar = items.FindIndex(item => Kind(item) == "ColumnSet");
        var parts = Items(items[bar], "columns").ToLookup(column => Member(column, "style") == "emphasis", column => column["width"]!.GetValue<int>());
        var full = (int)Math.Round(parts[false].Sum() * 20m / (parts[false].Sum() + parts[true].Sum()));
        return $"{string.Concat(items[..bar].Select(Words))} [{new string('#', full)}{new string('.', 20 - full)}] {string.Concat(items[(bar + 1)..].Select(Words))}";
    }

    private static string Row(JsonObject row)
    {
        var cells = Items(row, "cells").Select(cell => Items(cell, "items").ToList()).ToList();
        var (rank, points) = (string.Concat(cells[0].Select(Words)), string.Concat(cells[2].Select(Words)));
        var remarks = cells[1].Where(item => Member(item, "spacing") == "None").ToList();
        return $"{(rank.StartsWith('→') ? "→" : " ")} {rank.TrimStart('→', ' '),2}. {string.Concat(cells[1].Except(remarks).Select(Words))} {points}{string.Concat(remarks.Select(remark => $"  ({Words(remark)})"))}";
    }

    private static IEnumerable<string> Action(JsonObject action, string? title = null) => Kind(action) == "Action.ShowCard"
        ? Items((JsonObject)action["card"]!, "actions").SelectMany(inner => Action(inner, Member(action, "title")))
        : action["data"]!["copbot"] is JsonObject own && Member(own, "do") == "say" && own["line"] is { } line ? [Offer(title ?? Member(action, "title"), (string)line!)] : [];

    private static string Field(JsonObject input)
    {
        var choices = input["choices.data"] is null && input["choices"] is not null ? Items(input, "choices").Select(choice => Member(choice, "value")).Where(choice => choice != "copbot.none").ToList() : [];
        var known = Kind(input) == "Input.Toggle" && Member(input, "value") == "no" ? null : input["value"]?.ToString();
        return $"  {Member(input, "id")}{(input["isRequired"] is null ? " (optional)" : "")}: {Visible(Member(input, "label"))}"
            + (choices.Count > 0 ? $" [{string.Join(" | ", choices)}]" : "") + (known is null ? "" : $" = {known}");
    }

    private static string Offer(string title, string line) => $"  [{Visible(title)}] {PlainText.Visible(line)}";

    // What breaks addresses is neither seen nor said.
    private static string Visible(string text) => new StringBuilder(text).Replace("\u2060", "").ToString();

    private static bool IsBold(JsonObject run) => Member(run, "weight") == "Bolder";

    private static bool IsCode(JsonObject run) => Member(run, "fontType") == "Monospace";

    private static string Kind(JsonObject node) => Member(node, "type");

    private static string Member(JsonObject node, string member) => node[member]?.GetValue<string>() ?? "";

    private static IEnumerable<JsonObject> Items(JsonObject node, string member) => node[member]!.AsArray().Select(item => item!.AsObject());

    [GeneratedRegex("<at>(?<at>[^<]*)</at>|<code>(?<code>[^<]*)</code>|<a href=\"(?<url>[^\"]*)\">[^<]*</a>|<br/>|&#?[a-z0-9]+;")]
    private static partial Regex Tag();

    [GeneratedRegex("^(?:<at>[^<>]*</at> ?)+\\z")]
    private static partial Regex Mentions();

    [GeneratedRegex("^… and [0-9]+ more\\z")]
    private static partial Regex More();

    [GeneratedRegex("^(?: \\(optional\\))?: ")]
    private static partial Regex FieldName();
}
