using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Wording;

namespace CopBot.Platforms.Teams.Cards;

/// <summary>A message as Teams takes it: a text or a card. Both in one activity would be split, and the id of one part lost (bots/how-to/update-and-delete-bot-messages).</summary>
/// <remarks>Nothing throws; what is too much is shortened and says so. JSON has one parent at a time, as all JSON nodes: clone it to send it twice.</remarks>
/// <param name="Text">The text of an activity with <c>textFormat</c> <c>xml</c>; null where there is a card.</param>
/// <param name="Card">An Adaptive Card of version 1.5, the content of an attachment of <see cref="ContentType"/>; null where there is a text.</param>
/// <param name="Summary">The activity's <c>summary</c>, which a notification shows: plain text of 1 to <see cref="TeamsLimits.Summary"/> code points, and what breaks its addresses.</param>
/// <param name="Entities">The mentions of a text; those of a card are in the card.</param>
public sealed record TeamsMessage(string? Text, JsonObject? Card, string Summary, JsonArray Entities)
{
    /// <summary>The media type of a card.</summary>
    public const string ContentType = "application/vnd.microsoft.card.adaptive";

    internal const string Version = "1.5";

    // The room for each block, from the most to the least.
    private static readonly int[] Rooms = [TeamsLimits.LongestDocument, 7000, 5000, 3500, 2500, 1700, 1200, 800, 500, 300, 150];

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Says a message to a reader.</summary>
    public static TeamsMessage Of(Message message, TeamsReader reader) => message.Card is { Blocks.Count: > 0 } ? OfCard(message, reader) : OfText(message, reader);

    /// <summary>Says a message as a card, whether it has blocks or not: what takes the place of a card has to be one.</summary>
    public static JsonObject CardOf(Message message, TeamsReader reader) => OfCard(message with { Card = message.Card ?? new Card([]) }, reader).Card!;

    /// <summary>How much of an activity a value takes, in bytes: as UTF-16 or as escaped JSON, whichever is more.</summary>
    internal static int Size(JsonNode value) => Math.Max(2 * value.ToJsonString(Plain).Length, value.ToJsonString().Length);

    /// <summary>A card with these elements. What stands for it in clients that do not know its version is the product's own: Markdown is read there.</summary>
    internal static JsonObject Wrap(JsonArray body) => new()
    {
        ["type"] = "AdaptiveCard",
        ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
        ["version"] = Version,
        ["fallbackText"] = "CopBot answered with a card. This version of Teams does not show it; a newer one does.",
        ["body"] = body,
    };

    private static TeamsMessage OfText(Message message, TeamsReader reader)
    {
        for (var room = TeamsLimits.Text; ; room = room * 3 / 4)
        {
            var mentions = new TeamsMentions();
            var text = new TeamsText(reader, mentions, room).Say(message.Summary).Xml();
            if (Size(text) + Size(mentions.Entities) <= TeamsLimits.ContentBytes || room < 200)
                return new(string.IsNullOrWhiteSpace(text) ? "…" : text, null, Notification(message, reader), mentions.Entities);
        }
    }

    private static TeamsMessage OfCard(Message message, TeamsReader reader)
    {
        List<JsonObject> body = [];
        var mentions = new TeamsMentions();
        foreach (var room in Rooms)
        {
            mentions = new();
            body = Write(message, reader, mentions, room);
            var whole = Finish(body, mentions, message, reader);
            if (Size(whole) <= TeamsLimits.ContentBytes)
                return new(null, whole, Notification(message, reader), []);
            body = [.. body.Select(element => (JsonObject)element.DeepClone())];
        }

        // The line that counts the rest is paid for first.
        var left = TeamsLimits.ContentBytes - Size(Finish([Rest(body.Count)], mentions, message, reader));
        var kept = body.TakeWhile(element => (left -= Size(element) + 2) >= 0).ToList();
        return new(null, Finish([.. kept, Rest(body.Count - kept.Count)], mentions, message, reader), Notification(message, reader), []);
    }

    private static List<JsonObject> Write(Message message, TeamsReader reader, TeamsMentions mentions, int room)
    {
        // Inputs of two forms, or of a form and a choice, would get into each other's way.
        var all = message.Card!.Blocks;
        var fillsIn = reader.Alone && all.Count(block => block is Form or Choice) == 1;
        var blocks = new TeamsBlocks(reader, mentions, room, fillsIn);
        List<JsonObject> body = [.. blocks.Paragraph(new Paragraph(message.Summary)), .. all.SelectMany(block => block.Render(blocks))];
        return body.Count > 0 ? body : [new JsonObject { ["type"] = "TextBlock", ["text"] = "…" }];
    }

    private static JsonObject Finish(List<JsonObject> body, TeamsMentions mentions, Message message, TeamsReader reader)
    {
        var elements = new JsonArray();
        var teams = new JsonObject();
        if (mentions.Any)
        {
            elements.Add(new JsonObject { ["type"] = "TextBlock", ["text"] = mentions.Line, ["isSubtle"] = true, ["size"] = "Small", ["wrap"] = true });
            teams["entities"] = mentions.Entities;
        }

        foreach (var element in body)
            elements.Add(element);
        var card = Wrap(elements);
        if (message.Card!.Blocks.Any(block => block is Ranking))
            teams["width"] = "Full";
        if (teams.Count > 0)
            card["msteams"] = teams;
        if (reader.Concerned.Where(TeamsReader.IsAccount).Distinct(StringComparer.Ordinal).Take(TeamsLimits.RefreshUsers).ToList() is { Count: > 0 } concerned)
            card["refresh"] = Refresh(concerned, reader);
        return card;
    }

    private static JsonObject Refresh(IEnumerable<string> concerned, TeamsReader reader) => new()
    {
        ["action"] = new JsonObject { ["type"] = "Action.Execute", ["title"] = "Refresh", ["verb"] = TeamsActions.Refresh, ["data"] = TeamsOffers.Data(TeamsActions.Refresh, reader.Reference, 0) },
        ["userIds"] = new JsonArray([.. concerned.Select(id => (JsonNode)id)]),
    };

    private static JsonObject Rest(int count) => new() { ["type"] = "TextBlock", ["text"] = string.Create(CultureInfo.InvariantCulture, $"… and {count} more"), ["isSubtle"] = true, ["size"] = "Small", ["wrap"] = true };

    private static string Notification(Message message, TeamsReader reader)
    {
        var text = CodePoints.Line(PlainText.Of(message.Summary, reader.Names)).Trim();
        if (text.Length == 0)
            text = CodePoints.Line(PlainText.Of(message, reader.Names)).Trim();
        return text.Length > 0 ? Addresses.Inert(CodePoints.Fit(text, TeamsLimits.Summary)) : "…";
    }
}
