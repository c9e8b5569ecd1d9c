using System.Globalization;
using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>What Discord's client makes of a command that a person fills in; it lets through only what is registered.</summary>
internal sealed class DiscordCommandInput(DiscordServer server, DiscordUser by, DiscordChannel where)
{
    private readonly JsonObject resolved = [];

    public (JsonObject Data, JsonObject Command) Run(string path, (string Name, object Value)[] values)
    {
        var (data, command, options, offered) = Open(path);
        foreach (var (name, _) in values)
            if (!offered.Exists(option => (string)option["name"]! == name))
                throw new DiscordClientRefusal($"/{path} has no option {name}; there are: {string.Join(", ", offered.Select(option => (string)option["name"]!))}");
        foreach (var option in offered)
        {
            var name = (string)option["name"]!;
            var given = values.Where(value => value.Name == name).ToList();
            if (given.Count > 1)
                throw new DiscordClientRefusal($"/{path}: {name} is given twice");
            if (given.Count == 0 && (bool?)option["required"] == true)
                throw new DiscordClientRefusal($"/{path}: {name} is required");
            if (given.Count == 1)
                options.Add(new JsonObject { ["name"] = name, ["type"] = option["type"]!.DeepClone(), ["value"] = Value(path, option, given[0].Value) });
        }
        return (Finished(data), command);
    }

    public (JsonObject Data, JsonObject Command) Type(string path, (string Name, object Value)[] typed)
    {
        var (data, command, options, offered) = Open(path);
        foreach (var (index, (name, value)) in typed.Index())
        {
            var option = offered.Find(option => (string)option["name"]! == name) ?? throw new DiscordClientRefusal($"/{path} has no option {name}");
            if (index < typed.Length - 1)
            {
                options.Add(new JsonObject { ["name"] = name, ["type"] = option["type"]!.DeepClone(), ["value"] = Value(path, option, value) });
                continue;
            }
            if ((bool?)option["autocomplete"] != true)
                throw new DiscordClientRefusal($"/{path}: {name} completes nothing");
            // What is half typed goes as text, whatever the option wants in the end.
            options.Add(new JsonObject { ["name"] = name, ["type"] = option["type"]!.DeepClone(), ["value"] = Convert.ToString(value, CultureInfo.InvariantCulture), ["focused"] = true });
        }
        return (Finished(data), command);
    }

    public (JsonObject Data, JsonObject Command) OnUser(string name, DiscordUser target)
    {
        var command = Find(name, 2);
        AddUser(target);
        var data = Named(command);
        data["target_id"] = target.Id;
        return (Finished(data), command);
    }

    public (JsonObject Data, JsonObject Command) OnMessage(string name, DiscordMessage target)
    {
        var command = Find(name, 3);
        resolved["messages"] = new JsonObject { [target.Id] = DiscordShapes.Message(target) };
        var data = Named(command);
        data["target_id"] = target.Id;
        return (Finished(data), command);
    }

    private static JsonObject Named(JsonObject command)
    {
        var data = new JsonObject { ["id"] = (string)command["id"]!, ["name"] = (string)command["name"]!, ["type"] = (int)command["type"]! };
        if (command["guild_id"] is { } guild)
            data["guild_id"] = guild.DeepClone();
        return data;
    }

    private (JsonObject Data, JsonObject Command, JsonArray Options, List<JsonObject> Offered) Open(string path)
    {
        var names = path.TrimStart('/').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var command = Find(names[0], 1);
        var (data, at) = (Named(command), command);
        JsonArray options = [];
        data["options"] = options;
        foreach (var name in names[1..])
        {
            at = Options(at).Find(option => (int)option["type"]! is 1 or 2 && (string)option["name"]! == name) ?? throw new DiscordClientRefusal($"/{path}: there is no {name} in {at["name"]}");
            JsonArray inner = [];
            options.Add(new JsonObject { ["name"] = name, ["type"] = at["type"]!.DeepClone(), ["options"] = inner });
            options = inner;
        }
        var offered = Options(at);
        return offered.Exists(option => (int)option["type"]! is 1 or 2) ? throw new DiscordClientRefusal($"/{path} is not a whole command; it goes on with: {string.Join(", ", offered.Select(option => (string)option["name"]!))}") : (data, command, options, offered);
    }

