using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>The bot itself: where its gateway is, who it is, what commands it has.</summary>
internal static class ApplicationRoutes
{
    private const string OfAll = "/applications/{application_id}/commands", OfGuild = "/applications/{application_id}/guilds/{guild_id}/commands";

    public static DiscordRoute[] All { get; } =
    [
        new("GET", "/gateway/bot", Gateway),
        new("GET", "/gateway", call => new JsonObject { ["url"] = Url(call.Server) }),
        new("GET", "/users/@me", call => Self(call.Server)),
        new("GET", "/applications/@me", Application),
        new("GET", OfAll, call => List(call, Own(call).CommandList)),
        new("PUT", OfAll, call => Overwrite(call, Own(call).CommandList, null)),
        new("POST", OfAll, call => Upsert(call, Own(call).CommandList, null)),
        new("GET", OfGuild, call => List(call, Guild(call).CommandList)),
        new("PUT", OfGuild, call => Overwrite(call, Guild(call).CommandList, Guild(call).Id)),
        new("POST", OfGuild, call => Upsert(call, Guild(call).CommandList, Guild(call).Id)),
    ];

    public static JsonObject Self(DiscordServer server)
    {
        var shape = DiscordShapes.User(server.BotUser);
        (shape["verified"], shape["mfa_enabled"], shape["email"], shape["flags"], shape["bio"]) = (true, true, null, 0, "");
        return shape;
    }

    /// <summary>The flags tell which privileged intents the developer portal allows.</summary>
    public static int Flags(DiscordServer server) =>
        ((server.PrivilegedIntents & GatewayIntents.GuildPresences) != 0 ? 1 << 13 : 0) | ((server.PrivilegedIntents & GatewayIntents.GuildMembers) != 0 ? 1 << 15 : 0) | ((server.PrivilegedIntents & GatewayIntents.MessageContent) != 0 ? 1 << 19 : 0) | (1 << 23);

    private static string Url(DiscordServer server) => server.GatewayUrl.AbsoluteUri;

    private static JsonObject Gateway(DiscordCall call) => new()
    {
        ["url"] = Url(call.Server),
        ["shards"] = call.Server.RecommendedShards,
        ["session_start_limit"] = new JsonObject { ["total"] = call.Server.Gateway.StartsTotal, ["remaining"] = Math.Max(0, call.Server.Gateway.StartsRemaining), ["reset_after"] = 86_400_000, ["max_concurrency"] = call.Server.Gateway.MaxConcurrency },
    };

    private static JsonObject Application(DiscordCall call) => new()
    {
        ["id"] = call.Server.ApplicationId,
        ["name"] = "CopBot",
        ["icon"] = null,
        ["description"] = "",
        ["type"] = null,
        ["bot_public"] = true,
        ["bot_require_code_grant"] = false,
        ["verify_key"] = new string('0', 64),
        ["flags"] = Flags(call.Server),
        ["owner"] = DiscordShapes.User(call.Server.Guild.Owner),
        ["team"] = null,
        ["bot"] = DiscordShapes.User(call.Server.BotUser),
        ["redirect_uris"] = new JsonArray(),
        ["interactions_endpoint_url"] = null,
        ["approximate_guild_count"] = call.Server.Guilds.Count(guild => guild.BotIn),
        ["integration_types_config"] = new JsonObject { ["0"] = new JsonObject(), ["1"] = new JsonObject() },
    };

    private static DiscordServer Own(DiscordCall call) => call["application_id"] == call.Server.ApplicationId ? call.Server : throw DiscordRefusal.Of(20012);

    private static DiscordGuild Guild(DiscordCall call)
    {
        Own(call);
        return call.Guild();
    }

    private static JsonArray List(DiscordCall call, List<JsonObject> commands)
    {
        var all = new JsonArray([.. commands.Select(command => command.DeepClone())]);
        if (!call.Flag("with_localizations"))
            foreach (var command in all)
                foreach (var name in (string[])["name_localizations", "description_localizations"])
                    command!.AsObject().Remove(name);
        return all;
    }

    /// <summary>All at once: what is not named is gone, what keeps its name and type keeps its id.</summary>
    private static JsonArray Overwrite(DiscordCall call, List<JsonObject> commands, string? guild)
    {
        var next = (call.Request.Body as JsonArray ?? []).Select(command => Kept(call, commands, command!.AsObject(), guild)).ToList();
        commands.Clear();
        commands.AddRange(next);
        return new([.. next.Select(command => command.DeepClone())]);
    }

    private static JsonObject Upsert(DiscordCall call, List<JsonObject> commands, string? guild)
    {
        var command = Kept(call, commands, call.Body, guild);
        call.Status = commands.RemoveAll(known => (string)known["id"]! == (string)command["id"]!) > 0 ? 200 : 201;
        commands.Add(command);
        return command.DeepClone().AsObject();
    }

    private static JsonObject Kept(DiscordCall call, List<JsonObject> commands, JsonObject asked, string? guild)
    {
        var type = (int?)asked["type"] ?? 1;
        var known = commands.Find(command => (string)command["name"]! == (string)asked["name"]! && (int)command["type"]! == type);
        var command = new JsonObject
        {
            ["id"] = known?["id"]?.ToString() ?? call.Server.NewId(),
            ["application_id"] = call.Server.ApplicationId,
            ["version"] = call.Server.NewId(),
            ["default_member_permissions"] = asked["default_member_permissions"]?.ToString(),
            ["type"] = type,
            ["name"] = (string)asked["name"]!,
            ["name_localizations"] = asked["name_localizations"]?.DeepClone(),
            ["description"] = (string?)asked["description"] ?? "",
            ["description_localizations"] = asked["description_localizations"]?.DeepClone(),
            ["nsfw"] = (bool?)asked["nsfw"] ?? false,
        };
        if (asked["options"] is JsonArray { Count: > 0 } options)
            command["options"] = options.DeepClone();
        if (guild is not null)
            command["guild_id"] = guild;
        else
        {
            command["contexts"] = asked["contexts"]?.DeepClone();
            command["integration_types"] = asked["integration_types"]?.DeepClone() ?? new JsonArray(0);
        }
        return command;
    }
}
