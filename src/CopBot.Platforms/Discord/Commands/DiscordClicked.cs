using System.Text.Json;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Discord.Messages;

namespace CopBot.Platforms.Discord.Commands;

/// <summary>A command from the menu of a message or a person (interactions/application-commands, “User Commands”, “Message Commands”).</summary>
internal static class DiscordClicked
{
    public const int User = 2;
    public const int Message = 3;

    // As long as a title may be; the form says so itself where it is too long.
    private const int LongestTitle = 280;

    public static bool IsMenu(JsonObject data) => data["type"] is JsonValue type && type.TryGetValue<int>(out var kind) && kind is User or Message;

    /// <summary>The line with which the form is opened; null where there is no such entry.</summary>
    public static string? Line(JsonObject data, CommandCatalog catalog, string? guild)
    {
        var target = Text(data["target_id"]);
        var message = data["resolved"] is JsonObject resolved && resolved["messages"] is JsonObject messages ? messages[target] as JsonObject : null;
        return ((int)data["type"]!, Text(data["name"])) switch
        {
            (Message, DiscordCommands.LogAsShare) when catalog.Find("share") is { } share => CommandLine.Write(share.Name, Known(message ?? [], target, guild)),
            (Message, DiscordCommands.Thank) when catalog.Find("kudos") is { } kudos => Kudos(kudos, Author(message)),
            (User, DiscordCommands.Thank) when catalog.Find("kudos") is { } kudos => Kudos(kudos, target),
            _ => null,
        };
    }

    private static string Kudos(Command kudos, string? account) =>
        CommandLine.Write(kudos.Name, account is not null && DiscordReader.IsAccount(account) ? [new("to", $"<@{account}>")] : []);

    // Nobody thanks a bot.
    private static string? Author(JsonObject? message) =>
        message?["author"] is JsonObject author && !(author["bot"] is JsonValue bot && bot.GetValueKind() == JsonValueKind.True) ? Text(author["id"]) : null;

    private static IEnumerable<KeyValuePair<string, string>> Known(JsonObject message, string target, string? guild)
    {
        var title = string.Join(' ', TextRules.Clean(Text(message["content"])).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (title.Length > 0)
            yield return new("title", TextRules.Short(title, LongestTitle));
        if (Text(message["channel_id"]) is var channel && DiscordReader.IsAccount(channel) && DiscordReader.IsAccount(target))
            yield return new("link", $"https://discord.com/channels/{(guild is not null && DiscordReader.IsAccount(guild) ? guild : "@me")}/{channel}/{target}");
    }

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