    private JsonObject Find(string name, int type)
    {
        var guild = where.Guild;
        var botIn = guild is null || guild.FindMember(server.BotUser.Id) is not null;
        if (guild is not null && (DiscordPermissions.Of(by, guild, where) & DiscordPermissions.UseApplicationCommands) == 0)
            throw new DiscordClientRefusal($"{by.Username} may not use commands in {where.Name}");
        var all = (botIn ? guild?.CommandList ?? [] : []).Concat(server.CommandList.Where(command => Installed(command, botIn) && InContext(command))).ToList();
        return all.Find(command => (string)command["name"]! == name && (int)command["type"]! == type && Permitted(command))
            ?? throw new DiscordClientRefusal($"there is no command {name} of type {type} here for {by.Username}; there are: {string.Join(", ", all.Select(command => $"{command["name"]} ({command["type"]})"))}");
    }

    private bool Installed(JsonObject command, bool botIn)
    {
        var kinds = (command["integration_types"] as JsonArray ?? [0]).Select(kind => (int)kind!).ToList();
        return (botIn && kinds.Contains(0)) || (by.HasInstalledApp && kinds.Contains(1));
    }

    private bool InContext(JsonObject command) => command["contexts"] is not JsonArray contexts || contexts.Any(context => (int)context! == (where.Guild is null ? 1 : 0));

    private bool Permitted(JsonObject command) =>
        where.Guild is not { } guild || command["default_member_permissions"]?.ToString() is not { } needed
        || (ulong.Parse(needed, CultureInfo.InvariantCulture) is var bits && DiscordPermissions.Of(by, guild, where) is var held && (held == DiscordPermissions.All || (bits != 0 && (held & bits) == bits)));

    private static List<JsonObject> Options(JsonObject of) => [.. (of["options"] as JsonArray ?? []).Select(option => option!.AsObject())];

    private JsonObject Finished(JsonObject data)
    {
        if (resolved.Count > 0)
            data["resolved"] = resolved;
        if (data["options"] is JsonArray { Count: 0 })
            data.Remove("options");
        return data;
    }

    private JsonNode Value(string path, JsonObject option, object value)
    {
        var (name, type) = ((string)option["name"]!, (int)option["type"]!);
        Exception Wrong(string why) => new DiscordClientRefusal($"/{path}: {name} {why} (given: {value})");
        switch (type, value)
        {
            case (3, string text):
                if (text.Length == 0 || text.Length > ((int?)option["max_length"] ?? 6000) || text.Length < ((int?)option["min_length"] ?? 0))
                    throw Wrong("has a length that is not allowed");
                return Offered(option, choice => (string?)choice["value"] == text || (string?)choice["name"] == text) is { } chosen ? chosen.DeepClone()
                    : option["choices"] is JsonArray { Count: > 0 } ? throw Wrong("is none of the choices") : text;
            case (4, int or long):
                return InRange(option, Convert.ToDouble(value, CultureInfo.InvariantCulture)) ? JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture)) : throw Wrong("is out of range");
            case (10, int or long or double or decimal):
                return InRange(option, Convert.ToDouble(value, CultureInfo.InvariantCulture)) ? JsonValue.Create(Convert.ToDecimal(value, CultureInfo.InvariantCulture)) : throw Wrong("is out of range");
            case (5, bool yes):
                return yes;
            case (6 or 9, DiscordUser user):
                AddUser(user);
                return user.Id;
            case (7, DiscordChannel channel):
                if (option["channel_types"] is JsonArray { Count: > 0 } types && !types.Any(allowed => (int)allowed! == channel.Type))
                    throw Wrong("is a channel of a kind that is not offered");
                Into("channels")[channel.Id] = DiscordShapes.Channel(channel);
                return channel.Id;
            case (8 or 9, DiscordRole role):
                Into("roles")[role.Id] = DiscordShapes.Role(role);
                return role.Id;
            default:
                throw Wrong($"wants a value of type {type}");
        }
    }

    private static bool InRange(JsonObject option, double value) =>
        value >= (Number(option["min_value"]) ?? double.MinValue) && value <= (Number(option["max_value"]) ?? double.MaxValue)
        && (option["choices"] is not JsonArray { Count: > 0 } choices || choices.Any(choice => Number(choice!["value"]) == value));

    private static double? Number(JsonNode? node) => node is null ? null : double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture);

    private static JsonNode? Offered(JsonObject option, Func<JsonObject, bool> which) => (option["choices"] as JsonArray)?.Select(choice => choice!.AsObject()).FirstOrDefault(which)?["value"];

    private void AddUser(DiscordUser user)
    {
        Into("users")[user.Id] = DiscordShapes.User(user);
        if (where.Guild?.FindMember(user.Id) is not { } member)
            return;
        var shape = DiscordShapes.Member(member, withUser: false);
        shape["permissions"] = DiscordShapes.Bits(DiscordPermissions.Of(user, where.Guild, where));
        Into("members")[user.Id] = shape;
    }

    private JsonObject Into(string kind)
    {
        if (resolved[kind] is not JsonObject some)
            resolved[kind] = some = [];
        return some;
    }
}
