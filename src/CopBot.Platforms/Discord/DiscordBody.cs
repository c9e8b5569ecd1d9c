using System.Text.Json.Nodes;
using CopBot.Platforms.Discord.Messages;

namespace CopBot.Platforms.Discord;

/// <summary>The body of a request that says something. Whom it may ping is always said, on edits too: what is left out means everybody (docs.discord.com/developers/resources/message, “Allowed Mentions”).</summary>
internal static class DiscordBody
{
    public static JsonObject Of(DiscordMessage message, bool pings = false) => new()
    {
        ["content"] = message.Content,
        ["embeds"] = message.Embeds.DeepClone(),
        ["components"] = message.Components.DeepClone(),
        ["allowed_mentions"] = new JsonObject
        {
            ["parse"] = new JsonArray(),
            ["users"] = new JsonArray([.. (pings ? message.Pings : []).Select(id => JsonValue.Create(id))]),
            ["replied_user"] = false,
        },
    };
}
