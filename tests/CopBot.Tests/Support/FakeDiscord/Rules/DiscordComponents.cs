using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>Finds components and the texts in them, however deep they lie.</summary>
public static class DiscordComponents
{
    public const int ActionRow = 1, Button = 2, StringSelect = 3, TextInput = 4, UserSelect = 5, RoleSelect = 6, MentionableSelect = 7, ChannelSelect = 8, Section = 9, TextDisplay = 10,
        Label = 18, FileUpload = 19, RadioGroup = 21, CheckboxGroup = 22, Checkbox = 23;

    /// <summary>All components, parents before their children.</summary>
    public static IEnumerable<JsonObject> Flat(JsonArray components) => Flat(components.OfType<JsonObject>());

    public static int TypeOf(JsonObject component) => component["type"] is JsonValue value && value.TryGetValue<int>(out var type) ? type : 0;

    /// <summary>The texts of text displays: they mention and ping as content does.</summary>
    public static IEnumerable<string> TextsOf(JsonArray components) => Flat(components).Where(component => TypeOf(component) == TextDisplay).Select(component => component["content"]?.ToString() ?? "");

    /// <summary>Components that can be pressed, chosen in or typed into.</summary>
    public static IEnumerable<JsonObject> Interactive(JsonArray components) => Flat(components).Where(component => component["custom_id"] is not null);

    private static IEnumerable<JsonObject> Flat(IEnumerable<JsonObject> components) => components.SelectMany(component => Flat(Children(component)).Prepend(component));

    private static IEnumerable<JsonObject> Children(JsonObject component) =>
        (component["components"] as JsonArray ?? []).Append(component["component"]).Append(component["accessory"]).OfType<JsonObject>();
}
