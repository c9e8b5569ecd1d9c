using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Discord.Api;
using CopBot.Platforms.Discord.Guilds;

namespace CopBot.Platforms.Discord;

/// <summary>Looks whether Discord is set up as docs/discord.md says: the token, the gateway, the commands, each server's permissions and main channel.</summary>
public sealed class DiscordCheckup(DiscordSettings settings, DiscordApi api, DiscordApplication application, GuildCensus census, DiscordGuilds guilds, MainChannels mains) : ICheckup
{
    private const int MostServers = 100;

    private static readonly (DiscordPermissions One, string Name, string Without)[] Wanted =
    [
        (DiscordPermissions.ViewChannel, "View Channels", "I see no channel"),
        (DiscordPermissions.SendMessages, "Send Messages", "I can post nothing"),
        (DiscordPermissions.EmbedLinks, "Embed Links", "cards are not shown"),
        (DiscordPermissions.ReadHistory, "Read Message History", "after an outage I cannot look up whether something was said"),
        (DiscordPermissions.ManageRoles, "Manage Roles", "the roles of rotations do not follow"),
        (DiscordPermissions.SendInThreads, "Send Messages in Threads", "I cannot answer in threads"),
        (DiscordPermissions.CreateEvents, "Create Events", "gatherings do not become events of the server"),
    ];

    public string Platform => "Discord";

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var gateway = await api.CallAsync(DiscordRoute.Gateway, null, ct);
        if (!gateway.IsDone)
        {
            yield return gateway.Problem?.StartsWith("401", StringComparison.Ordinal) == true
                ? Finding.Wrong("Discord does not take the token.", "In the developer portal, “Bot”, “Reset Token” gives a new one; set it as CopBot__Discord__Token.")
                : Finding.Wrong($"Discord does not answer ({gateway.Problem}).", "See whether this machine may reach discord.com over HTTPS, then look again.");
            yield break;
        }

        yield return Finding.Well("Discord takes the token.");
        var left = gateway.Body.Object("session_start_limit")["remaining"]?.GetValue<int>() ?? 0;
        yield return left > 0
            ? Finding.Well(string.Create(CultureInfo.InvariantCulture, $"The bot may introduce itself {left} more times today."))
            : Finding.Wrong("The bot has introduced itself to Discord too often today.", "Wait a day, and see in the log what kept ending its sessions.");

        if (!await application.LoadAsync(ct))
        {
            yield return Finding.Wrong("Discord does not say which application this is.", "Look again in a minute.");
            yield break;
        }

        yield return settings.ApplicationId is { } given && given != application.Id
            ? Finding.Wrong($"CopBot__Discord__ApplicationId is {given}, and the token is of {application.Id}.", "Leave the setting out, or correct it.")
            : Finding.Well($"The application is “{application.Name}” ({application.Id}).");
        yield return application.SeesMembers
            ? Finding.Well("“Server Members Intent” is on: whoever leaves serves no turn.")
            : Finding.Note("“Server Members Intent” is off: who leaves a server is not noticed.", "In the developer portal, “Bot”, “Privileged Gateway Intents”, switch it on; nothing else needs it.");

        await foreach (var finding in ServersAsync(ct))
            yield return finding;
    }

    private async IAsyncEnumerable<Finding> ServersAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var servers = await api.CallAsync(new DiscordRoute(HttpMethod.Get, "users/guilds", "", $"users/@me/guilds?limit={MostServers}"), null, ct);
        var all = servers.List.ToList();
        if (servers.IsDone && all.Count == 0)
            yield return Finding.Wrong("The bot is in no server.", $"Open https://discord.com/oauth2/authorize?client_id={application.Id}&scope=bot+applications.commands&permissions={(ulong)DiscordPermissions.Invited} and choose one.");
        foreach (var server in all)
        {
            var may = Overwrite.Bits(server, "permissions");
            var lacks = may.HasFlag(DiscordPermissions.Administrator) ? [] : Wanted.Where(one => !may.HasFlag(one.One)).ToList();
            var name = server.Text("name");
            if (lacks.Count == 0)
                yield return Finding.Well($"In {name} the bot may do all that it needs.");
            foreach (var lack in lacks)
                yield return Finding.Wrong($"In {name} the bot lacks “{lack.Name}”: {lack.Without}.", "Allow it to the bot's role in the server's settings, under “Roles”.");
            yield return await MainChannelAsync(server.Text("id"), name, ct);
        }
    }

    private async Task<Finding> MainChannelAsync(string server, string name, CancellationToken ct)
    {
        const string Other = "or choose another channel with `/cop settings channel:#…`";
        var main = "#" + (await mains.OfAsync(DiscordPlatform.PlatformName, server, ct)).TrimStart('#');
        if (!await census.LookAsync(server, ct))
            return Finding.Wrong($"Discord does not tell which channels {name} has.", "Look again in a minute.");
        return guilds.FindChannel(server, main) switch
        {
            null => Finding.Wrong($"In {name} I see no {main}, the community's main channel: what is for everybody is said nowhere.", $"Let the bot see it, {Other}."),
            { } channel when !guilds.MayPost(server, channel) => Finding.Wrong($"In {name} the bot may not post in {main}, the community's main channel.", $"Allow “View Channel”, “Send Messages” and “Embed Links” to it in the channel's settings, {Other}."),
            _ => Finding.Well($"In {name} it may post in {main}, the community's main channel."),
        };
    }
}
