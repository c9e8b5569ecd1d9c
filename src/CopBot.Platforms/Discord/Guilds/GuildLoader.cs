using System.Text.Json.Nodes;
using CopBot.Platforms.Discord.Api;
using NodaTime;

namespace CopBot.Platforms.Discord.Guilds;

/// <summary>
/// Asks for the servers that the bot is in. The gateway tells of them when a session begins and not when it is gone on with, which is what a new
/// process does (docs.discord.com/developers/events/gateway, “Resuming”).
/// </summary>
public sealed class GuildLoader(DiscordApi api, DiscordGuilds guilds, TimeProvider time)
{
    // Three requests each: for more of them a new session is less trouble than asking.
    private const int Most = 40;
    private const int MostTries = 5;
    private static readonly Duration LongestWait = Duration.FromSeconds(5);

    /// <summary>False where Discord does not say now, or where there are too many.</summary>
    public async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await GetAsync("users/@me", "users/@me", "", ct) is not { IsDone: true } self || await GetAsync("users/guilds", $"users/@me/guilds?limit={Most + 1}", "", ct) is not { IsDone: true } listed)
            return false;

        var all = listed.List.Select(one => one.Text("id")).ToList();
        if (all.Count > Most)
            return false;
        guilds.Apply("READY", new JsonObject { ["user"] = self.Body.DeepClone() });
        var told = await Task.WhenAll(all.Select(id => OneAsync(id, self.Body.Text("id"), ct)));
        if (told.Any(one => one is null))
            return false;
        foreach (var one in told.OfType<JsonObject>())
            guilds.Apply("GUILD_CREATE", one);
        return true;
    }

    private async Task<JsonObject?> OneAsync(string id, string bot, CancellationToken ct)
    {
        var guild = await GetAsync("guilds", $"guilds/{id}", id, ct);
        var channels = await GetAsync("guilds/channels", $"guilds/{id}/channels", id, ct);
        var member = await GetAsync("guilds/members/id", $"guilds/{id}/members/{bot}", id, ct);
        if (!guild.IsDone || !channels.IsDone || !member.IsDone)
            return null;

        var told = guild.Body.DeepClone().AsObject();
        told["channels"] = channels.Json?.DeepClone();
        told["members"] = new JsonArray(member.Body.DeepClone());
        return told;
    }

    private async Task<DiscordAnswer> GetAsync(string template, string path, string major, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            var answer = await api.CallAsync(new DiscordRoute(HttpMethod.Get, template, major, path), null, ct);
            if (answer.Outcome is DiscordOutcome.Done or DiscordOutcome.Permanent || tries == MostTries)
                return answer;
            await Task.Delay(Duration.Min(answer.RetryAfter ?? Duration.FromSeconds(1), LongestWait).ToTimeSpan(), time, ct);
        }
    }
}
