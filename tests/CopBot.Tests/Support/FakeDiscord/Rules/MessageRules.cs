using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>A bot's own limits of a message, which are narrower than those of the OpenAPI, and our rule about mentions.</summary>
internal sealed class MessageRules(JsonObject message, string at)
{
    private List<(string Path, string Problem)> problems = [];

    public void AddTo(List<(string Path, string Problem)> into)
    {
        problems = into;
        Mentions();
        Unless(Length(message["content"]) <= 2000, "content", "Must be 2000 or fewer in length.");
        Unless(Length(message["nonce"]) <= 25, "nonce", "Must be 25 or fewer in length.");
        Unless(DiscordRules.Number(message["enforce_nonce"]) is null && !(message["enforce_nonce"]?.ToJsonString() == "true" && message["nonce"] is null), "enforce_nonce", "needs a nonce");
        Embeds(message["embeds"] as JsonArray ?? []);
        if (message["components"] is JsonArray components)
            new ComponentRules(problems, at).Message(components, ((DiscordRules.Number(message["flags"]) ?? 0) & DiscordContent.ComponentsV2) != 0);
        if (((DiscordRules.Number(message["flags"]) ?? 0) & DiscordContent.ComponentsV2) != 0)
            Unless(Length(message["content"]) == 0 && message["embeds"] is null or JsonArray { Count: 0 }, "flags", "content and embeds cannot be used with components V2");
    }

    private void Mentions()
    {
        if (message["allowed_mentions"] is not JsonObject allowed || allowed["parse"] is not JsonArray parse)
        {
            problems.Add((at + "allowed_mentions", "is not explicit: what is left out pings everybody who is named, also in an edit"));
            return;
        }
        foreach (var kind in (string[])["users", "roles"])
            Unless(allowed[kind] is not JsonArray { Count: > 0 } || !parse.Any(item => item?.ToString() == kind), "allowed_mentions.parse", $"{kind} may be parsed or listed, not both");
    }

    private void Embeds(JsonArray embeds)
    {
        Unless(embeds.Count <= 10, "embeds", "Must be 10 or fewer in length.");
        var total = 0;
        foreach (var (index, embed) in embeds.Index())
        {
            if (embed is not JsonObject one)
                continue;
            int Part(JsonNode? node, string path, int most)
            {
                var length = Length(node);
                Unless(length <= most, $"embeds[{index}].{path}", $"Must be {most} or fewer in length.");
                return length;
            }
            var sum = Part(one["title"], "title", 256) + Part(one["description"], "description", 4096) + Part(one["footer"]?["text"], "footer.text", 2048) + Part(one["author"]?["name"], "author.name", 256);
            var fields = one["fields"] as JsonArray ?? [];
            Unless(fields.Count <= 25, $"embeds[{index}].fields", "Must be 25 or fewer in length.");
            foreach (var (number, field) in fields.Index())
            {
                sum += Part(field?["name"], $"fields[{number}].name", 256) + Part(field?["value"], $"fields[{number}].value", 1024);
                Unless(Trimmed(field?["name"]) > 0, $"embeds[{index}].fields[{number}].name", "This field is required");
                Unless(Trimmed(field?["value"]) > 0, $"embeds[{index}].fields[{number}].value", "This field is required");
            }
            Unless(sum > 0 || one["image"] is not null || one["thumbnail"] is not null, $"embeds[{index}]", "is empty");
            foreach (var path in (string[])["url", "image.url", "thumbnail.url", "footer.icon_url", "author.url", "author.icon_url"])
                Unless(path.Split('.').Aggregate((JsonNode?)one, (node, name) => node?[name])?.ToString() is not { } url || IsLink(url), $"embeds[{index}].{path}", "Scheme must be one of ('http', 'https').");
            total += sum;
        }
        Unless(total <= 6000, "embeds", "Embed size exceeds maximum size of 6000");
    }

    internal static bool IsLink(string url) => Uri.TryCreate(url, UriKind.Absolute, out var link) && link.Scheme is "http" or "https" or "discord";

    /// <summary>Discord counts code points, not UTF-16.</summary>
    internal static int Length(JsonNode? node) => node?.ToString().EnumerateRunes().Count() ?? 0;

    private static int Trimmed(JsonNode? node) => node?.ToString().Trim().Length ?? 0;

    private void Unless(bool fine, string path, string problem)
    {
        if (!fine)
            problems.Add((at + path, problem));
    }
}
