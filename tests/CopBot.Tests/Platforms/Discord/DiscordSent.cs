using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Discord.Messages;
using CopBot.Tests.Platforms.WebChat;

namespace CopBot.Tests.Platforms.Discord;

/// <summary>Messages as they are sent, what is wrong with them, and a form that can be compared.</summary>
public static class DiscordSent
{
    private static readonly JsonSerializerOptions Indented = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    /// <summary>Ana may be mentioned here, Eve not.</summary>
    public static DiscordReader Reader { get; } = new(SampleMessages.NameOf, person => person == SampleMessages.Ana ? "1001" : null);

    public static string Golden(JsonNode node) => node.ToJsonString(Indented);

    public static Message Message(params Block[] blocks) => new("What it is.", Card.Of(blocks));

    public static JsonObject Json(DiscordMessage message) => (JsonObject)JsonNode.Parse(new JsonObject
    {
        ["content"] = message.Content,
        ["embeds"] = message.Embeds.DeepClone(),
        ["components"] = message.Components.DeepClone(),
        ["allowed_mentions"] = new JsonObject { ["parse"] = new JsonArray(), ["users"] = new JsonArray([.. message.Pings.Select(id => (JsonNode)id)]) },
    }.ToJsonString())!;

    /// <summary>What Discord would refuse of a bot's message (docs.discord.com/developers/resources/message, components/reference).</summary>
    public static IReadOnlyList<string> Wrong(DiscordMessage message)
    {
        List<string> wrong = [];
        void Check(bool holds, string what)
        {
            if (!holds)
                wrong.Add(what);
        }

        var texts = message.Embeds.Select(embed => (string)embed!["description"]!).ToList();
        Check(message.Content.Length <= 2000, "content is too long");
        Check(message.Content.Trim().Length > 0 || texts.Count > 0 || message.Components.Count > 0, "nothing is said");
        Check(texts.Count <= 1 && texts.All(text => text.Trim().Length > 0 && text.Length <= 4096), "the embed is empty or too long");
        Check(message.Components.Count <= 5, "too many rows");
        List<string> ids = [];
        foreach (var row in message.Components.Select(row => row!["components"]!.AsArray()))
        {
            Check(row.Count is >= 1 and <= 5 && (row.Count == 1 || row.All(part => (int)part!["type"]! == 2)), "a row is wrong");
            foreach (var part in row.Select(part => part!.AsObject()))
            {
                ids.Add((string)part["custom_id"]!);
                if ((int)part["type"]! == 2)
                {
                    Check(((string)part["label"]!).Trim().Length is >= 1 and <= 80 && (int)part["style"]! is >= 1 and <= 4, "a button is wrong");
                }
                else
                {
                    var options = part["options"]!.AsArray();
                    Check(options.Count is >= 1 and <= 25 && ((string)part["placeholder"]!).Length is >= 1 and <= 150, "a menu is wrong");
                    Check(options.Select(option => (string)option!["value"]!).Distinct(StringComparer.Ordinal).Count() == options.Count, "two options are the same");
                    Check(options.All(option => ((string)option!["value"]!).Length is >= 1 and <= 100 && ((string)option["label"]!).Length is >= 1 and <= 100), "an option is wrong");
                }
            }
        }

        Check(ids.All(id => id.Length is >= 1 and <= 100 && DiscordIds.Read(id) is not null) && ids.Distinct(StringComparer.Ordinal).Count() == ids.Count, $"the names are wrong: {string.Join(' ', ids)}");
        Check(message.Pings.Count <= 100 && message.Pings.All(DiscordReader.IsAccount), "the pings are wrong");
        return wrong;
    }
}
