using System.Globalization;
using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>The rules of elements: buttons, menus, fields.</summary>
internal static class BlockKitElements
{
    private static readonly string[] Menus =
    [
        "static_select", "external_select", "users_select", "conversations_select", "channels_select",
        "multi_static_select", "multi_external_select", "multi_users_select", "multi_conversations_select", "multi_channels_select",
    ];

    private static readonly string[] Pickers = ["datepicker", "timepicker", "datetimepicker", "checkboxes", "radio_buttons"];
    private static readonly string[] Fields = ["plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input", "file_input"];
    private static readonly string[] Pressed = ["button", "overflow", "workflow_button"];

    public static readonly string[] InActions = [.. Pressed, .. Pickers, .. Menus.Where(menu => !menu.StartsWith("multi_", StringComparison.Ordinal)), "multi_static_select", "multi_users_select", "multi_external_select", "multi_conversations_select", "multi_channels_select"];
    public static readonly string[] InSection = [.. Pressed, .. Pickers.Where(picker => picker != "datetimepicker"), .. Menus, "image"];
    public static readonly string[] InInput = [.. Fields, .. Pickers, .. Menus];
    public static readonly string[] Interactive = [.. Pressed, .. Pickers, .. Menus, .. Fields];

    // What most elements may have.
    private const string Common = "type action_id confirm focus_on_load placeholder";

    public static void Check(BlockKitWalk walk, JsonObject element, string at, string? block)
    {
        var type = (string?)element["type"] ?? "";
        var where = $"{at} {type}";
        walk.Longest(element, "action_id", 255, where, least: 1);
        if ((string?)element["action_id"] is { } action)
            walk.ActionIds.Add(action);
        if (element["placeholder"] is not null)
            walk.Plain(element, "placeholder", 150, where);
        if (element["confirm"] is { } confirm)
            Confirm(walk, confirm, where);
        switch (type)
        {
            case "button":
                Button(walk, element, where);
                break;
            case "image":
                walk.Keys(element, where, "type image_url slack_file alt_text");
                Image(walk, element, where);
                break;
            case "overflow":
                walk.Keys(element, where, "type action_id options confirm");
                Choices(walk, element, where, 5, needed: true, inMenu: true);
                break;
            case "checkboxes":
                walk.Keys(element, where, "type action_id options initial_options confirm focus_on_load");
                Choices(walk, element, where, 10, needed: true, inMenu: false);
                break;
            case "radio_buttons":
                walk.Keys(element, where, "type action_id options initial_option confirm focus_on_load");
                Choices(walk, element, where, 10, needed: true, inMenu: false);
                break;
            case "datepicker" or "timepicker" or "datetimepicker":
                Picker(walk, element, where, type);
                break;
            case var menu when Menus.Contains(menu):
                Menu(walk, element, where, menu);
                break;
            case var field when Fields.Contains(field):
                Field(walk, element, where, field);
                break;
            default:
                walk.Problems.Add($"{where}: an element that the bot must not depend on{(block is null ? "" : $", in {block}")}");
                break;
        }
    }

    public static void Image(BlockKitWalk walk, JsonObject image, string where)
    {
        if (image["image_url"] is null == image["slack_file"] is null)
            walk.Problems.Add($"{where}: either image_url or slack_file");
        walk.Url(image, "image_url", where);
        walk.Longest(image, "alt_text", 2000, where, required: true);
    }

    /// <summary>Options, or groups of options where a menu has them.</summary>
    public static void Choices(BlockKitWalk walk, JsonObject element, string where, int most, bool needed, bool inMenu, int least = 1)
    {
        if (element["options"] is not null && element["option_groups"] is not null)
            walk.Problems.Add($"{where}: both options and option_groups");
        if (element["option_groups"] is null && (needed || element["options"] is not null))
            Options(walk, element, where, most, inMenu, least);
        foreach (var group in walk.Items(element, "option_groups", 0, 100, where))
        {
            if (group is not JsonObject options)
            {
                walk.Problems.Add($"{where}: a group that is no object");
                continue;
            }
            walk.Keys(options, $"{where} group", "label options");
            walk.Plain(options, "label", 75, $"{where} group", required: true);
            Options(walk, options, $"{where} group", 100, inMenu, 1);
        }
        if (element["initial_option"] is JsonObject initial)
            Initial(walk, element, where, initial);
        foreach (var chosen in walk.Items(element, "initial_options", element["initial_options"] is null ? 0 : 1, most, where).OfType<JsonObject>())
            Initial(walk, element, where, chosen);
    }

    /// <summary>Slack refuses a first choice that is not, to the letter, among the options.</summary>
    private static void Initial(BlockKitWalk walk, JsonObject element, string where, JsonObject chosen)
    {
        var offered = (element["options"] as JsonArray ?? []).Concat((element["option_groups"] as JsonArray ?? []).SelectMany(group => group?["options"] as JsonArray ?? []));
        if (!((string?)element["type"] ?? "").Contains("external", StringComparison.Ordinal) && !offered.Any(option => JsonNode.DeepEquals(option, chosen)))
            walk.Problems.Add($"{where}: what is chosen at first is not among the options");
    }

