using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Platforms.Discord.Api;
using CopBot.Platforms.Discord.Guilds;
using CopBot.Platforms.Discord.Intake;
using CopBot.Platforms.Discord.Messages;
using CopBot.Platforms.Wording;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CopBot.Platforms.Discord;

/// <summary>Discord as somewhere to send to. Places are channel ids, private ones a user id (<c>@80351110224678912</c>); a workspace is a server's id.</summary>
public sealed partial class DiscordPlatform(DiscordApi api, DiscordGuilds guilds, DiscordMembers members, DirectChannels direct, DiscordAnswers answers, DiscordMemory memory, LongLines lines, ILogger<DiscordPlatform> log) : IPlatform
{
    /// <summary>The platform of its places and accounts.</summary>
    public const string PlatformName = "discord";

    public string Name => PlatformName;

    public IReadOnlyList<string> Workspaces => [.. guilds.All.Select(guild => guild.Id)];

    public int LongestDocument => DiscordLimits.LongestDocument;

    public bool Revises => true;

    public bool Addresses => true;

    public bool Remembers => true;

    public Place? MainPlace(Community community, string workspace) => ChannelPlace(community, workspace, community.MainChannel);

    public Place? ChannelPlace(Community community, string workspace, string name) =>
        guilds.FindChannel(workspace, name) is { } id ? new Place(PlatformName, workspace, id) : null;

    public string ChannelName(Place place) => place.IsPrivate ? "@" + (members.NameOf(place.Workspace, place.Id[1..]) ?? place.Id[1..]) : guilds.NameOf(place.Workspace, place.Id);

    public async Task<Fate> FateAsync(Delivery delivery, CancellationToken ct)
    {
        // Bringing up to date twice is doing it once, and so is the first answer to an interaction.
        if (delivery.Revises is not null)
            return new Fate(FateKind.NotSaid);
        if (IsPrivate(delivery) && answers.Of(delivery) is { Token: { } token })
            return new Fate(await answers.TakesFirstAsync(token, ct) ? FateKind.NotSaid : FateKind.Unknowable);

        var (channel, opened) = await ChannelOfAsync(delivery, ct);
        if (channel is null)
            return new Fate(opened.Outcome == DiscordOutcome.Permanent ? FateKind.NotSaid : FateKind.Later, RetryAfter: opened.RetryAfter);
        return IsForum(delivery, channel) ? await memory.FindThreadAsync(delivery, TitleOf(delivery), channel, ct) : await memory.FindAsync(delivery, MessageOf(delivery), channel, ct);
    }

    public async Task<SendOutcome> SendAsync(Delivery delivery, CancellationToken ct)
    {
        var message = MessageOf(delivery);
        if (delivery.Revises is { } shown)
            return await ReviseAsync(delivery, message, shown, ct);

        await lines.KeepAsync(delivery, ct);
        var back = answers.Of(delivery);
        if (IsPrivate(delivery))
        {
            if (back is { Token: { } token } && await answers.SayAsync(token, message, ct) is { } answered)
                return OutcomeOf(answered, delivery);
            return await TellAsync(delivery, message, back, ct);
        }

        var outcome = await PostAsync(delivery, message, delivery.Place.Thread ?? delivery.Place.Id, ct);
        if (back is not { Token: { } open })
            return outcome;

        // Where the bot may not post, whoever asked reads it all the same; elsewhere “thinking …” has done its service.
        if (outcome.Kind == SendOutcomeKind.PlaceGone && await answers.SayAsync(open, message, ct) is { IsDone: true })
            return SendOutcome.Sent;
        if (outcome.Kind == SendOutcomeKind.Sent)
            await answers.TakeAwayAsync(open, ct);
        return outcome;
    }

    // For one person's eyes: in their conversation with the bot.
    private async Task<SendOutcome> TellAsync(Delivery delivery, DiscordMessage message, DiscordWayBack? back, CancellationToken ct)
    {
        var (channel, opened) = await ChannelOfAsync(delivery, ct);
        if (channel is null)
            return OutcomeOf(opened, delivery);

        var outcome = await PostAsync(delivery, message, channel, ct);
        if (outcome is { Kind: SendOutcomeKind.Permanent } && back is { Channel: { } asked, Message: { } about } && delivery.Only is not null)
            await HintAsync(asked, about, ct);
        return outcome;
    }

    private async Task<SendOutcome> PostAsync(Delivery delivery, DiscordMessage message, string channel, CancellationToken ct)
    {
        var body = DiscordBody.Of(message, pings: true);
        body["nonce"] = DiscordMemory.KeyOf(delivery);
        body["enforce_nonce"] = true;
        Task<DiscordAnswer> CallAsync() => IsForum(delivery, channel) ? BeginThreadAsync(delivery, body, channel, ct) : api.CallAsync(DiscordRoute.Post(channel), body, ct);
        var answer = await CallAsync();

        // A thread that was closed or deleted, or where the bot may not write: it is said where the thread hangs.
        if (channel != delivery.Place.Id && !IsPrivate(delivery) && answer.Code is DiscordError.ThreadArchived or DiscordError.UnknownChannel or DiscordError.NoAccess or DiscordError.NoPermission)
            return await PostAsync(delivery with { Place = delivery.Place with { Thread = null } }, message, delivery.Place.Id, ct);
        if (answer.Code == DiscordError.Malformed)
        {
            // A message that Discord finds fault with is a defect of ours; people get its words all the same.
            Log.Malformed(log, answer.Problem);
            body["embeds"] = new JsonArray();
            body["components"] = new JsonArray();
            answer = await CallAsync();
        }

        return OutcomeOf(answer, delivery);
    }

