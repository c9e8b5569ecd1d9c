using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>The arguments of a request, whether they came in the address, as a form, or as JSON.</summary>
internal sealed class SlackArgs(JsonObject all, bool json)
{
    // Forms carry these as JSON inside a text.
    private static readonly string[] Structured = ["blocks", "attachments", "metadata", "view", "unfurled_attachments"];

    public JsonObject All { get; } = all;
    public bool Json { get; } = json;

    /// <summary>Texts that should hold JSON and do not.</summary>
    public List<string> Broken { get; } = [];

    public static async Task<SlackArgs> ReadAsync(HttpRequest request)
    {
        var all = new JsonObject();
        foreach (var (key, value) in request.Query)
            all[key] = value.ToString();
        var json = false;
        if (request.HasFormContentType)
        {
            foreach (var (key, value) in await request.ReadFormAsync())
                all[key] = value.ToString();
        }
        else if (request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true)
        {
            json = true;
            if (await JsonNode.ParseAsync(request.Body) is JsonObject body)
                foreach (var (key, value) in body)
                    all[key] = value?.DeepClone();
        }
        var args = new SlackArgs(all, json);
        args.Unpack();
        return args;
    }

    public bool Has(string name) => All[name] is { } node && (node is not JsonValue value || value.GetValueKind() != JsonValueKind.String || ((string)value!).Length > 0);

    public string Text(string name) => All[name] switch
    {
        null => "",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => (string)value!,
        var other => other.ToJsonString(),
    };

    public string? TextOrNull(string name) => Has(name) ? Text(name) : null;

    public bool Flag(string name) => Text(name) is "true" or "1";

    public int Number(string name, int otherwise) => int.TryParse(Text(name), CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    /// <summary>A list, written with commas or as JSON.</summary>
    public IReadOnlyList<string> List(string name) => All[name] is JsonArray array
        ? [.. array.Select(item => (string)item!)]
        : Text(name).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public JsonArray? Array(string name) => All[name] as JsonArray;

    public JsonObject? Object(string name) => All[name] as JsonObject;

    private void Unpack()
    {
        foreach (var name in Structured.Where(name => All[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String && Text(name).Length > 0))
        {
            try
            {
                All[name] = JsonNode.Parse(Text(name));
            }
            catch (JsonException)
            {
                Broken.Add(name);
            }
        }
    }
}
