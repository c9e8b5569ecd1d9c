using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Wording;

namespace CopBot.Platforms.Discord.Messages;

/// <summary>
/// A form as a modal (interactions/receiving-and-responding, “Modal”), and what comes back of it. A modal has room for five fields: those that are needed
/// and missing come first, then what is known, then what may be added. What is known and has no field is kept in the modal's <c>custom_id</c>, which is
/// <c>form:</c> and a command line.
/// </summary>
public static class DiscordModal
{
    /// <summary>What the <c>custom_id</c> of a modal begins with.</summary>
    public const string FillIn = "form:";

    private const int TextDisplay = 10;
    private const int LabelType = 18;

    /// <summary>The <c>data</c> of the answer that opens the modal (callback type 9).</summary>
    /// <param name="form">What is asked for; what is known is filled in.</param>
    /// <param name="title">The title, shortened to <see cref="DiscordLimits.ModalTitle"/> UTF-16 units.</param>
    /// <param name="accounts">The Discord user id behind a name as it is typed, such as <c>@ana</c>; null where there is none.</param>
    public static JsonObject Of(Form form, string title, Func<string, string?>? accounts = null)
    {
        var (shown, line) = Choose(form);
        return new()
        {
            ["custom_id"] = FillIn + line,
            ["title"] = DiscordRows.Label(title, DiscordLimits.ModalTitle, "CopBot"),
            ["components"] = shown.Count > 0
                ? new JsonArray([.. shown.Select(field => Field(field, accounts ?? (_ => null)))])
                : [new JsonObject { ["type"] = TextDisplay, ["content"] = "Nothing more is needed." }],
        };
    }

    /// <summary>
    /// What was sent: the line that the modal kept, and what was filled in, by parameter, as a typed line would say it: people as <c>&lt;@id&gt;</c> with
    /// commas between them, flags as <c>yes</c>. What was left empty is left out. Null where it is none of CopBot's modals.
    /// </summary>
    /// <param name="data">The <c>data</c> of a MODAL_SUBMIT interaction.</param>
    public static DiscordFilled? Read(JsonObject data)
    {
        if (!(Text(data["custom_id"]) is { } id && id.StartsWith(FillIn, StringComparison.Ordinal) && id.Length > FillIn.Length))
            return null;

        List<KeyValuePair<string, string>> read = [];
        foreach (var label in (data["components"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (label["component"] is JsonObject input && Text(input["custom_id"]) is { Length: > 0 } name && Given(input) is { } given && given.Trim().Length > 0)
                read.Add(new(name, given));
        }

        return new(id[FillIn.Length..], read);
    }

    private static (List<Field> Shown, string Line) Choose(Form form)
    {
        const int Room = DiscordLimits.CustomId - 5;
        var order = form.Fields.Where(field => field.Name.Length is > 0 and <= DiscordLimits.CustomId).DistinctBy(field => field.Name, StringComparer.Ordinal)
            .OrderBy(field => !IsKnown(field) && field.Required ? 0 : IsKnown(field) ? 1 : 2).ToList();
        var shown = order.Take(DiscordLimits.ModalComponents).ToList();
        var kept = order.Skip(DiscordLimits.ModalComponents).Where(IsKnown).ToList();
        while (true)
        {
            var line = CodePoints.WellFormed(CommandLine.Write(form.Command, kept.Select(field => KeyValuePair.Create(field.Name, field.Value!))));
            if (line.Length <= Room || kept.MaxBy(field => field.Value!.Length) is not { } longest)
                return (shown, line.Length <= Room ? line : CodePoints.First(form.Command, Room));

            // What may be added gives way first, then what is known and short, then the last that is missing, which is asked for again.
            kept.Remove(longest);
            if (shown.FindLastIndex(field => !IsKnown(field) && !field.Required) is >= 0 and var spare)
            {
                shown[spare] = longest;
            }
            else if (shown.Where(IsKnown).MinBy(field => field.Value!.Length) is { } shortest && shortest.Value!.Length < longest.Value!.Length)
            {
                shown[shown.IndexOf(shortest)] = longest;
                kept.Add(shortest);
            }
            else if (shown.FindLastIndex(field => !IsKnown(field)) is > 0 and var last)
            {
                shown[last] = longest;
            }
        }
    }

    private static bool IsKnown(Field field) => !string.IsNullOrWhiteSpace(field.Value);

    private static JsonObject Field(Field field, Func<string, string?> accounts)
    {
        var said = CodePoints.Line(field.Label).Trim();
        var isShort = said.Length is > 0 and <= DiscordLimits.Label;
        var label = new JsonObject { ["type"] = LabelType, ["label"] = DiscordRows.Label(isShort ? said : field.Name, DiscordLimits.Label) };
        if (!isShort && said.Length > 0)
            label["description"] = DiscordRows.Label(said, DiscordLimits.LabelDescription);
        label["component"] = ModalInput.Of(field, accounts);
        return label;
    }

    // What a client sends is read with care: a member of another type is none.
    private static string? Given(JsonObject input) => Number(input["type"]) switch
    {
        ModalInput.UserSelect => string.Join(',', Values(input).Where(DiscordReader.IsAccount).Select(id => $"<@{id}>")),
        ModalInput.Select => Values(input).FirstOrDefault(),
        ModalInput.Checkbox => input["value"] is JsonValue value && value.TryGetValue<bool>(out var on) && on ? "yes" : null,
        _ => Text(input["value"]),
    };

    private static IEnumerable<string> Values(JsonObject input) => (input["values"] as JsonArray ?? []).Select(Text).OfType<string>();

    private static int? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}

/// <summary>What a modal brought back.</summary>
/// <param name="Line">The command with what was known before.</param>
/// <param name="Values">What was filled in, by parameter.</param>
public sealed record DiscordFilled(string Line, IReadOnlyList<KeyValuePair<string, string>> Values)
{
    /// <summary>All of it as one line.</summary>
    public string Whole => CommandLine.Write(Line, Values);
}
