using System.Globalization;
using System.Text.Json.Nodes;
using CopBot.Platforms.Discord.Api;
using NodaTime;

namespace CopBot.Platforms.Discord.Guilds;

/// <summary>
/// Asks in which servers the bot is, and what is in them. The gateway tells that when a session begins; a process that goes on with the session of the
/// one before it is told nothing, and would know neither its own name nor any channel.
/// </summary>
public sealed class GuildCensus(DiscordApi api, DiscordGuilds guilds, TimeProvider time)
{
    private const int PageSize = 200;

    // A session waits some minutes for somebody to go on with it, and no longer.
    private const int Attempts = 6;
    private static readonly Duration LongestWait = Duration.FromSeconds(20);

    /// <summary>Takes over what a session's beginning would have told. False where Discord does not say: then another session has to begin.</summary>
    public async Task<bool> TakeAsync(int shard, int shards, CancellationToken ct)
    {
        var self = await AskAsync(DiscordRoute.Self, ct);
        if (!self.IsDone)
            return false;

        guilds.Apply("READY", new JsonObject { ["user"] = self.Body.DeepClone() });
        for (var after = "0"; ;)
        {
            var page = await AskAsync(DiscordRoute.Servers(after), ct);
            if (!page.IsDone)
                return false;

            var ids = page.List.Select(server => server.Text("id")).Where(id => id.Length > 0).ToList();
            foreach (var id in ids.Where(id => DiscordGuilds.ShardOf(id, shards) == shard))
            {
                if (!await TakeAsync(id, ct))
                    return false;
            }

            if (ids.Count < PageSize)
                return true;
            after = ids.MaxBy(id => ulong.Parse(id, NumberStyles.None, CultureInfo.InvariantCulture))!;
        }
    }

    /// <summary>Takes over what is in one server. False where Discord does not say.</summary>
    public async Task<bool> LookAsync(string guild, CancellationToken ct)
    {
        var self = await AskAsync(DiscordRoute.Self, ct);
        if (self.IsDone)
            guilds.Apply("READY", new JsonObject { ["user"] = self.Body.DeepClone() });
        return self.IsDone && await TakeAsync(guild, ct);
    }

    private async Task<bool> TakeAsync(string guild, CancellationToken ct)
    {
        var server = await AskAsync(DiscordRoute.Server(guild), ct);
        var channels = await AskAsync(DiscordRoute.Channels(guild), ct);
        var bot = await AskAsync(DiscordRoute.Member(guild, guilds.BotUser), ct);
        var threads = await AskAsync(DiscordRoute.Threads(guild), ct);
        if (!server.IsDone || !channels.IsDone || !bot.IsDone)
            return false;

        var told = server.Body.DeepClone().AsObject();
        told["channels"] = new JsonArray([.. channels.List.Select(channel => channel.DeepClone())]);
        told["threads"] = new JsonArray([.. threads.Body.Objects("threads").Select(thread => thread.DeepClone())]);
        told["members"] = new JsonArray(bot.Body.DeepClone());
        guilds.Apply("GUILD_CREATE", told);
        return true;
    }

    private async Task<DiscordAnswer> AskAsync(DiscordRoute route, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await api.CallAsync(route, null, ct);
            if (answer.IsDone || answer.Outcome == DiscordOutcome.Permanent || answer.IsTokenRefused || attempt == Attempts)
                return answer;
            await Task.Delay(Duration.Min(LongestWait, answer.RetryAfter ?? Duration.FromSeconds(Math.Pow(2, attempt - 1))).ToTimeSpan(), time, ct);
        }
    }
}
