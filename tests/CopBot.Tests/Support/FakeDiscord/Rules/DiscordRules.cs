using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>Everything that a body must hold to: Discord's OpenAPI, the limits that bots have beyond it, and that every message says whom it may ping.</summary>
internal static class DiscordRules
{
    /// <summary>What is wrong with the body: where, and what.</summary>
    public static List<(string Path, string Problem)> Problems(DiscordServer server, DiscordRoute route, DiscordRequest request, IEnumerable<(string Name, string Value)> query)
    {
        List<(string Path, string Problem)> problems = [];
        if (DiscordSpecs.Here is { } specs)
            problems.AddRange(specs.Problems(route.Method, route.Path, request.Body, query, server.MembersUnknown));
        MessageIn(route, request)?.AddTo(problems);
        switch (request.Body)
        {
            case JsonArray commands when route.Path.EndsWith("/commands", StringComparison.Ordinal):
                new CommandRules(problems).All(commands);
                break;
            case JsonObject command when route.Path.EndsWith("/commands", StringComparison.Ordinal):
                new CommandRules(problems).Command(command, "");
                break;
            case JsonObject callback when route.Path.EndsWith("/callback", StringComparison.Ordinal):
                Callback(callback, problems);
                break;
            default:
                break;
        }
        return problems;
    }

    private static void Callback(JsonObject callback, List<(string Path, string Problem)> problems)
    {
        var data = callback["data"] as JsonObject ?? [];
        switch (Number(callback["type"]))
        {
            case 9:
                new ComponentRules(problems, "data.").Modal(data);
                break;
            case 8:
                foreach (var choice in (data["choices"] as JsonArray ?? []).OfType<JsonObject>())
                    if (MessageRules.Length(choice["name"]) is < 1 or > 100 || MessageRules.Length(choice["value"]) > 100)
                        problems.Add(("data.choices", "Must be between 1 and 100 in length."));
                if (data["choices"] is JsonArray { Count: > 25 })
                    problems.Add(("data.choices", "Must be 25 or fewer in length."));
                break;
            case 5 when (Number(data["flags"]) ?? 0) is not (0 or DiscordContent.Ephemeral):
                problems.Add(("data.flags", "a deferral is ephemeral or not, nothing else"));
                break;
            case null:
                problems.Add(("type", "This field is required"));
                break;
            default:
                break;
        }
    }

    private static MessageRules? MessageIn(DiscordRoute route, DiscordRequest request) => request.Body is not JsonObject body ? null : (route.Method, route.Path) switch
    {
        ("POST", "/channels/{channel_id}/messages") => new(body, ""),
        ("PATCH", "/channels/{channel_id}/messages/{message_id}") => new(body, ""),
        ("POST", "/channels/{channel_id}/threads") when body["message"] is JsonObject message => new(message, "message."),
        ("POST", "/interactions/{interaction_id}/{interaction_token}/callback") when Number(body["type"]) is 4 or 7 => new(body["data"] as JsonObject ?? [], "data."),
        ("POST" or "PATCH", _) when route.Path.StartsWith("/webhooks/", StringComparison.Ordinal) => new(body, ""),
        _ => null,
    };

    internal static int? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;
}
