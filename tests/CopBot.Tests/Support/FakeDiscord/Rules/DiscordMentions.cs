using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>Whom a text names, and whom it really pings. Neither escapes nor code keep a mention from pinging: only <c>allowed_mentions</c> does.</summary>
public static partial class DiscordMentions
{
    /// <summary>Ids of the people a text names.</summary>
    public static IReadOnlyList<string> UsersIn(string text) => [.. User().Matches(text).Select(match => match.Groups[1].Value).Distinct()];

    /// <summary>Ids of the roles a text names.</summary>
    public static IReadOnlyList<string> RolesIn(string text) => [.. Role().Matches(text).Select(match => match.Groups[1].Value).Distinct()];

    internal static IReadOnlyList<string> Pinged(DiscordServer server, DiscordChannel channel, string text, JsonObject? allowed, DiscordMessage? repliesTo)
    {
        // Left out altogether, everything pings that can.
        HashSet<string> parse = allowed is null ? ["users", "roles", "everyone"] : [.. Texts(allowed["parse"])];
        var (users, roles) = (Texts(allowed?["users"]), Texts(allowed?["roles"]));
        List<string> pinged = [.. UsersIn(text).Where(id => parse.Contains("users") || users.Contains(id)).Select(id => $"<@{id}>")];
        if (repliesTo is not null && (allowed is null || allowed["replied_user"]?.ToJsonString() == "true"))
            pinged.Add($"<@{repliesTo.Author.Id}>");
        if (channel.Guild is { } guild)
        {
            var mayAll = (DiscordPermissions.Of(server.BotUser, guild, channel) & DiscordPermissions.MentionEveryone) != 0;
            pinged.AddRange(RolesIn(text).Where(id => (parse.Contains("roles") || roles.Contains(id)) && (mayAll || guild.FindRole(id)?.Mentionable == true)).Select(id => $"<@&{id}>"));
            if (mayAll && parse.Contains("everyone"))
                pinged.AddRange(All().Matches(text).Select(match => match.Value));
        }
        return [.. pinged.Distinct()];
    }

    private static List<string> Texts(JsonNode? node) => [.. (node as JsonArray ?? []).Select(item => item?.ToString() ?? "")];

    [GeneratedRegex("<@!?([0-9]{1,20})>")]
    private static partial Regex User();

    [GeneratedRegex("<@&([0-9]{1,20})>")]
    private static partial Regex Role();

    [GeneratedRegex("@everyone|@here")]
    private static partial Regex All();
}
