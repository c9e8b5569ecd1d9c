using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>Limits of components, in messages and in forms.</summary>
internal sealed class ComponentRules(List<(string Path, string Problem)> problems, string at)
{
    private const int Link = 5, Premium = 6;

    public void Message(JsonArray components, bool v2)
    {
        if (!v2)
        {
            Unless(components.Count <= 5, "components", "Must be 5 or fewer in length.");
            Unless(components.All(row => row is JsonObject thing && DiscordComponents.TypeOf(thing) == DiscordComponents.ActionRow), "components", "only rows, without the flag for components V2");
        }
        var all = DiscordComponents.Flat(components).ToList();
        Unless(all.Count <= 40 || !v2, "components", "Must be 40 or fewer in total.");
        Unless(DiscordComponents.TextsOf(components).Sum(text => text.Length) <= 4000, "components", "Text displays have 4000 characters in total.");
        Unique(all);
        foreach (var component in all)
            Check(component);
        foreach (var (index, row) in all.Where(component => DiscordComponents.TypeOf(component) == DiscordComponents.ActionRow).Index())
            Row(row, index);
    }

    public void Modal(JsonObject data)
    {
        var components = data["components"] as JsonArray ?? [];
        Length(data["title"], "title", 1, 45);
        Length(data["custom_id"], "custom_id", 1, 100);
        Unless(components.Count is >= 1 and <= 5, "components", "Must be between 1 and 5 in length.");
        var all = DiscordComponents.Flat(components).ToList();
        Unless(all.Any(component => component["custom_id"] is not null), "components", "has nothing to fill in");
        Unique(all);
        foreach (var component in all)
        {
            Check(component);
            if (DiscordComponents.TypeOf(component) == DiscordComponents.ActionRow)
                Unless((component["components"] as JsonArray)?.Count == 1, "components", "a row of a form has one text input");
        }
    }

    private void Row(JsonObject row, int index)
    {
        var kinds = (row["components"] as JsonArray ?? []).OfType<JsonObject>().Select(DiscordComponents.TypeOf).ToList();
        Unless(kinds.Count is >= 1 and <= 5, $"components[{index}].components", "Must be between 1 and 5 in length.");
        Unless(kinds.All(kind => kind == DiscordComponents.Button) || kinds.Count == 1, $"components[{index}].components", "a row has up to five buttons or one select");
    }

    private void Unique(List<JsonObject> all)
    {
        foreach (var twice in all.Select(component => component["custom_id"]?.ToString()).OfType<string>().GroupBy(id => id).Where(group => group.Count() > 1))
            problems.Add((at + "components", $"Component custom id cannot be duplicated: {twice.Key}"));
    }

    private void Check(JsonObject component)
    {
        var name = $"components({component["custom_id"] ?? component["label"]})";
        if (component["custom_id"] is not null)
            Length(component["custom_id"], $"{name}.custom_id", 1, 100);
        switch (DiscordComponents.TypeOf(component))
        {
            case DiscordComponents.Button:
                Button(component, name);
                break;
            case DiscordComponents.StringSelect:
                Options(component, name, 25);
                Values(component, name);
                break;
            case DiscordComponents.RadioGroup or DiscordComponents.CheckboxGroup:
                Options(component, name, 10);
                break;
            case DiscordComponents.UserSelect or DiscordComponents.RoleSelect or DiscordComponents.MentionableSelect or DiscordComponents.ChannelSelect:
                Values(component, name);
                Unless((component["default_values"] as JsonArray)?.Count is null or <= 25, $"{name}.default_values", "Must be 25 or fewer in length.");
                break;
            case DiscordComponents.TextInput:
                Length(component["value"], $"{name}.value", 0, DiscordRules.Number(component["max_length"]) ?? 4000);
                Length(component["placeholder"], $"{name}.placeholder", 0, 100);
                break;
            case DiscordComponents.Label:
                Length(component["label"], $"{name}.label", 1, 45);
                Length(component["description"], $"{name}.description", 0, 100);
                break;
            default:
                break;
        }
    }

    private void Button(JsonObject button, string name)
    {
        var style = DiscordRules.Number(button["style"]);
        Length(button["label"], $"{name}.label", 0, 80);
        Unless(style == Premium || button["label"]?.ToString().Trim().Length > 0 || button["emoji"] is not null, $"{name}.label", "a button needs a label or an emoji");
        Unless(style is not (>= 1 and <= 4) || (button["custom_id"] is not null && button["url"] is null), $"{name}.custom_id", "a button has a custom id and no url");
        Unless(style != Link || (button["custom_id"] is null && button["url"]?.ToString() is { Length: <= 512 } url && MessageRules.IsLink(url)), $"{name}.url", "a button that is a link has a url and no custom id");
    }

    private void Options(JsonObject select, string name, int most)
    {
        var options = (select["options"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        Unless(options.Count >= 1 && options.Count <= most, $"{name}.options", $"Must be between 1 and {most} in length.");
        Unless(options.Select(option => option["value"]?.ToString()).Distinct().Count() == options.Count, $"{name}.options", "The specified option value is already used");
        foreach (var (index, option) in options.Index())
        {
            Length(option["label"], $"{name}.options[{index}].label", 1, 100);
            Length(option["value"], $"{name}.options[{index}].value", 1, 100);
            Length(option["description"], $"{name}.options[{index}].description", 0, 100);
        }
        Unless(options.Count(option => option["default"]?.ToJsonString() == "true") <= (DiscordRules.Number(select["max_values"]) ?? (DiscordComponents.TypeOf(select) == DiscordComponents.CheckboxGroup ? most : 1)), $"{name}.options", "more are chosen than may be");
    }

    private void Values(JsonObject select, string name)
    {
        var (least, most) = (DiscordRules.Number(select["min_values"]) ?? 1, DiscordRules.Number(select["max_values"]) ?? 1);
        Unless(least is >= 0 and <= 25 && most is >= 1 and <= 25 && least <= most, $"{name}.min_values", "min and max do not go together");
        Unless(select["options"] is not JsonArray options || most <= options.Count, $"{name}.max_values", "more than there are options");
        Length(select["placeholder"], $"{name}.placeholder", 0, 150);
    }

    private void Length(JsonNode? node, string path, int least, int most)
    {
        var length = MessageRules.Length(node);
        Unless(length >= least && length <= most, path, least > 0 ? $"Must be between {least} and {most} in length." : $"Must be {most} or fewer in length.");
    }

    private void Unless(bool fine, string path, string problem)
    {
        if (!fine)
            problems.Add((at + path, problem));
    }
}
