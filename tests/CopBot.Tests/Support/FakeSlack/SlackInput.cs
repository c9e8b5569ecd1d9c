using System.Globalization;
using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>What Slack's client does with fields: what is chosen in them, what their state is, and what it does not let through.</summary>
internal static class SlackInput
{
    /// <summary>The action of pressing or choosing; choices must be among those offered.</summary>
    public static JsonObject Action(JsonArray blocks, Func<JsonObject, bool> which, string? selected, string ts, Dictionary<string, JsonArray> suggested)
    {
        var all = blocks.OfType<JsonObject>().SelectMany(block => BlockKitRules.ElementsOf(block).Where(BlockKitRules.IsInteractive).Select(element => (Block: block, Element: element))).ToList();
        var (found, element) = all.Find(pair => which(pair.Element));
        if (element is null)
            throw new InvalidOperationException($"nothing like that can be pressed; there are: {string.Join(", ", all.Select(pair => (string?)pair.Element["action_id"]))}");
        var action = new JsonObject { ["type"] = (string)element["type"]!, ["action_id"] = element["action_id"]?.DeepClone(), ["block_id"] = found["block_id"]?.DeepClone(), ["action_ts"] = ts };
        if ((string)element["type"]! == "button")
        {
            action["text"] = element["text"]?.DeepClone();
            foreach (var name in (string[])["value", "url", "style"])
                if (element[name] is { } kept)
                    action[name] = kept.DeepClone();
            return action;
        }
        foreach (var (name, value) in Chosen(element, selected, suggested))
            action[name] = value?.DeepClone();
        return action;
    }

    /// <summary>Remembers what was chosen, for the state of the view.</summary>
    public static void Keep(SlackView view, JsonObject action)
    {
        if ((string)action["type"]! is "button" or "overflow")
            return;
        var value = action.DeepClone().AsObject();
        foreach (var name in (string[])["action_id", "block_id", "action_ts"])
            value.Remove(name);
        view.Typed[(string)action["block_id"]!] = ((string)action["action_id"]!, value);
    }

    /// <summary>The view with the state of all its fields: what was typed, else what was given to begin with.</summary>
    public static JsonObject WithState(SlackView view)
    {
        var values = new JsonObject();
        foreach (var block in view.Blocks.OfType<JsonObject>())
            foreach (var element in BlockKitRules.ElementsOf(block).Where(element => BlockKitRules.IsInteractive(element) && (string)element["type"]! is not ("button" or "overflow" or "workflow_button")))
            {
                var (id, action) = ((string)block["block_id"]!, (string)element["action_id"]!);
                var typed = view.Typed.TryGetValue(id, out var known) && known.Action == action ? known.Value.DeepClone().AsObject() : Initial(element);
                if (values[id] is not JsonObject of)
                    values[id] = of = [];
                of[action] = typed;
            }
        var body = view.Body.DeepClone().AsObject();
        body["state"] = new JsonObject { ["values"] = values };
        return body;
    }

    /// <summary>Takes in what a test types into a block: the value with or without its type; options by their value alone.</summary>
    public static void Type(SlackView view, string blockId, JsonObject value)
    {
        var block = view.Blocks.OfType<JsonObject>().FirstOrDefault(block => (string?)block["block_id"] == blockId)
            ?? throw new InvalidOperationException($"no block {blockId}; there are: {string.Join(", ", view.Blocks.Select(block => (string?)block!["block_id"]))}");
        var element = BlockKitRules.ElementsOf(block).First(BlockKitRules.IsInteractive);
        var typed = value.DeepClone().AsObject();
        typed["type"] = (string)element["type"]!;
        if (typed["selected_option"] is JsonObject one && one["text"] is null)
            typed["selected_option"] = Option(element, (string)one["value"]!, []);
        if (typed["selected_options"] is JsonArray many)
            typed["selected_options"] = new JsonArray([.. many.Select(option => option!["text"] is null ? Option(element, (string)option["value"]!, []) : option.DeepClone())]);
        view.Typed[blockId] = ((string)element["action_id"]!, typed);
    }

    /// <summary>What Slack's client says before anything is sent: fields left empty, texts of a wrong length, things that are no number.</summary>
    public static Dictionary<string, string> Refused(SlackView view, JsonObject withState)
    {
        var refused = new Dictionary<string, string>();
        foreach (var block in view.Blocks.OfType<JsonObject>().Where(block => (string?)block["type"] == "input"))
        {
            var (id, element) = ((string)block["block_id"]!, block["element"]!.AsObject());
            var state = withState["state"]!["values"]![id]?[(string)element["action_id"]!] as JsonObject ?? [];
            var said = Said(state);
            if (said is null or JsonArray { Count: 0 })
            {
                if ((bool?)block["optional"] != true)
                    refused[id] = "Please complete this required field.";
            }
            else if (said is JsonValue && Wrong(element, said.ToString()) is { } wrong)
            {
                refused[id] = wrong;
            }
        }
        return refused;
    }

