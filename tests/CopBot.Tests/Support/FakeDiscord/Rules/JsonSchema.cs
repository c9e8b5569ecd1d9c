using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>
/// Checks values against schemas as OpenAPI 3.1 writes them (JSON Schema 2020-12), as far as Discord's description goes. A keyword that
/// it does not know makes it throw: nothing passes because it was not looked at.
/// </summary>
public sealed class JsonSchema(JsonElement root)
{
    private static readonly HashSet<string> Known =
    [
        "$ref", "type", "enum", "const", "oneOf", "anyOf", "allOf", "properties", "required", "additionalProperties", "items", "pattern", "format", "minLength", "maxLength", "minimum", "maximum",
        "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "title", "description", "contentEncoding", "deprecated", "default", "x-discord-union",
        // Remarks that Microsoft's descriptions carry; they ask for nothing.
        "version", "features", "example", "examples", "x-ms-enum",
    ];

    /// <summary>Everything that is wrong with the value: where, and what.</summary>
    public IReadOnlyList<(string Path, string Problem)> Problems(JsonElement schema, JsonElement value)
    {
        List<(string, string)> problems = [];
        Check(schema, value, "", problems);
        return problems;
    }

    /// <summary>Names of members that some branch of the schema describes; null where it allows any.</summary>
    public HashSet<string>? Members(JsonElement schema)
    {
        HashSet<string> names = [];
        return Gather(schema, names) ? names : null;
    }

    /// <summary>Follows a reference, as far as it goes.</summary>
    public JsonElement Resolve(JsonElement schema)
    {
        while (schema.TryGetProperty("$ref", out var reference))
        {
            var at = root;
            foreach (var part in reference.GetString()!.Split('/')[1..])
                at = at.GetProperty(part);
            schema = at;
        }
        return schema;
    }

    private bool Gather(JsonElement schema, HashSet<string> names)
    {
        schema = Resolve(schema);
        if (schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind != JsonValueKind.False)
            return false;
        if (schema.TryGetProperty("properties", out var properties))
            names.UnionWith(properties.EnumerateObject().Select(property => property.Name));
        foreach (var several in (string[])["oneOf", "anyOf", "allOf"])
            if (schema.TryGetProperty(several, out var branches) && !branches.EnumerateArray().All(branch => Gather(branch, names)))
                return false;
        return true;
    }

