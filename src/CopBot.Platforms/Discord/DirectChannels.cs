using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CopBot.Platforms.Discord.Api;

namespace CopBot.Platforms.Discord;

/// <summary>The private conversations with people. Discord opens one where there is none, and gives the same one each time.</summary>
public sealed class DirectChannels(DiscordApi api)
{
    private readonly ConcurrentDictionary<string, string> known = new();

    /// <summary>The channel's id; where that cannot be, Discord's answer says why.</summary>
    public async Task<(string? Id, DiscordAnswer Answer)> OpenAsync(string user, CancellationToken ct)
    {
        if (known.TryGetValue(user, out var channel))
            return (channel, new DiscordAnswer(DiscordOutcome.Done));

        var answer = await api.CallAsync(DiscordRoute.OpenDirect, new JsonObject { ["recipient_id"] = user }, ct);
        var id = answer.Body.TextOrNull("id");
        if (answer.IsDone && id is not null)
            known[user] = id;
        return (id, answer);
    }
}
