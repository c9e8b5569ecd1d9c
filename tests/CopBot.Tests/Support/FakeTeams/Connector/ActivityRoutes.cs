using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>What the bot says, changes and takes back.</summary>
internal static class ActivityRoutes
{
    private const string Activities = "/v3/conversations/{conversationId}/activities", One = Activities + "/{activityId}";

    public static TeamsRoute[] All { get; } =
    [
        new("POST", Activities, Send),
        // The place is the conversation's alone; which activity it answers leads nowhere.
        new("POST", One, Send),
        new("PUT", One, Update),
        new("DELETE", One, Delete),
        new("GET", One + "/members", call => new JsonArray([.. Bots(call).Where.Members.Select(person => (JsonNode)MemberRoutes.Described(call.Server, person))])),
    ];

    /// <summary>Keeps a message of the bot's, and pings whom it mentions.</summary>
    public static TeamsMessage Keep(TeamsServer server, TeamsConversation where, string? root, JsonObject activity, TeamsPerson? onlyFor = null)
    {
        var id = server.NewNumber();
        var message = new TeamsMessage(id, where, where.Kind == TeamsConversation.Channel ? root ?? id : null, null, server.Clock.GetUtcNow(), Content(activity)) { OnlyFor = onlyFor };
        server.MessageList.Add(message);
        return message;
    }

    private static JsonNode Send(TeamsCall call)
    {
        var (where, root) = TeamsPlaces.Writable(call);
        call.Status = 201;
        if ((string?)call.Body["type"] == "typing")
        {
            call.Server.TypingList.Add(where);
            return new JsonObject { ["id"] = call.Server.NewNumber() };
        }
        return new JsonObject { ["id"] = Keep(call.Server, where, root, call.Body, Targeted(call, where)).Id };
    }

    private static JsonNode Update(TeamsCall call)
    {
        var message = Bots(call);
        TeamsPlaces.MustWrite(message.Where);
        message.Edit(Content(call.Body));
        return new JsonObject { ["id"] = message.Id };
    }

    private static JsonNode? Delete(TeamsCall call)
    {
        var message = Bots(call);
        message.Deleted = true;
        return null;
    }

    private static TeamsMessage Bots(TeamsCall call)
    {
        var (where, _) = TeamsPlaces.Known(call);
        var message = call.Server.MessageList.Find(each => each.Id == call["activityId"] && each.Where == where && !each.Deleted) ?? throw TeamsRefusal.NoActivity;
        return message.Author is null || call.Request.Method == "GET" ? message : throw new TeamsRefusal(403, "NotEnoughPermissions", "Message actions blocked.") { IsBreach = true };
    }

    private static TeamsPerson? Targeted(TeamsCall call, TeamsConversation where)
    {
        if (call.Query("isTargetedActivity") != "true")
            return null;
        if (!call.Server.TargetedMessages)
            throw new TeamsRefusal(400, "Bad argument", "Targeted messages are not enabled.");
        return call.Body["recipient"] is JsonObject recipient && where.Kind != TeamsConversation.Personal && where.Members.FirstOrDefault(person => person.Is((string?)recipient["id"] ?? "")) is { } person
            ? person
            : throw new TeamsRefusal(400, "Bad argument", "The recipient of a targeted message is a member of a channel or group chat.") { IsBreach = true };
    }

    private static TeamsContent Content(JsonObject activity) => new(activity.DeepClone().AsObject(), [.. ActivityRules.Mentions(activity).Select(mention => (string?)mention["mentioned"]?["id"]).OfType<string>().Distinct()]);
}
