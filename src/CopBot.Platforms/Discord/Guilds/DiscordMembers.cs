using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Discord.Api;

namespace CopBot.Platforms.Discord.Guilds;

/// <summary>Who an account is: the name it shows in a server, and whether a person is behind it.</summary>
public sealed record DiscordMember(string Id, string Name, bool IsPerson);

/// <summary>The accounts that the bot met, as events and interactions bring them along.</summary>
public sealed class DiscordMembers(DiscordApi api, DiscordGuilds guilds)
{
    // Beyond so many the oldest knowledge is not worth its place; it comes again with the next event.
    private const int Most = 100_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(600);

    private readonly ConcurrentDictionary<(string Guild, string User), DiscordMember> known = new();
    private readonly ConcurrentDictionary<string, string> homes = new();

    /// <summary>Takes over what an event says of an account: its name in the server, its own name, the one it signs in with.</summary>
    public DiscordMember Note(string guild, JsonObject user, JsonObject? member)
    {
        if (known.Count > Most)
            known.Clear();
        var id = user.Text("id");
        var name = new[] { member?.TextOrNull("nick"), user.TextOrNull("global_name"), user.TextOrNull("username"), id }.First(candidate => candidate is not null)!;
        homes.TryAdd(id, guild);
        return known[(guild, id)] = new DiscordMember(id, name, !user.Flag("bot") && !user.Flag("system"));
    }

    /// <summary>The account of an id in a server; asked for where nobody brought it along. Where Discord does not say in time, a stranger who counts as a person.</summary>
    public async Task<DiscordMember> FindAsync(string guild, string user, CancellationToken ct)
    {
        if (known.TryGetValue((guild, user), out var member))
            return member;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            var answer = await api.CallAsync(DiscordRoute.Member(guild, user), null, limit.Token);
            return answer.IsDone ? Note(guild, answer.Body.Object("user"), answer.Body) : new DiscordMember(user, user, answer.Code is not (DiscordError.UnknownMember or DiscordError.UnknownUser));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new DiscordMember(user, user, true);
        }
    }

    /// <summary>The name that an account shows; null where nobody met it yet.</summary>
    public string? NameOf(string guild, string user) => known.TryGetValue((guild, user), out var member) ? member.Name : null;

    /// <summary>The server whose member somebody is who writes to the bot alone; the first one where they were met in none.</summary>
    public string HomeOf(string user) =>
        homes.TryGetValue(user, out var home) && guilds.Find(home) is not null ? home : guilds.All is [var first, ..] ? first.Id : "";

    /// <summary>The account as people's handles carry it.</summary>
    public static Handle HandleOf(string guild, DiscordMember member) => new(DiscordPlatform.PlatformName, guild, member.Id, member.Name);
}
