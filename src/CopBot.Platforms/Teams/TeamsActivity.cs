using System.Text.Json.Nodes;
using CopBot.Platforms.Teams.Cards;

namespace CopBot.Platforms.Teams;

/// <summary>What goes to a service of Teams (azure/bot-service/rest-api/bot-framework-rest-connector-api-reference, “Activity object”).</summary>
internal static class TeamsActivity
{
    /// <summary>A message: its text or its card, never both, for Teams would split it and give the id of one part only.</summary>
    public static JsonObject Of(TeamsMessage message)
    {
        var activity = new JsonObject { ["type"] = "message", ["summary"] = message.Summary };
        if (message.Card is { } card)
        {
            activity["attachments"] = new JsonArray(new JsonObject { ["contentType"] = TeamsMessage.ContentType, ["content"] = card.DeepClone() });
            return activity;
        }

        activity["text"] = message.Text;
        activity["textFormat"] = "xml";
        if (message.Entities.Count > 0)
            activity["entities"] = message.Entities.DeepClone();
        return activity;
    }

    /// <summary>The conversation with one person (bots/how-to/conversations/send-proactive-messages, “Create the conversation”).</summary>
    public static JsonObject Conversation(TeamsSettings settings, string mri) => new()
    {
        ["isGroup"] = false,
        ["bot"] = Bot(settings),
        ["members"] = new JsonArray(new JsonObject { ["id"] = mri }),
        ["tenantId"] = settings.TenantId,
        ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = settings.TenantId } },
    };

    /// <summary>A new thread in a channel, which begins with a message.</summary>
    public static JsonObject Thread(TeamsSettings settings, string channel, JsonNode activity) => new()
    {
        ["isGroup"] = true,
        ["bot"] = Bot(settings),
        ["tenantId"] = settings.TenantId,
        ["channelData"] = new JsonObject { ["channel"] = new JsonObject { ["id"] = channel }, ["tenant"] = new JsonObject { ["id"] = settings.TenantId } },
        ["activity"] = activity,
    };

    private static JsonObject Bot(TeamsSettings settings) => new() { ["id"] = "28:" + settings.AppId };
}
