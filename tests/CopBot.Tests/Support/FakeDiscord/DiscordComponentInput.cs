using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>What Discord's client makes of a press, a choice, or a form sent.</summary>
internal static class DiscordComponentInput
{
    public static JsonObject Click(DiscordMessage message, string button)
    {
        var all = DiscordComponents.Interactive(message.Components).Where(component => DiscordComponents.TypeOf(component) == DiscordComponents.Button).ToList();
        var pressed = all.Find(component => (string?)component["custom_id"] == button) ?? all.Find(component => (string?)component["label"] == button)
            ?? throw new DiscordClientRefusal($"there is no button {button}; there are: {string.Join(", ", all.Select(component => $"{component["label"]} ({component["custom_id"]})"))}");
        return Enabled(pressed) is var custom ? new() { ["custom_id"] = custom, ["component_type"] = DiscordComponents.Button, ["id"] = 1 } : [];
    }

    public static JsonObject Choose(DiscordServer server, DiscordMessage message, string select, object[] chosen)
    {
        var all = DiscordComponents.Interactive(message.Components).Where(component => DiscordComponents.TypeOf(component) is 3 or 5 or 6 or 7 or 8).ToList();
        var found = all.Find(component => (string?)component["custom_id"] == select) ?? throw new DiscordClientRefusal($"there is no select {select}; there are: {string.Join(", ", all.Select(component => (string?)component["custom_id"]))}");
        JsonObject resolved = [];
        var data = new JsonObject { ["custom_id"] = Enabled(found), ["component_type"] = DiscordComponents.TypeOf(found), ["id"] = 1, ["values"] = Chosen(server, message.Channel.Guild, found, chosen, resolved) };
        if (resolved.Count > 0)
            data["resolved"] = resolved;
        return data;
    }

    public static JsonObject Submit(DiscordServer server, DiscordModal modal, (string CustomId, object Value)[] values)
    {
        JsonObject resolved = [];
        foreach (var (id, _) in values)
            if (!modal.Inputs.Any(input => (string)input["custom_id"]! == id))
                throw new DiscordClientRefusal($"the form has no field {id}; there are: {string.Join(", ", modal.Inputs.Select(input => (string)input["custom_id"]!))}");
        var guild = modal.Interaction.Channel.Guild;
        JsonObject Filled(JsonObject input)
        {
            var id = (string)input["custom_id"]!;
            var given = values.Where(value => value.CustomId == id).Select(value => value.Value).FirstOrDefault();
            var filled = new JsonObject { ["type"] = DiscordComponents.TypeOf(input), ["id"] = 1, ["custom_id"] = id };
            Fill(server, guild, modal, input, given, filled, resolved);
            return filled;
        }
        var components = new JsonArray([.. modal.Body["components"]!.AsArray().Select(component => component!.AsObject()).Select(component => DiscordComponents.TypeOf(component) switch
        {
            DiscordComponents.ActionRow => new JsonObject { ["type"] = DiscordComponents.ActionRow, ["id"] = 1, ["components"] = new JsonArray([.. component["components"]!.AsArray().Select(input => Filled(input!.AsObject()))]) },
            DiscordComponents.Label => new JsonObject { ["type"] = DiscordComponents.Label, ["id"] = 1, ["component"] = Filled(component["component"]!.AsObject()) },
            var type => new JsonObject { ["type"] = type, ["id"] = 1 },
        })]);
        var data = new JsonObject { ["custom_id"] = modal.CustomId, ["components"] = components };
        if (resolved.Count > 0)
            data["resolved"] = resolved;
        return data;
    }

