using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CopBot.Tests.Core.Content;

/// <summary>As much of JSON Schema (drafts 4 to 7) as the schemas of the packs and of the platforms use; any other keyword fails, so that none goes unchecked.</summary>
internal sealed class JsonSchemaCheck(JsonObject root)
{
    /// <summary>What is wrong, each as path and keyword.</summary>
    public IEnumerable<string> Problems(JsonNode? value) => Problems(root, value, "$");

    private IEnumerable<string> Problems(JsonNode schema, JsonNode? value, string path) =>
        schema is JsonObject rules ? rules.SelectMany(rule => Problems(rules, rule.Key, rule.Value!, value, path)) : [];

    private IEnumerable<string> Problems(JsonObject rules, string keyword, JsonNode rule, JsonNode? value, string path) => keyword switch
    {
        "$schema" or "title" or "description" or "definitions" or "default" or "format" or "_note" or "id" or "example" or "examples" or "features" or "version" or "x-contentType" or "then" => [],
        "$ref" => Problems(Definition(rule.GetValue<string>()), value, path),
        "allOf" => rule.AsArray().SelectMany(each => Problems(each!, value, path)),
        "not" => Unless(Problems(rule, value, path).Any(), path, keyword),
        "anyOf" => Unless(rule.AsArray().Any(each => !Problems(each!, value, path).Any()), path, keyword),
        "oneOf" => Unless(rule.AsArray().Count(each => !Problems(each!, value, path).Any()) == 1, path, keyword),
        "type" => Unless(rule is JsonArray types ? types.Any(type => IsOf(type!.GetValue<string>(), value)) : IsOf(rule.GetValue<string>(), value), path, keyword),
        "if" => Problems(rule, value, path).Any() || rules["then"] is not { } then ? [] : Problems(then, value, path),
        "const" => Unless(JsonNode.DeepEquals(rule, value), path, keyword),
        "enum" => Unless(rule.AsArray().Any(each => JsonNode.DeepEquals(each, value)), path, keyword),
        "minimum" => Unless(Number(value) is not { } number || number >= rule.GetValue<decimal>(), path, keyword),
        "maximum" => Unless(Number(value) is not { } number || number <= rule.GetValue<decimal>(), path, keyword),
        "exclusiveMinimum" => Unless(Number(value) is not { } number || number > rule.GetValue<decimal>(), path, keyword),
        "minLength" => Unless(Text(value) is not { } text || text.Length >= rule.GetValue<int>(), path, keyword),
        "maxLength" => Unless(Text(value) is not { } text || text.Length <= rule.GetValue<int>(), path, keyword),
        "pattern" or "regex" => Unless(Text(value) is not { } text || Regex.IsMatch(text, rule.GetValue<string>(), RegexOptions.ECMAScript), path, keyword),
        "items" => value is JsonArray items ? items.SelectMany((item, i) => Problems(rule, item, $"{path}[{i}]")) : [],
        "minItems" => Unless(value is not JsonArray items || items.Count >= rule.GetValue<int>(), path, keyword),
        "maxItems" => Unless(value is not JsonArray items || items.Count <= rule.GetValue<int>(), path, keyword),
        "uniqueItems" => Unless(value is not JsonArray items || items.DistinctBy(item => item?.ToJsonString()).Count() == items.Count, path, keyword),
        "required" => rule.AsArray().SelectMany(name => Unless(value is not JsonObject map || map.ContainsKey(name!.GetValue<string>()), path, $"required {name}")),
        "dependencies" => rule.AsObject().Where(each => value is JsonObject map && map.ContainsKey(each.Key))
            .SelectMany(each => each.Value!.AsArray().SelectMany(name => Unless(value!.AsObject().ContainsKey(name!.GetValue<string>()), path, $"dependencies {name}"))),
        "minProperties" => Unless(value is not JsonObject map || map.Count >= rule.GetValue<int>(), path, keyword),
        "maxProperties" => Unless(value is not JsonObject map || map.Count <= rule.GetValue<int>(), path, keyword),
        "propertyNames" => value is JsonObject map ? map.SelectMany(entry => Problems(rule, entry.Key, path)) : [],
        "properties" => value is JsonObject map ? map.Where(entry => rule.AsObject().ContainsKey(entry.Key)).SelectMany(entry => Problems(rule[entry.Key]!, entry.Value, $"{path}.{entry.Key}")) : [],
        "patternProperties" => value is JsonObject map ? rule.AsObject().SelectMany(each => map.Where(entry => Fits(each.Key, entry.Key)).SelectMany(entry => Problems(each.Value!, entry.Value, $"{path}.{entry.Key}"))) : [],
        "additionalProperties" => value is JsonObject map ? Unnamed(rules, map).SelectMany(entry => Additional(rule, entry, path)) : [],
        _ => throw new InvalidOperationException($"the check does not know the keyword {keyword}"),
    };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Unnamed(JsonObject rules, JsonObject map) =>
        map.Where(entry => rules["properties"]?.AsObject().ContainsKey(entry.Key) != true && rules["patternProperties"]?.AsObject().Any(each => Fits(each.Key, entry.Key)) != true);

    private static bool Fits(string pattern, string name) => Regex.IsMatch(name, pattern, RegexOptions.ECMAScript);

    private IEnumerable<string> Additional(JsonNode rule, KeyValuePair<string, JsonNode?> entry, string path) =>
        rule is JsonObject ? Problems(rule, entry.Value, $"{path}.{entry.Key}") : Unless(rule.GetValue<bool>(), $"{path}.{entry.Key}", "additionalProperties");

    private JsonNode Definition(string reference) => reference["#/".Length..].Split('/').Aggregate((JsonNode)root, (node, name) => node[name]!);

    private static string[] Unless(bool fits, string path, string keyword) => fits ? [] : [$"{path}: {keyword}"];

    private static bool IsOf(string type, JsonNode? value) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "boolean" => value is JsonValue one && one.TryGetValue<bool>(out _),
        "string" => Text(value) is not null,
        "number" => Number(value) is not null,
        "integer" => Number(value) is { } number && decimal.Truncate(number) == number,
        _ => throw new InvalidOperationException($"the check does not know the type {type}"),
    };

    private static string? Text(JsonNode? value) => value is JsonValue one && one.TryGetValue<string>(out var text) ? text : null;

    private static decimal? Number(JsonNode? value) => value is JsonValue one && one.TryGetValue<decimal>(out var number) ? number : null;
}