    private bool IsForum(Delivery delivery, string channel) => !IsPrivate(delivery) && guilds.Find(delivery.Place.Workspace)?.Channels.GetValueOrDefault(channel) is { IsForum: true };

    private static string TitleOf(Delivery delivery) =>
        CodePoints.Fit(CodePoints.Readable(PlainText.Of(delivery.Message.Summary, delivery.Names)).Replace('\n', ' '), DiscordLimits.ThreadName) is { Length: > 0 } title ? title : "CopBot";

    // In a forum every post is a thread of its own (docs.discord.com/developers/resources/channel, “Start Thread in Forum or Media Channel”).
    private Task<DiscordAnswer> BeginThreadAsync(Delivery delivery, JsonObject body, string channel, CancellationToken ct)
    {
        body.Remove("nonce");
        body.Remove("enforce_nonce");
        return api.CallAsync(DiscordRoute.StartThread(channel), new JsonObject { ["name"] = TitleOf(delivery), ["message"] = body.DeepClone() }, ct);
    }

    private async Task<SendOutcome> ReviseAsync(Delivery delivery, DiscordMessage message, string shown, CancellationToken ct)
    {
        if (shown.Split('/') is not [var channel, var id])
            return SendOutcome.Sent;

        var answer = await api.CallAsync(DiscordRoute.Edit(channel, id), DiscordBody.Of(message), ct);

        // Somebody deleted it, or its thread is closed: nobody misses the newer wording.
        return answer.Code is DiscordError.UnknownMessage or DiscordError.UnknownChannel or DiscordError.ThreadArchived ? SendOutcome.Sent : OutcomeOf(answer, delivery);
    }

    // Whoever closed their private conversations and typed a line in a channel would never learn why nothing comes.
    private Task<DiscordAnswer> HintAsync(string channel, string message, CancellationToken ct)
    {
        var hint = DiscordBody.Of(DiscordMessage.Of("I answered you in private, and Discord did not let me: allow direct messages from this server, or use my commands with “/”.", new DiscordReader(static _ => PlainText.Someone, static _ => null)));
        hint["message_reference"] = new JsonObject { ["message_id"] = message, ["fail_if_not_exists"] = false };
        return api.CallAsync(DiscordRoute.Post(channel), hint, ct);
    }

    private async Task<(string? Id, DiscordAnswer Answer)> ChannelOfAsync(Delivery delivery, CancellationToken ct) =>
        IsPrivate(delivery) ? await direct.OpenAsync(delivery.Only ?? delivery.Place.Id[1..], ct) : (delivery.Place.Thread ?? delivery.Place.Id, new DiscordAnswer(DiscordOutcome.Done));

    private static DiscordMessage MessageOf(Delivery delivery) => DiscordMessage.Of(delivery.Message, new DiscordReader(delivery.Names, delivery.Accounts, LongLines.ReferenceOf(delivery)));

    private static bool IsPrivate(Delivery delivery) => delivery.Only is not null || delivery.Place.IsPrivate;

    private static SendOutcome OutcomeOf(DiscordAnswer answer, Delivery delivery) => answer.Outcome switch
    {
        DiscordOutcome.Done => SendOutcome.Sent with { MessageId = IdOf(answer.Body) },
        DiscordOutcome.RateLimited => new(SendOutcomeKind.RateLimited, answer.RetryAfter, answer.Problem),
        DiscordOutcome.Transient => new(SendOutcomeKind.Transient, answer.RetryAfter, answer.Problem),
        DiscordOutcome.Unknown => new(SendOutcomeKind.Unknown, Problem: answer.Problem),
        _ when !IsPrivate(delivery) && GoneBecause(answer.Code) is { } reason => new(SendOutcomeKind.PlaceGone, Problem: reason),
        _ => new(SendOutcomeKind.Permanent, Problem: answer.Problem),
    };

    // A thread that begins with a post gives itself, and the post with it.
    private static string? IdOf(JsonObject said) =>
        said["message"] is JsonObject first ? DiscordMemory.IdOf(said.Text("id"), first.Text("id")) : said.TextOrNull("id") is { } id ? DiscordMemory.IdOf(said.Text("channel_id"), id) : null;

    private static string? GoneBecause(int code) => code switch
    {
        DiscordError.UnknownChannel => "it is not there any more",
        DiscordError.NoAccess => "I cannot see it; I need “View Channel” there",
        DiscordError.TagNeeded => "it is a forum that wants a tag for each post, and I give none; switch that off in the forum's settings",
        DiscordError.NoPermission => "I may not post in it; I need “Send Messages” and “Embed Links” there",
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Discord found fault with a message ({Problem}); its text alone was sent")]
        public static partial void Malformed(ILogger log, string? problem);
    }
}
