using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>Something in a text that does more than stand there.</summary>
/// <param name="Kind"><c>user</c>, <c>role</c>, <c>channel</c>, <c>everyone</c>, <c>link</c>, <c>time</c>, <c>command</c>, <c>emoji</c>, <c>heading</c>, <c>subtext</c>, <c>quote</c>, <c>code</c>, <c>bold</c>, <c>italic</c>, <c>underline</c>, <c>strike</c>, <c>spoiler</c>.</param>
/// <param name="Value">The id, the address, or the words it was put around.</param>
/// <param name="Where">The part of the message: <c>content</c>, <c>embeds[0].description</c>.</param>
public sealed record DiscordLiveThing(string Kind, string Value, string Where);

/// <summary>What people read, what in it is live, and what should not be there.</summary>
public sealed record DiscordReading(string Text, IReadOnlyList<DiscordLiveThing> Live, IReadOnlyList<string> Problems);

/// <summary>
/// Reads a message as Discord's client shows it: marks are gone, escapes undone, mentions and times drawn. Strict: names of nobody, links that are
/// not the message's own buttons or embeds', headings, quotes, spoilers and pings are told as problems, unless a test says that they are meant.
/// </summary>
public sealed class DiscordReader(DiscordServer server)
{
    /// <summary>Addresses that may be live in a text.</summary>
    public HashSet<string> Links { get; } = [];

    /// <summary>Kinds of <see cref="DiscordLiveThing"/> that are problems wherever they are.</summary>
    public HashSet<string> Unwanted { get; } = ["heading", "subtext", "quote", "spoiler", "strike", "underline", "command", "emoji", "everyone"];

    /// <summary>A stored message, with whom it pinged.</summary>
    public DiscordReading Read(DiscordMessage message)
    {
        var reading = Read(message.Channel, message.Text, message.Embeds, message.Components);
        return reading with { Problems = [.. reading.Problems, .. message.Content.Pinged.Where(ping => ping is "@everyone" or "@here" || ping.StartsWith("<@&", StringComparison.Ordinal)).Select(ping => $"pings {ping}")] };
    }

    /// <summary>The parts of a message that is to stand in a channel.</summary>
    public DiscordReading Read(DiscordChannel? channel, string content, JsonArray embeds, JsonArray components)
    {
        List<string> lines = [];
        List<DiscordLiveThing> live = [];
        HashSet<string> own = [.. Links];
        Add(content, "content");
        foreach (var (index, embed) in embeds.OfType<JsonObject>().Index())
        {
            var at = $"embeds[{index}]";
            own.UnionWith(new[] { embed["url"], embed["author"]?["url"] }.OfType<JsonNode>().Select(url => url.ToString()));
            Plain(embed["author"]?["name"]);
            Add(embed["title"]?.ToString(), $"{at}.title");
            Add(embed["description"]?.ToString(), $"{at}.description");
            foreach (var (number, field) in (embed["fields"] as JsonArray ?? []).Index())
            {
                Add(field!["name"]?.ToString(), $"{at}.fields[{number}].name");
                Add(field["value"]?.ToString(), $"{at}.fields[{number}].value");
            }
            Plain(embed["footer"]?["text"]);
        }
        foreach (var component in DiscordComponents.Flat(components))
            switch (DiscordComponents.TypeOf(component))
            {
                case DiscordComponents.TextDisplay:
                    Add(component["content"]?.ToString(), "components");
                    break;
                case DiscordComponents.Button:
                    if (component["url"] is { } url)
                        own.Add(url.ToString());
                    lines.Add($"  [{component["label"] ?? component["emoji"]?["name"]}]");
                    break;
                case DiscordComponents.StringSelect:
                    lines.AddRange((component["options"] as JsonArray ?? []).Select(option => $"  [{option!["label"]}]"));
                    break;
                default:
                    break;
            }
        return new(string.Join('\n', lines), live, [.. live.Select(thing => Problem(thing, own)).OfType<string>()]);

        void Add(string? text, string where)
        {
            if (string.IsNullOrEmpty(text))
                return;
            var markdown = new DiscordMarkdown(server, channel?.Guild, where);
            lines.Add(markdown.Shown(text));
            live.AddRange(markdown.Live);
        }

        // Names of authors and footers are shown as they are.
        void Plain(JsonNode? text)
        {
            if (text is not null)
                lines.Add(text.ToString());
        }
    }

    private string? Problem(DiscordLiveThing thing, HashSet<string> own) => thing.Kind switch
    {
        "user" when server.Locked(() => server.FindUser(thing.Value)) is null => $"{thing.Where}: names nobody: {thing.Value}",
        "role" when !server.Guilds.Any(guild => guild.Roles.Any(role => role.Id == thing.Value)) => $"{thing.Where}: names no role: {thing.Value}",
        "channel" when server.Locked(() => server.FindChannel(thing.Value)) is null => $"{thing.Where}: names no channel: {thing.Value}",
        "link" when !own.Contains(thing.Value) => $"{thing.Where}: a live link: {thing.Value}",
        var kind when Unwanted.Contains(kind) && (kind != "everyone" || thing.Where == "content") => $"{thing.Where}: a live {kind}: {thing.Value}",
        _ => null,
    };
}
