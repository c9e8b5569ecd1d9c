using System.Text.Json;
using System.Text.Json.Nodes;

namespace CopBot.Platforms;

/// <summary>Reads payloads that may lack anything or hold something else than promised: what is not there, or of another kind, is empty.</summary>
public static class Json
{
    public static string Text(this JsonObject from, string name) => TextOf(from[name]);

    /// <summary>As <see cref="Text"/>; null in place of an empty text.</summary>
    public static string? TextOrNull(this JsonObject from, string name) => from.Text(name) is { Length: > 0 } text ? text : null;

    public static bool Flag(this JsonObject from, string name) =>
        from[name] is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    public static JsonObject Object(this JsonObject from, string name) => from[name] as JsonObject ?? [];

    public static IEnumerable<JsonObject> Objects(this JsonObject from, string name) => (from[name] as JsonArray)?.OfType<JsonObject>() ?? [];

    public static IEnumerable<string> Texts(this JsonObject from, string name) =>
        (from[name] as JsonArray)?.Select(TextOf).Where(text => text.Length > 0) ?? [];

    /// <summary>A text; empty where it is none. Half a surrogate pair is no text, and .NET says so by throwing.</summary>
    public static string TextOf(JsonNode? node)
    {
        try
        {
            return node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : "";
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }
}