    private static void Options(BlockKitWalk walk, JsonObject element, string where, int most, bool inMenu, int least)
    {
        var values = new List<string?>();
        foreach (var node in walk.Items(element, "options", least, most, where))
        {
            if (node is not JsonObject option)
            {
                walk.Problems.Add($"{where}: an option that is no object");
                continue;
            }
            walk.Keys(option, $"{where} option", "text value description url");
            walk.Text(option, "text", 75, $"{where} option", required: true, plain: inMenu);
            walk.Longest(option, "value", 75, $"{where} option", required: true);
            walk.Text(option, "description", 75, $"{where} option", plain: inMenu);
            walk.Url(option, "url", $"{where} option");
            if (option["url"] is not null && (string?)element["type"] is not "overflow")
                walk.Problems.Add($"{where} option: a url outside an overflow menu");
            values.Add((string?)option["value"]);
        }
        if (values.Distinct().Count() < values.Count)
            walk.Problems.Add($"{where}: two options with one value");
    }

    private static void Confirm(BlockKitWalk walk, JsonNode node, string where)
    {
        if (node is not JsonObject confirm)
        {
            walk.Problems.Add($"{where}: confirm is no object");
            return;
        }
        walk.Keys(confirm, $"{where} confirm", "title text confirm deny style");
        walk.Plain(confirm, "title", 100, $"{where} confirm", required: true);
        walk.Text(confirm, "text", 300, $"{where} confirm", required: true);
        walk.Plain(confirm, "confirm", 30, $"{where} confirm", required: true);
        walk.Plain(confirm, "deny", 30, $"{where} confirm", required: true);
        Style(walk, confirm, where);
    }

    private static void Style(BlockKitWalk walk, JsonObject thing, string where)
    {
        if (thing["style"] is { } style && style.ToString() is not ("primary" or "danger"))
            walk.Problems.Add($"{where}: style {style}");
    }

    private static void Button(BlockKitWalk walk, JsonObject button, string where)
    {
        walk.Keys(button, where, "type action_id text value url style confirm accessibility_label");
        walk.Plain(button, "text", 75, where, required: true);
        walk.Longest(button, "value", 2000, where);
        walk.Url(button, "url", where);
        walk.Longest(button, "accessibility_label", 75, where);
        Style(walk, button, where);
    }

    private static void Picker(BlockKitWalk walk, JsonObject element, string where, string type)
    {
        var initial = type switch { "datepicker" => "initial_date", "timepicker" => "initial_time", _ => "initial_date_time" };
        walk.Keys(element, where, $"{Common} {initial} timezone");
        if (element[initial] is not { } node)
            return;
        var (text, format) = (node.ToString(), type switch { "datepicker" => "yyyy-MM-dd", "timepicker" => "HH:mm", _ => "" });
        if (format.Length > 0 ? !DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _) : text.Length != 10 || !long.TryParse(text, out _))
            walk.Problems.Add($"{where}: {initial} {text}");
    }

    private static void Menu(BlockKitWalk walk, JsonObject element, string where, string type)
    {
        var multi = type.StartsWith("multi_", StringComparison.Ordinal) ? " max_selected_items" : "";
        var own = type.Replace("multi_", "", StringComparison.Ordinal) switch
        {
            "static_select" => "options option_groups initial_option initial_options",
            "external_select" => "min_query_length initial_option initial_options",
            "users_select" => "initial_user initial_users",
            "conversations_select" => "initial_conversation initial_conversations default_to_current_conversation response_url_enabled filter",
            _ => "initial_channel initial_channels response_url_enabled",
        };
        walk.Keys(element, where, $"{Common} {own}{multi}");
        if (type.EndsWith("static_select", StringComparison.Ordinal))
            Choices(walk, element, where, 100, needed: true, inMenu: true);
    }

    private static void Field(BlockKitWalk walk, JsonObject element, string where, string type)
    {
        walk.Keys(element, where, $"{Common} dispatch_action_config " + type switch
        {
            "plain_text_input" => "initial_value multiline min_length max_length",
            "number_input" => "initial_value is_decimal_allowed min_value max_value",
            "rich_text_input" => "initial_value",
            "file_input" => "filetypes max_files",
            _ => "initial_value",
        });
        var (least, most) = (Number(element, "min_length") ?? 0, Number(element, "max_length") ?? 3000);
        if (type == "plain_text_input" && (least is < 0 or > 3000 || most is < 1 or > 3000 || least > most))
            walk.Problems.Add($"{where}: min_length and max_length lie between 0 and 3000");
        if (type == "plain_text_input" && element["initial_value"] is { } initial && BlockKitWalk.Length(initial.ToString()) > most)
            walk.Problems.Add($"{where}: initial_value is longer than max_length");
        if (type == "number_input" && element["is_decimal_allowed"] is null)
            walk.Problems.Add($"{where}: no is_decimal_allowed");
        if (type == "number_input" && Number(element, "min_value") > Number(element, "max_value"))
            walk.Problems.Add($"{where}: min_value is more than max_value");
        if (type == "file_input" && Number(element, "max_files") is < 1 or > 10)
            walk.Problems.Add($"{where}: max_files lies between 1 and 10");
    }

    private static decimal? Number(JsonObject element, string name) => element[name] is { } node && decimal.TryParse(node.ToString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;
}