    private static string? Wrong(JsonObject element, string text)
    {
        switch ((string)element["type"]!)
        {
            case "plain_text_input" when text.Length > ((int?)element["max_length"] ?? 3000):
                return "This text is too long.";
            case "plain_text_input" when text.Length < ((int?)element["min_length"] ?? 0):
                return "This text is too short.";
            case "plain_text_input" when text.Contains('\n', StringComparison.Ordinal) && (bool?)element["multiline"] != true:
                return "One line only.";
            case "number_input":
                if (!decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) || ((bool)element["is_decimal_allowed"]! is false && number != Math.Truncate(number)))
                    return "Not a number.";
                return number < Bound(element, "min_value", decimal.MinValue) || number > Bound(element, "max_value", decimal.MaxValue) ? "Out of range." : null;
            case "email_text_input" when !text.Contains('@', StringComparison.Ordinal):
                return "Not an email address.";
            case "url_text_input" when !Uri.IsWellFormedUriString(text, UriKind.Absolute):
                return "Not a web address.";
            default:
                return null;
        }
    }

    private static decimal Bound(JsonObject element, string name, decimal otherwise) => element[name] is { } bound ? decimal.Parse(bound.ToString(), CultureInfo.InvariantCulture) : otherwise;

    private static JsonNode? Said(JsonObject state) => state.FirstOrDefault(field => field.Key != "type" && field.Value is not null && field.Value.ToString().Length > 0).Value;

    private static JsonObject Initial(JsonObject element)
    {
        var type = (string)element["type"]!;
        var state = new JsonObject { ["type"] = type };
        var (name, initial) = type switch
        {
            "static_select" or "external_select" or "radio_buttons" => ("selected_option", "initial_option"),
            "multi_static_select" or "multi_external_select" or "checkboxes" => ("selected_options", "initial_options"),
            "users_select" => ("selected_user", "initial_user"),
            "multi_users_select" => ("selected_users", "initial_users"),
            "conversations_select" => ("selected_conversation", "initial_conversation"),
            "multi_conversations_select" => ("selected_conversations", "initial_conversations"),
            "channels_select" => ("selected_channel", "initial_channel"),
            "multi_channels_select" => ("selected_channels", "initial_channels"),
            "datepicker" => ("selected_date", "initial_date"),
            "timepicker" => ("selected_time", "initial_time"),
            "datetimepicker" => ("selected_date_time", "initial_date_time"),
            "rich_text_input" => ("rich_text_value", "initial_value"),
            _ => ("value", "initial_value"),
        };
        state[name] = element[initial]?.DeepClone() ?? (name.EndsWith('s') ? new JsonArray() : null);
        return state;
    }

    private static JsonObject Chosen(JsonObject element, string? selected, Dictionary<string, JsonArray> suggested)
    {
        var chosen = Initial(element);
        chosen.Remove("type");
        var name = chosen.Count > 0 ? chosen.First().Key : "value";
        if ((string)element["type"]! == "overflow")
            (name, chosen) = ("selected_option", []);
        chosen[name] = name switch
        {
            "selected_option" => Option(element, selected ?? throw new InvalidOperationException("which option?"), suggested),
            "selected_options" => new JsonArray([.. (selected ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(value => Option(element, value, suggested))]),
            "selected_date_time" => int.Parse(selected!, CultureInfo.InvariantCulture),
            _ when name.EndsWith('s') => new JsonArray([.. (selected ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => JsonValue.Create(id))]),
            _ => selected,
        };
        return chosen;
    }

    /// <summary>The option with the value; menus from outside offer what was suggested last.</summary>
    private static JsonNode Option(JsonObject element, string value, Dictionary<string, JsonArray> suggested)
    {
        if (((string)element["type"]!).Contains("external", StringComparison.Ordinal) && !suggested.ContainsKey((string)element["action_id"]!))
            return new JsonObject { ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = value }, ["value"] = value };
        var offered = suggested.GetValueOrDefault((string?)element["action_id"] ?? "") ?? element["options"] as JsonArray ?? [.. (element["option_groups"] as JsonArray ?? []).SelectMany(group => group!["options"]!.AsArray().Select(option => option!.DeepClone()))];
        return offered.FirstOrDefault(option => (string?)option!["value"] == value)?.DeepClone()
            ?? throw new InvalidOperationException($"no option {value}; there are: {string.Join(", ", offered.Select(option => (string?)option!["value"]))}");
    }
}
