using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>Conversations that the bot begins: with one person, and as a new thread of a channel.</summary>
internal static class ConversationRoutes
{
    public static TeamsRoute[] All { get; } =
    [
        new("POST", "/v3/conversations", Create),
        new("GET", "/v3/teams/{teamId}", call => Team(call) is var team
            ? new JsonObject { ["id"] = team.Id, ["name"] = team.Name, ["aadGroupId"] = team.AadGroupId, ["channelCount"] = team.Channels.Count, ["memberCount"] = team.MemberList.Count, ["tenantId"] = call.Server.TenantId, ["type"] = "standard" }
            : null),
        new("GET", "/v3/teams/{teamId}/conversations", call => new JsonObject
        {
            // The channel General has no name here: clients translate it.
            ["conversations"] = new JsonArray([.. Team(call).Channels.Select(channel => (JsonNode)new JsonObject { ["id"] = channel.Id, ["name"] = channel.IsGeneral ? null : channel.Name, ["type"] = "standard" })]),
        }),
    ];

    /// <summary>Where a conversation that is asked for would be; null where nowhere.</summary>
    public static TeamsConversation? Meant(TeamsServer server, JsonObject body) =>
        (string?)body["channelData"]?["channel"]?["id"] is { } channel ? server.FindConversation(channel)
        : body["members"] is JsonArray { Count: 1 } members && members[0] is JsonObject member && server.FindPerson((string?)member["id"] ?? "") is { } person ? person.Chat
        : null;

    private static JsonNode Create(TeamsCall call)
    {
        var body = call.Body;
        call.Status = 201;
        if ((string?)body["channelData"]?["channel"]?["id"] is { } channel)
            return Thread(call, channel);
        if ((bool?)body["isGroup"] == true || body["members"] is JsonArray { Count: > 1 })
            throw TeamsRefusal.BadSyntax("Incorrect conversation creation parameters");
        return Chat(call);
    }

    private static JsonObject Thread(TeamsCall call, string channel)
    {
        if ((bool?)call.Body["isGroup"] != true || call.Body["activity"] is not JsonObject activity)
            throw TeamsRefusal.BadSyntax("Incorrect conversation creation parameters");
        var where = call.Server.FindConversation(channel) is { Kind: TeamsConversation.Channel } found ? found : throw TeamsRefusal.NoConversation;
        if (!call.Server.BotIn(where))
            throw TeamsRefusal.NotInRoster;
        TeamsPlaces.MustWrite(where);
        var message = ActivityRoutes.Keep(call.Server, where, null, activity);
        return new() { ["id"] = message.ConversationId, ["activityId"] = message.Id, ["serviceUrl"] = call.Server.ServiceUrl.AbsoluteUri };
    }

    private static JsonObject Chat(TeamsCall call)
    {
        var (server, body) = (call.Server, call.Body);
        if (body["members"] is not JsonArray { Count: 1 } members || (string?)members[0]?["id"] is not { } id)
            throw TeamsRefusal.BadSyntax("Incorrect conversation creation parameters");
        if (!id.StartsWith("29:", StringComparison.Ordinal))
            throw TeamsRefusal.BadSyntax("Bad format of conversation member ID");
        if (((string?)body["tenantId"] ?? (string?)body["channelData"]?["tenant"]?["id"]) != server.TenantId)
            throw TeamsRefusal.BadSyntax("The tenant of the conversation is missing or another one");
        var person = server.PersonList.Find(each => each.Mri == id && !each.Gone) ?? throw new TeamsRefusal(403, "ForbiddenOperationException", "Failed to decrypt pairwise id");
        if (!server.Reaches(person))
            throw new TeamsRefusal(403, "ForbiddenOperationException", "Bot is not installed in user's personal scope");
        var where = person.Chat;
        if (body["activity"] is not JsonObject activity)
            return new() { ["id"] = where.Id };
        TeamsPlaces.MustWrite(where);
        return new() { ["id"] = where.Id, ["activityId"] = ActivityRoutes.Keep(server, where, null, activity).Id };
    }

    private static TeamsTeam Team(TeamsCall call) =>
        call.Server.Teams.FirstOrDefault(team => team.Id == call["teamId"]) is not { } found ? throw new TeamsRefusal(404, "TeamNotFound", "Team not found.") : found.HasApp ? found : throw TeamsRefusal.NotInRoster;
}
