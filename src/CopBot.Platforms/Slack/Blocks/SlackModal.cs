using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Wording;

namespace CopBot.Platforms.Slack.Blocks;

/// <summary>
/// A form as a modal for <c>views.open</c>, and what comes back of it (docs.slack.dev/surfaces/modals). One input per field: the block's id is
/// the parameter's name, and so is the action's.
/// </summary>
public static class SlackModal
{
    /// <summary>The callback of the modal of a command.</summary>
    public const string CallbackId = "command";

    /// <summary>The view of a form.</summary>
    /// <param name="form">What is asked for; what is known is filled in, shortened where the view would be more than 250 KB.</param>
    /// <param name="title">The title, shortened to 24 code points.</param>
    /// <param name="privateMetadata">What comes back with the answer, at most 3,000 code points. Part of it would mean something else, so more of it is a mistake of the caller.</param>
    /// <param name="accounts">The Slack user id behind a name as it is typed, such as <c>@ana</c>; null where there is none.</param>
    public static JsonObject Of(Form form, string title, string? privateMetadata = null, Func<string, string?>? accounts = null)
    {
        if (privateMetadata is not null && CodePoints.Count(privateMetadata) > BlockKitLimits.PrivateMetadata)
            throw new ArgumentException($"longer than {BlockKitLimits.PrivateMetadata} characters", nameof(privateMetadata));

        JsonObject view = [];
        foreach (var room in Fitting.Rooms)
        {
            view = View(form, title, accounts ?? (_ => null), room);
            if (view.ToJsonString().Length <= BlockKitLimits.ViewBytes)
                break;
        }

        if (privateMetadata is { Length: > 0 })
            view["private_metadata"] = privateMetadata;
        return view;
    }

    /// <summary>
    /// What was filled in, by parameter, as a typed line would say it: people as <c>&lt;@U123&gt;</c> with commas between them, dates as
    /// <c>2026-03-31</c>, flags as <c>yes</c>. What was left empty is left out.
    /// </summary>
    /// <param name="values">The view's <c>state.values</c>.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(JsonObject values)
    {
        List<KeyValuePair<string, string>> read = [];
        foreach (var (name, block) in values)
        {
            if (block is JsonObject actions && actions.FirstOrDefault().Value is JsonObject input && Given(input) is { } given && given.Trim().Length > 0)
                read.Add(new(name, given));
        }

        return read;
    }

    /// <summary>The answer to a <c>block_suggestion</c> of a choice with more than 100 values: those that hold what was typed, at most 100.</summary>
    public static JsonObject Suggestions(IReadOnlyList<string> choices, string typed) => new()
    {
        ["options"] = new JsonArray([.. choices.Where(choice => Offers.FitsOption(choice) && choice.Contains(typed.Trim(), StringComparison.OrdinalIgnoreCase)).Take(BlockKitLimits.Options).Select(choice => Offers.Option(choice, choice))]),
    };

    /// <summary>The answer to a submission that keeps the modal open: what is wrong, under the field concerned; each at most 300 code points.</summary>
    public static JsonObject Errors(IReadOnlyDictionary<string, string> messages)
    {
        var errors = new JsonObject();
        foreach (var (field, message) in messages)
            errors[field] = CodePoints.Fit(CodePoints.Line(message), BlockKitLimits.Error) is { } text && text.Trim().Length > 0 ? text : "Please look at this again.";
        return new() { ["response_action"] = "errors", ["errors"] = errors };
    }

    private static JsonObject View(Form form, string title, Func<string, string?> accounts, int room)
    {
        var fields = form.Fields.DistinctBy(field => field.Name, StringComparer.Ordinal).Take(BlockKitLimits.ViewBlocks).ToList();
        return new()
        {
            ["type"] = "modal",
            ["callback_id"] = CallbackId,
            ["title"] = Label.Of(title, BlockKitLimits.ModalTitle, "CopBot"),
            ["submit"] = Label.Of("Send", BlockKitLimits.ModalTitle, "Send"),
            ["close"] = Label.Of("Cancel", BlockKitLimits.ModalTitle, "Cancel"),
            ["blocks"] = new JsonArray([.. fields.Count > 0 ? fields.Select(field => Block(field, accounts, room)) : [Nothing()]]),
        };
    }

    private static JsonObject Block(Field field, Func<string, string?> accounts, int room)
    {
        var id = CodePoints.First(CodePoints.WellFormed(field.Name), BlockKitLimits.Id);
        var block = new JsonObject
        {
            ["type"] = "input",
            ["block_id"] = id,
            ["label"] = Label.Of(string.IsNullOrWhiteSpace(CodePoints.Line(field.Label)) ? field.Name : field.Label, Math.Min(BlockKitLimits.InputLabel, room), "…"),
            ["element"] = ModalInput.Of(field, id, accounts, room),
        };
        if (!field.Required)
            block["optional"] = true;
        return block;
    }

    private static JsonObject Nothing() => new() { ["type"] = "section", ["text"] = Label.Of("Nothing more is needed.", BlockKitLimits.Text, "…") };

    // What a client sends is read with care: a member of another type is none.
    private static string? Given(JsonObject input) => Text(input["type"]) switch
    {
        "static_select" or "external_select" => Text((input["selected_option"] as JsonObject)?["value"]),
        "datepicker" => Text(input["selected_date"]),
        "checkboxes" => input["selected_options"] is JsonArray { Count: > 0 } ? "yes" : null,
        "users_select" => Mention(input["selected_user"]),
        "multi_users_select" => string.Join(',', (input["selected_users"] as JsonArray ?? []).Select(Mention).OfType<string>()),
        _ => Text(input["value"]),
    };

    private static string? Mention(JsonNode? account) => Text(account) is { } id && SlackReader.IsAccount(id) ? $"<@{id}>" : null;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
