using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Discord.Api;
using CopBot.Platforms.Discord.Guilds;
using CopBot.Platforms.Discord.Intake;
using CopBot.Platforms.Discord.Messages;
using NodaTime;

namespace CopBot.Platforms.Discord;

/// <summary>
/// Answers by an interaction's token, which only whoever did it sees (docs.discord.com/developers/interactions/receiving-and-responding, “Followup Messages”).
/// The first takes the place of “thinking …”, which done twice is done once; further ones stand on their own.
/// </summary>
public sealed class DiscordAnswers(DiscordApi api, DiscordApplication application, Deferrals deferrals, TimeProvider time)
{
    private const int Ephemeral = 1 << 6;

    // A token is good for fifteen minutes; the last one is not relied upon.
    private static readonly Duration Lasts = Duration.FromMinutes(14);

    /// <summary>The way back to whoever asked, where there is one and it is still good.</summary>
    public DiscordWayBack? Of(Delivery delivery) =>
        DiscordWayBack.Read(delivery.ReplyTo) is { } back && (back.Interaction is null ? delivery.At : DiscordSpeech.At(back.Interaction)) is { } since && Instant.FromDateTimeOffset(time.GetUtcNow()) - since < Lasts ? back : null;

    /// <summary>Whether the next answer takes the place of “thinking …”.</summary>
    public async Task<bool> TakesFirstAsync(string token, CancellationToken ct) => await deferrals.IsGoodAsync(token, ct) && deferrals.IsOpen(token);

    /// <summary>Says it; null where Discord takes nothing by this token any more.</summary>
    public async Task<DiscordAnswer?> SayAsync(string token, DiscordMessage message, CancellationToken ct)
    {
        if (!await deferrals.IsGoodAsync(token, ct))
            return null;

        var body = DiscordBody.Of(message);
        var first = deferrals.IsOpen(token);
        if (!first)
            body["flags"] = Ephemeral;
        var answer = await api.CallAsync(first ? DiscordRoute.Original(HttpMethod.Patch, application.Id, token) : DiscordRoute.FollowUp(application.Id, token), body, ct);
        if (answer.Code == DiscordError.Malformed)
        {
            body["embeds"] = new JsonArray();
            body["components"] = new JsonArray();
            answer = await api.CallAsync(first ? DiscordRoute.Original(HttpMethod.Patch, application.Id, token) : DiscordRoute.FollowUp(application.Id, token), body, ct);
        }

        if (answer.IsDone)
            deferrals.Answered(token);

        // What was said by a token cannot be called by an id of a channel later.
        return answer.Outcome == DiscordOutcome.Permanent ? null : answer.IsDone ? answer with { Json = null } : answer;
    }

    /// <summary>Takes “thinking …” away: the answer stands in the channel. Where that fails it ends by itself.</summary>
    public async Task TakeAwayAsync(string token, CancellationToken ct)
    {
        if (!await deferrals.IsGoodAsync(token, ct) || !deferrals.IsOpen(token))
            return;
        deferrals.Answered(token);
        await api.CallAsync(DiscordRoute.Original(HttpMethod.Delete, application.Id, token), null, ct);
    }
}