    private void Check(JsonElement schema, JsonElement value, string path, List<(string Path, string Problem)> problems)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            if (!Known.Contains(keyword.Name))
                throw new NotSupportedException($"a schema with {keyword.Name}");
            switch (keyword.Name)
            {
                case "$ref":
                    Check(Resolve(schema), value, path, problems);
                    break;
                case "type" when !Types(keyword.Value).Any(type => Is(type, value, path)):
                    problems.Add((path, $"is {value.ValueKind}, not {keyword.Value}"));
                    // What is of another kind altogether is wrong in all other ways too; one is enough.
                    return;
                case "enum" when !keyword.Value.EnumerateArray().Any(allowed => Same(allowed, value)):
                    problems.Add((path, $"must be one of {keyword.Value}"));
                    break;
                case "const" when !Same(keyword.Value, value):
                    problems.Add((path, $"must be {keyword.Value}"));
                    break;
                case "allOf":
                    foreach (var branch in keyword.Value.EnumerateArray())
                        Check(branch, value, path, problems);
                    break;
                case "oneOf" or "anyOf":
                    Branches(keyword.Value, keyword.Name == "oneOf", value, path, problems);
                    break;
                default:
                    CheckKind(schema, keyword, value, path, problems);
                    break;
            }
        }
    }

    private void CheckKind(JsonElement schema, JsonProperty keyword, JsonElement value, string path, List<(string Path, string Problem)> problems)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                CheckObject(schema, keyword, value, path, problems);
                break;
            case JsonValueKind.Array:
                CheckArray(keyword, value, path, problems);
                break;
            case JsonValueKind.String:
                CheckText(keyword, value.GetString()!, path, problems);
                break;
            case JsonValueKind.Number:
                CheckNumber(keyword, value, path, problems);
                break;
            default:
                break;
        }
    }

    private void CheckObject(JsonElement schema, JsonProperty keyword, JsonElement value, string path, List<(string Path, string Problem)> problems)
    {
        switch (keyword.Name)
        {
            case "properties":
                foreach (var property in keyword.Value.EnumerateObject())
                    if (value.TryGetProperty(property.Name, out var member))
                        Check(property.Value, member, Below(path, property.Name), problems);
                break;
            case "required":
                problems.AddRange(keyword.Value.EnumerateArray().Select(name => name.GetString()!).Where(name => !value.TryGetProperty(name, out _)).Select(name => (Below(path, name), "This field is required")));
                break;
            case "additionalProperties":
                var known = schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().Select(property => property.Name).ToHashSet() : [];
                foreach (var member in value.EnumerateObject().Where(member => !known.Contains(member.Name)))
                    if (keyword.Value.ValueKind == JsonValueKind.False)
                        problems.Add((Below(path, member.Name), "is not known"));
                    else if (keyword.Value.ValueKind == JsonValueKind.Object)
                        Check(keyword.Value, member.Value, Below(path, member.Name), problems);
                break;
            case "minProperties" when value.EnumerateObject().Count() < keyword.Value.GetInt32():
                problems.Add((path, $"must have {keyword.Value} members or more"));
                break;
            case "maxProperties" when value.EnumerateObject().Count() > keyword.Value.GetInt32():
                problems.Add((path, $"must have {keyword.Value} members or fewer"));
                break;
            default:
                break;
        }
    }

    private void CheckArray(JsonProperty keyword, JsonElement value, string path, List<(string Path, string Problem)> problems)
    {
        switch (keyword.Name)
        {
            case "items":
                foreach (var (index, item) in value.EnumerateArray().Index())
                    Check(keyword.Value, item, $"{path}[{index}]", problems);
                break;
            case "minItems" when value.GetArrayLength() < keyword.Value.GetInt32():
                problems.Add((path, $"Must be {keyword.Value} or more in length."));
                break;
            case "maxItems" when value.GetArrayLength() > keyword.Value.GetInt32():
                problems.Add((path, $"Must be {keyword.Value} or fewer in length."));
                break;
            case "uniqueItems" when keyword.Value.GetBoolean() && value.EnumerateArray().Select(item => item.GetRawText()).Distinct().Count() < value.GetArrayLength():
                problems.Add((path, "has something twice"));
                break;
            default:
                break;
        }
    }

    private static void CheckText(JsonProperty keyword, string value, string path, List<(string Path, string Problem)> problems)
    {
        var problem = keyword.Name switch
        {
            "minLength" when value.EnumerateRunes().Count() < keyword.Value.GetInt32() => $"Must be {keyword.Value} or more in length.",
            "maxLength" when value.EnumerateRunes().Count() > keyword.Value.GetInt32() => $"Must be {keyword.Value} or fewer in length.",
            "pattern" when !Regex.IsMatch(value, keyword.Value.GetString()!) => $"does not match {keyword.Value}",
            "format" => Format(keyword.Value.GetString()!, value),
            _ => null,
        };
        if (problem is not null)
            problems.Add((path, problem));
    }

    private static string? Format(string format, string value) => format switch
    {
        "snowflake" when !ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) => "is no snowflake",
        "date-time" when !DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.None, out _) || !value.Contains('T', StringComparison.Ordinal) => "is no time",
        "uri" when !Uri.TryCreate(value, UriKind.Absolute, out _) => "is no address",
        "uri-reference" when !Uri.TryCreate(value, UriKind.RelativeOrAbsolute, out _) => "is no address",
        "snowflake" or "date-time" or "uri" or "uri-reference" or "nonce" or "int32" or "int64" or "double" or "byte" => null,
        _ => throw new NotSupportedException($"a schema with the format {format}"),
    };

    private static void CheckNumber(JsonProperty keyword, JsonElement value, string path, List<(string Path, string Problem)> problems)
    {
        var problem = keyword.Name switch
        {
            "minimum" when value.GetDouble() < keyword.Value.GetDouble() => $"must be {keyword.Value} or more",
            "maximum" when value.GetDouble() > keyword.Value.GetDouble() => $"must be {keyword.Value} or less",
            "format" when keyword.Value.GetString() == "int32" && !value.TryGetInt32(out _) => "is no number of 32 bits",
            _ => null,
        };
        if (problem is not null)
            problems.Add((path, problem));
    }

    private void Branches(JsonElement branches, bool one, JsonElement value, string path, List<(string Path, string Problem)> problems)
    {
        List<List<(string Path, string Problem)>> tried = [];
        foreach (var branch in branches.EnumerateArray())
        {
            List<(string, string)> wrong = [];
            Check(branch, value, path, wrong);
            tried.Add(wrong);
        }
        var fitting = tried.Count(wrong => wrong.Count == 0);
        if (fitting > 1 && one)
            problems.Add((path, $"fits {fitting} kinds at once"));
        if (fitting > 0)
            return;
        // The nearest is the one whose type is right, and of those the one with the least wrong: that is what was meant.
        problems.AddRange(tried.OrderBy(wrong => wrong.Exists(each => each.Path == path || each.Path == Below(path, "type"))).ThenBy(wrong => wrong.Count).FirstOrDefault() ?? []);
    }

    private static IEnumerable<string> Types(JsonElement type) => type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(each => each.GetString()!) : [type.GetString()!];

    private static bool Is(string type, JsonElement value, string path) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        // Sets of permissions are written as text, which the description calls integers.
        "integer" => (value.ValueKind == JsonValueKind.Number && value.GetDouble() % 1 == 0) || (value.ValueKind == JsonValueKind.String && path.EndsWith("permissions", StringComparison.Ordinal) && ulong.TryParse(value.GetString(), out _)),
        _ => throw new NotSupportedException($"a schema with the type {type}"),
    };

    private static bool Same(JsonElement wanted, JsonElement value) => wanted.ValueKind == value.ValueKind && (wanted.ValueKind == JsonValueKind.Number ? wanted.GetDouble() == value.GetDouble() : wanted.ToString() == value.ToString());

    private static string Below(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