    private static void Fill(DiscordServer server, DiscordGuild? guild, DiscordModal modal, JsonObject input, object? given, JsonObject filled, JsonObject resolved)
    {
        var (id, required) = ((string)input["custom_id"]!, (bool?)input["required"] ?? true);
        switch (DiscordComponents.TypeOf(input))
        {
            case DiscordComponents.TextInput:
                var text = given?.ToString() ?? (string?)input["value"] ?? "";
                if (text.Length == 0 && required)
                    throw new DiscordClientRefusal($"{modal.LabelOf(id)} is required");
                if (text.Length > ((int?)input["max_length"] ?? 4000) || (text.Length > 0 && text.Length < ((int?)input["min_length"] ?? 0)))
                    throw new DiscordClientRefusal($"{modal.LabelOf(id)} has a length that is not allowed: {text.Length}");
                filled["value"] = text;
                break;
            case DiscordComponents.Checkbox:
                filled["value"] = given as bool? ?? (bool?)input["default"] ?? false;
                break;
            case DiscordComponents.RadioGroup:
                var one = given is null ? Defaults(input) : [given];
                filled["value"] = one.Length == 0 ? required ? throw new DiscordClientRefusal($"{modal.LabelOf(id)} is required") : null : Option(input, one[0].ToString()!);
                break;
            default:
                var chosen = given switch { null => Defaults(input), string or DiscordUser or DiscordRole or DiscordChannel => [given], System.Collections.IEnumerable several => several.Cast<object>().ToArray(), _ => [given] };
                if (chosen.Length == 0 && !required)
                    filled["values"] = new JsonArray();
                else
                    filled["values"] = chosen.Length == 0 ? throw new DiscordClientRefusal($"{modal.LabelOf(id)} is required") : Chosen(server, guild, input, chosen, resolved);
                break;
        }
    }

    private static object[] Defaults(JsonObject input) =>
        [.. (input["options"] as JsonArray ?? []).Where(option => (bool?)option!["default"] == true).Select(option => (object)(string)option!["value"]!), .. (input["default_values"] as JsonArray ?? []).Select(value => (object)(string)value!["id"]!)];

    private static string Enabled(JsonObject component) => (bool?)component["disabled"] == true ? throw new DiscordClientRefusal($"{component["custom_id"]} is disabled") : (string)component["custom_id"]!;

    private static JsonArray Chosen(DiscordServer server, DiscordGuild? guild, JsonObject select, object[] chosen, JsonObject resolved)
    {
        var (least, most) = ((int?)select["min_values"] ?? 1, (int?)select["max_values"] ?? 1);
        if (DiscordComponents.TypeOf(select) != DiscordComponents.CheckboxGroup && (chosen.Length < least || chosen.Length > most))
            throw new DiscordClientRefusal($"{select["custom_id"]} takes {least} to {most} values, not {chosen.Length}");
        return new([.. chosen.Select(value => JsonValue.Create(DiscordComponents.TypeOf(select) switch
        {
            DiscordComponents.StringSelect or DiscordComponents.CheckboxGroup => Option(select, value.ToString()!),
            DiscordComponents.UserSelect => Resolve(server, guild, value, resolved, "users"),
            DiscordComponents.RoleSelect => Resolve(server, guild, value, resolved, "roles"),
            DiscordComponents.ChannelSelect => Resolve(server, guild, value, resolved, "channels"),
            DiscordComponents.MentionableSelect => Resolve(server, guild, value, resolved, "users", "roles"),
            var type => throw new DiscordClientRefusal($"{select["custom_id"]} is of type {type}, in which nothing can be chosen here"),
        }))]);
    }

    private static string Option(JsonObject select, string wanted)
    {
        var options = select["options"]!.AsArray().Select(option => option!.AsObject()).ToList();
        var found = options.Find(option => (string?)option["value"] == wanted) ?? options.Find(option => (string?)option["label"] == wanted);
        return (string?)found?["value"] ?? throw new DiscordClientRefusal($"{select["custom_id"]} does not offer {wanted}; it offers: {string.Join(", ", options.Select(option => $"{option["label"]} ({option["value"]})"))}");
    }

    private static string Resolve(DiscordServer server, DiscordGuild? guild, object value, JsonObject resolved, params string[] kinds)
    {
        var thing = value is string id ? (object?)server.FindUser(id) ?? (object?)guild?.FindRole(id) ?? server.FindChannel(id) : value;
        var (kind, key, shape) = thing switch
        {
            DiscordUser user => ("users", user.Id, DiscordShapes.User(user)),
            DiscordRole role => ("roles", role.Id, DiscordShapes.Role(role)),
            DiscordChannel channel => ("channels", channel.Id, DiscordShapes.Channel(channel)),
            _ => throw new DiscordClientRefusal($"nobody and nothing is called {value}"),
        };
        if (!kinds.Contains(kind))
            throw new DiscordClientRefusal($"{kind} cannot be chosen here");
        Add(resolved, kind, key, shape);
        if (thing is DiscordUser person && guild?.FindMember(person.Id) is { } member)
            Add(resolved, "members", key, DiscordShapes.Member(member, withUser: false));
        return key;
    }

    private static void Add(JsonObject resolved, string kind, string id, JsonObject shape)
    {
        if (resolved[kind] is not JsonObject some)
            resolved[kind] = some = [];
        some[id] = shape;
    }
}
