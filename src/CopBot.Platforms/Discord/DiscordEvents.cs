using System.Globalization;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Platforms.Discord.Api;
using CopBot.Platforms.Discord.Guilds;
using CopBot.Platforms.Wording;
using NodaTime;
using NodaTime.Text;

namespace CopBot.Platforms.Discord;

/// <summary>
/// A scheduled event per gathering and server (docs.discord.com/developers/resources/guild-scheduled-event). The bot makes its own and touches no other; one
/// whose answer was lost is found by its description, so it is not made twice.
/// </summary>
public sealed class DiscordEvents(DiscordApi api, DiscordGuilds guilds, Store store) : IEventSync
{
    private const int LongestName = 100;
    private const int LongestDescription = 1000;
    private const int Elsewhere = 3;
    private const int GuildOnly = 2;
    private const int Cancelled = 4;

    public string Platform => DiscordPlatform.PlatformName;

    public async Task<SyncOutcome> SetAsync(GatheringEvent gathering, CancellationToken ct)
    {
        var outcome = SyncOutcome.Done;
        foreach (var guild in guilds.All)
        {
            var one = await SetAsync(guild, gathering, ct);

            // What one server refuses for good keeps no other from being asked again soon.
            if (one.Kind == SyncOutcomeKind.Later || outcome.Kind == SyncOutcomeKind.Done)
                outcome = one;
        }

        return outcome;
    }

    private async Task<SyncOutcome> SetAsync(DiscordGuild guild, GatheringEvent gathering, CancellationToken ct)
    {
        var known = await KnownAsync(guild, gathering, ct);
        if (known is null)
        {
            var listed = await api.CallAsync(DiscordRoute.Events(HttpMethod.Get, guild.Id), null, ct);
            if (!listed.IsDone)
                return OutcomeOf(listed, guild);
            known = listed.List.FirstOrDefault(one => one.Text("creator_id") == guilds.BotUser && one.Text("description").EndsWith(Mark(gathering), StringComparison.Ordinal))?.TextOrNull("id");
        }

        if (gathering.IsCancelled)
            return known is null ? SyncOutcome.Done : OutcomeOf(await api.CallAsync(DiscordRoute.Events(HttpMethod.Patch, guild.Id, known), new JsonObject { ["status"] = Cancelled }, ct), guild);
        if (known is not null)
        {
            var changed = await api.CallAsync(DiscordRoute.Events(HttpMethod.Patch, guild.Id, known), BodyOf(guild, gathering), ct);
            if (changed.Code != DiscordError.UnknownEvent)
            {
                await NoteAsync(guild, gathering, known, ct);
                return OutcomeOf(changed, guild);
            }
        }

        if ((guild.Everywhere & DiscordPermissions.CreateEvents) == 0)
            return new SyncOutcome(SyncOutcomeKind.Refused, Problem: $"I lack “Create Events” in {guild.Name}: allow it to my role in the server's settings, under “Roles”");
        var made = await api.CallAsync(DiscordRoute.Events(HttpMethod.Post, guild.Id) with { Reason = string.Create(CultureInfo.InvariantCulture, $"Gathering {gathering.Number}") }, BodyOf(guild, gathering), ct);
        if (made.IsDone && made.Body.TextOrNull("id") is { } id)
            await NoteAsync(guild, gathering, id, ct);
        return OutcomeOf(made, guild);
    }

    private static JsonObject BodyOf(DiscordGuild guild, GatheringEvent gathering)
    {
        var about = gathering.Topic is { } topic ? $"About {Markless(topic)}. " : "";
        return new JsonObject
        {
            ["name"] = NameOf(gathering),
            ["description"] = CodePoints.Fit(about, LongestDescription - Mark(gathering).Length) + Mark(gathering),
            ["privacy_level"] = GuildOnly,
            ["entity_type"] = Elsewhere,
            ["entity_metadata"] = new JsonObject { ["location"] = CodePoints.Fit(guild.Name, LongestName) },
            ["scheduled_start_time"] = InstantPattern.General.Format(gathering.Begins),
            ["scheduled_end_time"] = InstantPattern.General.Format(gathering.Ends),
        };
    }

    // The end of each description tells the event of one gathering from all others, whatever it is called and wherever it moves.
    private static string Mark(GatheringEvent gathering) => string.Create(CultureInfo.InvariantCulture, $"Join with /gather join {gathering.Number}; then I remind you.");

    // Names of events know no markup, but addresses and mentions in descriptions go live.
    private static string Markless(string text) => CodePoints.Readable(text).Replace("://", ":∕∕", StringComparison.Ordinal).Replace('@', '＠').Replace('<', '‹').Replace('>', '›').Replace('\n', ' ');

    private static string NameOf(GatheringEvent gathering) => CodePoints.Fit(Markless(gathering.Title), LongestName);

    private Task<string?> KnownAsync(DiscordGuild guild, GatheringEvent gathering, CancellationToken ct) =>
        store.ReadAsync(gathering.Community, (work, token) => work.Sql.FirstAsync($"select event_id from discord_events where gathering_id = {gathering.Gathering} and guild = {guild.Id}", row => (string?)row.Text(0), token), ct);

    private Task NoteAsync(DiscordGuild guild, GatheringEvent gathering, string id, CancellationToken ct) =>
        store.WriteAsync(gathering.Community, (work, token) => work.Sql.ExecuteAsync(
            $"""
            insert into discord_events (community_id, gathering_id, guild, event_id) values ({gathering.Community}, {gathering.Gathering}, {guild.Id}, {id})
            on conflict (gathering_id, guild) do update set event_id = excluded.event_id
            """, token), ct);

    private static SyncOutcome OutcomeOf(DiscordAnswer answer, DiscordGuild guild) => answer switch
    {
        { IsDone: true } or { Code: DiscordError.UnknownEvent } => SyncOutcome.Done,
        { Outcome: not DiscordOutcome.Permanent } => new(SyncOutcomeKind.Later, answer.RetryAfter, answer.Problem),
        { IsForbidden: true } => new(SyncOutcomeKind.Refused, Problem: $"{guild.Name} does not let me make events: allow “Create Events” to my role in the server's settings, under “Roles”"),
        _ => new(SyncOutcomeKind.Refused, Problem: answer.Problem),
    };
}
