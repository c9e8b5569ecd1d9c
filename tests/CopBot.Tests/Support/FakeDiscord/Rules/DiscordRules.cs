using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>Everything that a body must hold to: Discord's OpenAPI, the limits that bots have beyond it, and that every message says whom it may ping.</summary>
internal static class DiscordRules
{
    /// <summary>What is wrong with the body: where, and what.</summary>
    public static List<(string Path, string Problem)> Problems(DiscordRoute route, DiscordRequest request)
    {
        List<(string Path, string Problem)> problems = [];
        MessageIn(route, request)?.AddTo(problems);
        return problems;
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
