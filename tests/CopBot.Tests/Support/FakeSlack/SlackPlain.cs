using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using CopBot.Platforms.Slack.Blocks;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>
/// Reads blocks from the wire as a person would read them aloud: the words of <see cref="PlainText"/>, where nothing was shortened. It knows
/// Block Kit and the two drawings, a bar and a sparkline; of the message that was rendered it knows nothing.
/// </summary>
public static partial class SlackPlain
{
    /// <summary>The body of a message: its blocks, or the text where there are none.</summary>
    public static string Of(JsonObject message, Func<string, string> names) => message["blocks"] is JsonArray { Count: > 0 } blocks
        ? Of(blocks, names)
        : (message["text"]?.GetValue<string>() ?? "").Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);

    /// <summary>The blocks of a message or a view; <paramref name="names"/> gives the name behind a user id.</summary>
    public static string Of(JsonArray blocks, Func<string, string> names) => string.Join('\n', blocks.SelectMany(block => Parts(block!.AsObject(), names)));

    private static IEnumerable<string> Parts(JsonObject block, Func<string, string> names) => Kind(block) switch
    {
        "rich_text" => Items(block, "elements").Select(section => Section(section, names)),
        "section" or "header" => [Text(block["text"]!, "text")],
        "actions" => Items(block, "elements").SelectMany(Offers),
        "divider" => [],
        var kind => throw new InvalidOperationException($"CopBot sends no {kind}"),
    };

    private static string Section(JsonObject section, Func<string, string> names)
    {
        var kept = Kind(section) == "rich_text_preformatted";
        var text = new StringBuilder();
        foreach (var element in Items(section, "elements"))
        {
            text.Append(Kind(element) switch
            {
                "user" => "@" + names(Text(element, "user_id")),
                "link" => Text(element, "url"),
                "text" when element["style"]?["code"] is not null => $"`{Text(element, "text")}`",
                "text" => kept ? Text(element, "text") : Drawn(Text(element, "text")),
                var kind => throw new InvalidOperationException($"CopBot sends no {kind}"),
            });
        }

        return text.ToString();
    }

    private static string Drawn(string text) =>
        Bar().IsMatch(text) ? $" [{text.Trim().Replace('▓', '#').Replace('░', '.')}] "
        : Sparkline().IsMatch(text) ? ""
        : text;

    private static IEnumerable<string> Offers(JsonObject element) => Kind(element) switch
    {
        "button" when Text(element, "action_id").StartsWith(SlackBlocks.FillIn, StringComparison.Ordinal) => [],
        "button" => [Offer(element)],
        "static_select" => Items(element, "options").Select(Offer),
        var kind => throw new InvalidOperationException($"CopBot sends no {kind}"),
    };

    private static string Offer(JsonObject offer) => $"  [{Text(offer["text"]!, "text")}] {PlainText.Visible(Text(offer, "value"))}";

    private static string Kind(JsonObject node) => Text(node, "type");

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();

    private static IEnumerable<JsonObject> Items(JsonObject node, string member) => node[member]!.AsArray().Select(item => item!.AsObject());

    [GeneratedRegex("^ (?=.{20} \\z)▓*░* \\z")]
    private static partial Regex Bar();

    [GeneratedRegex("^ [▁-█]+\\z")]
    private static partial Regex Sparkline();
}
