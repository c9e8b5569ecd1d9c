using System.Globalization;
using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>Guilds, their channels, roles and members.</summary>
internal static class GuildRoutes
{
    private const string MemberRole = "/guilds/{guild_id}/members/{user_id}/roles/{role_id}";

    public static DiscordRoute[] All { get; } =
    [
        new("GET", "/users/@me/guilds", call => new JsonArray([.. call.Server.Guilds.Where(guild => guild.BotIn).Select(Partial)])),
        new("GET", "/guilds/{guild_id}", Get),
        new("GET", "/guilds/{guild_id}/channels", call => new JsonArray([.. call.Guild().Channels.Where(channel => !channel.IsThread).Select(DiscordShapes.Channel)])),
        new("GET", "/guilds/{guild_id}/roles", call => new JsonArray([.. call.Guild().RoleList.Select(DiscordShapes.Role)])),
        new("POST", "/guilds/{guild_id}/roles", CreateRole),
        new("GET", "/guilds/{guild_id}/members", Members),
        new("GET", "/guilds/{guild_id}/members/{user_id}", call => DiscordShapes.Member(Member(call, call.Guild()))),
        new("PUT", MemberRole, call => SetRole(call, held: true)),
        new("DELETE", MemberRole, call => SetRole(call, held: false)),
    ];

    private static JsonObject Partial(DiscordGuild guild) => new() { ["id"] = guild.Id, ["name"] = guild.Name, ["icon"] = null, ["banner"] = null, ["owner"] = false, ["permissions"] = DiscordShapes.Bits(DiscordPermissions.Of(guild.Server.BotUser, guild)), ["features"] = new JsonArray() };

    private static JsonObject Get(DiscordCall call)
    {
        var guild = call.Guild();
        var shape = DiscordShapes.Guild(guild);
        if (call.Flag("with_counts"))
            (shape["approximate_member_count"], shape["approximate_presence_count"]) = (guild.MemberList.Count, guild.MemberList.Count);
        return shape;
    }

    private static DiscordMember Member(DiscordCall call, DiscordGuild guild)
    {
        if (call.Server.FindUser(call["user_id"]) is null)
            throw DiscordRefusal.Of(10013);
        return guild.FindMember(call["user_id"]) ?? throw DiscordRefusal.Of(10007);
    }

    private static JsonArray Members(DiscordCall call)
    {
        var guild = call.Guild();
        // The list is behind the same switch of the portal as the intent.
        if ((call.Server.PrivilegedIntents & GatewayIntents.GuildMembers) == 0)
            throw DiscordRefusal.Of(50001);
        var (limit, after) = (call.Number("limit", 1, 1, 1000), ulong.Parse(call.Query("after") ?? "0", CultureInfo.InvariantCulture));
        return new([.. guild.MemberList.Select(member => (Id: ulong.Parse(member.User.Id, CultureInfo.InvariantCulture), Member: member)).Where(pair => pair.Id > after).OrderBy(pair => pair.Id).Take(limit).Select(pair => DiscordShapes.Member(pair.Member))]);
    }

    private static JsonObject CreateRole(DiscordCall call)
    {
        var (guild, body) = (call.Guild(), call.Body);
        call.Need(guild, DiscordPermissions.ManageRoles);
        var asked = body["permissions"]?.ToString() is { } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : guild.Everyone.Permissions;
        // Nobody gives what they do not have.
        if ((asked & ~DiscordPermissions.Of(call.Bot, guild)) != 0)
            throw DiscordRefusal.Of(50013);
        var role = new DiscordRole(call.Server.NewId(), (string?)body["name"] ?? "new role") { Permissions = asked, Color = (int?)body["color"] ?? 0, Hoist = (bool?)body["hoist"] ?? false, Mentionable = (bool?)body["mentionable"] ?? false, Position = 1 };
        foreach (var higher in guild.RoleList.Where(other => other.Position >= 1))
            higher.Position++;
        guild.RoleList.Add(role);
        guild.Dispatch("GUILD_ROLE_CREATE", GatewayIntents.Guilds, () => new() { ["guild_id"] = guild.Id, ["role"] = DiscordShapes.Role(role) });
        return DiscordShapes.Role(role);
    }

    private static JsonNode? SetRole(DiscordCall call, bool held)
    {
        var guild = call.Guild();
        var member = Member(call, guild);
        var role = guild.FindRole(call["role_id"]) ?? throw DiscordRefusal.Of(10011);
        call.Need(guild, DiscordPermissions.ManageRoles);
        // Only what stands below the bot's own highest role can be given or taken; everyone's and those of integrations never.
        if (role.Managed || role.Id == guild.Id || role.Position >= DiscordPermissions.Height(call.Bot, guild))
            throw DiscordRefusal.Of(50013);
        if (held ? member.Roles.Add(role.Id) : member.Roles.Remove(role.Id))
            guild.MemberChanged(member);
        return null;
    }
}
