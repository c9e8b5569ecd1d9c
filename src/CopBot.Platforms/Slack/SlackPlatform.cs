using System.Globalization;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Platforms.Slack.Api;
using CopBot.Platforms.Slack.Blocks;
using CopBot.Platforms.Slack.Intake;
using CopBot.Platforms.Slack.Workspaces;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CopBot.Platforms.Slack;

/// <summary>Slack as somewhere to send to. Places are channel ids (<c>C0123ABCD</c>), private ones a user id (<c>@U0123ABCD</c>); a workspace is its id.</summary>
public sealed partial class SlackPlatform(SlackApi api, Workspaces.Workspaces workspaces, SlackChannels channels, Members members, SlackPace pace, SlackMemory memory, TimeProvider time, ILogger<SlackPlatform> log) : IPlatform
{
    /// <summary>The platform of its places and accounts.</summary>
    public const string PlatformName = "slack";

    /// <summary>Why a channel counts as gone though the bot is in it.</summary>
    internal const string ReadOnly = "only some people may post in it";

    // The way back is good for thirty minutes; the last ones are not relied upon.
    private static readonly Duration WayBackLasts = Duration.FromMinutes(28);

    public string Name => PlatformName;

    public IReadOnlyList<string> Workspaces => [.. workspaces.All.Select(workspace => workspace.Team)];

    // A text element of 3,000, less what a line with the name takes.
    public int LongestDocument => 2_900;

    public bool Revises => true;

    public bool Addresses => true;

    public bool Remembers => true;

    public Place? MainPlace(Community community, string workspace) => ChannelPlace(community, workspace, community.MainChannel);

    public Place? ChannelPlace(Community community, string workspace, string name) =>
        channels.Find(workspace, name) is { } id ? new Place(PlatformName, workspace, id) : null;

    public string ChannelName(Place place) => place.IsPrivate ? "@" + (members.NameOf(place.Workspace, place.Id[1..]) ?? place.Id[1..]) : channels.NameOf(place.Workspace, place.Id);

    public async Task<Fate> FateAsync(Delivery delivery, CancellationToken ct)
    {
        // Bringing up to date twice is doing it once; what one person alone saw stands in no history.
        if (delivery.Revises is not null)
            return new Fate(FateKind.NotSaid);
        if (delivery.Only is not null)
            return new Fate(FateKind.Unknowable);

        // At a start the workspace is not known at once.
        if (workspaces.Find(delivery.Place.Workspace) is not { } workspace)
            return new Fate(FateKind.Later);

        var (channel, opened) = await ChannelOfAsync(workspace, delivery.Place, ct);
        if (channel is null)
            return new Fate(opened.Outcome == SlackOutcome.Permanent ? FateKind.NotSaid : FateKind.Later, RetryAfter: opened.RetryAfter);

        var fate = await memory.FindAsync(workspace, channel, SlackThread.Ts(delivery.Place.Thread), delivery, ct);
        return fate.Kind == FateKind.NotSaid && delivery.ReplyTo is { } carried && WayBack.Read(carried) is { } back && IsElsewhere(delivery, back, channel) ? new Fate(FateKind.Unknowable) : fate;
    }

    public async Task<SendOutcome> SendAsync(Delivery delivery, CancellationToken ct)
    {
        if (workspaces.Find(delivery.Place.Workspace) is not { } workspace)
            return new SendOutcome(SendOutcomeKind.Transient, Problem: "the app is not installed there now");

        var message = SlackMessage.Of(delivery.Message, new SlackReader(delivery.Names, delivery.Accounts));
        if (delivery.Revises is { } shown)
            return await ReviseAsync(workspace, delivery, message, shown, ct);

        var back = delivery.ReplyTo is { } carried && Instant.FromDateTimeOffset(time.GetUtcNow()) - delivery.At < WayBackLasts ? WayBack.Read(carried) : null;
        if (delivery.Only is { } reader)
            return await TellAsync(workspace, delivery, message, reader, back, ct);

        var (channel, opened) = await ChannelOfAsync(workspace, delivery.Place, ct);
        if (channel is null)
            return OutcomeOf(opened, delivery);

        // Whoever types a command in a conversation that the bot is not in is answered there, for their eyes alone.
        if (back is not null && IsElsewhere(delivery, back, channel) && await RespondAsync(back, message, "ephemeral", null, ct) is { Outcome: SlackOutcome.Done or SlackOutcome.Unknown } responded)
            return OutcomeOf(responded, delivery);
        return await PostAsync(workspace, delivery, message, channel, back, ct);
    }

    private async Task<SendOutcome> PostAsync(Workspace workspace, Delivery delivery, SlackMessage message, string channel, WayBack? back, CancellationToken ct)
    {
        if (pace.Take(workspace.Team, channel) is var wait && wait > Duration.Zero)
            return new SendOutcome(SendOutcomeKind.RateLimited, wait);

        var args = Args(channel, message, SlackThread.Ts(delivery.Place.Thread));
        args["mrkdwn"] = false;
        args["unfurl_links"] = false;
        args["unfurl_media"] = false;
        args["metadata"] = SlackMemory.MetadataOf(delivery);
        var answer = await api.CallAsync(SlackMethod.PostMessage, workspace.Token, args, ct);
        if (answer.Error is "thread_not_found" or "cannot_reply_to_message")
        {
            // What it was to hang on was deleted.
            args.Remove("thread_ts");
            answer = await api.CallAsync(SlackMethod.PostMessage, workspace.Token, args, ct);
        }

        if (Refuses(answer) && back is not null && !delivery.Place.IsPrivate && await RespondAsync(back, message, "in_channel", null, ct) is { Outcome: not SlackOutcome.Permanent } responded)
            return OutcomeOf(responded, delivery);

        // What was asked for where the bot never was is not said there; the place is not gone for that.
        if (Refuses(answer) && delivery.ReplyTo is not null && !channels.Has(workspace.Team, channel))
            return new SendOutcome(SendOutcomeKind.Permanent, Problem: answer.Error);
        if (IsMalformed(answer))
            answer = await PlainlyAsync(SlackMethod.PostMessage, workspace, args, answer, ct);
        if (answer.Outcome == SlackOutcome.RateLimited)
            pace.Rest(workspace.Team, channel, answer.RetryAfter ?? Duration.FromSeconds(1));
        return OutcomeOf(answer, delivery);
    }

    // By the way back where there is one: that works in every conversation. Else in the channel, and where Slack shows it to nobody there, in private.
    private async Task<SendOutcome> TellAsync(Workspace workspace, Delivery delivery, SlackMessage message, string reader, WayBack? back, CancellationToken ct)
    {
        var thread = SlackThread.PrivateTs(delivery.Place.Thread);
        if (back is not null)
        {
            var answered = await RespondAsync(back, message, "ephemeral", thread, ct);
            if (answered.Outcome is SlackOutcome.Done or SlackOutcome.Unknown)
                return OutcomeOf(answered, delivery);
        }

        var args = Args(delivery.Place.Id, message, thread);
        args["user"] = reader;
        var answer = await api.CallAsync(SlackMethod.PostEphemeral, workspace.Token, args, ct);
        if (IsMalformed(answer))
            answer = await PlainlyAsync(SlackMethod.PostEphemeral, workspace, args, answer, ct);
        if (!Refuses(answer) && answer.Error != "user_not_in_channel")
            return OutcomeOf(answer, delivery);

        var (channel, opened) = await channels.DirectAsync(workspace, reader, ct);
        return channel is null ? OutcomeOf(opened, delivery with { Place = new Place(PlatformName, workspace.Team, "@" + reader) }) : await PostAsync(workspace, delivery with { Place = new Place(PlatformName, workspace.Team, "@" + reader), Only = null }, message, channel, null, ct);
    }

    private async Task<SendOutcome> ReviseAsync(Workspace workspace, Delivery delivery, SlackMessage message, string ts, CancellationToken ct)
    {
        var (channel, opened) = await ChannelOfAsync(workspace, delivery.Place, ct);
        if (channel is null)
            return OutcomeOf(opened, delivery);

        var args = Args(channel, message, null);
        args["ts"] = ts;
        var answer = await api.CallAsync(SlackMethod.Update, workspace.Token, args, ct);

        // Somebody deleted it, or the workspace lets nobody edit what is old: nobody misses the newer one.
        return answer.Error is "message_not_found" or "cant_update_message" or "edit_window_closed" ? SendOutcome.Sent : OutcomeOf(answer, delivery);
    }

    // Said in a conversation that the bot is not in: what was answered there can never be looked up.
    private static bool IsElsewhere(Delivery delivery, WayBack back, string channel) => delivery.Place.IsPrivate && back.Channel != channel;

    private Task<SlackAnswer> RespondAsync(WayBack back, SlackMessage message, string to, string? thread, CancellationToken ct)
    {
        var body = new JsonObject { ["response_type"] = to, ["replace_original"] = false, ["text"] = message.Text, ["blocks"] = message.Blocks.DeepClone(), ["unfurl_links"] = false, ["mrkdwn"] = false };
        if (thread is not null)
            body["thread_ts"] = thread;
        return api.RespondAsync(back.Address, body, ct);
    }

    // A message that Slack finds fault with is a defect of ours; people get its words all the same.
    private async Task<SlackAnswer> PlainlyAsync(SlackMethod method, Workspace workspace, JsonObject args, SlackAnswer first, CancellationToken ct)
    {
        Log.Malformed(log, first.Error, string.Join("; ", first.Body.Object("response_metadata").Texts("messages")));
        args.Remove("blocks");
        return await api.CallAsync(method, workspace.Token, args, ct);
    }

    private async Task<(string? Id, SlackAnswer Answer)> ChannelOfAsync(Workspace workspace, Place place, CancellationToken ct) =>
        place.IsPrivate ? await channels.DirectAsync(workspace, place.Id[1..], ct) : (place.Id, new SlackAnswer(SlackOutcome.Done, []));

    private static JsonObject Args(string channel, SlackMessage message, string? thread)
    {
        var args = new JsonObject { ["channel"] = channel, ["text"] = message.Text, ["blocks"] = message.Blocks.DeepClone(), ["parse"] = "none", ["link_names"] = false };
        if (thread is not null)
            args["thread_ts"] = thread;
        return args;
    }

    private static bool IsMalformed(SlackAnswer answer) => answer.Error is "invalid_blocks" or "invalid_blocks_format" or "msg_blocks_too_long" or "msg_too_long" or "metadata_too_large";

    // The bot is not in there, or not any more.
    private static bool Refuses(SlackAnswer answer) => answer.Error is "not_in_channel" or "channel_not_found";

    private static SendOutcome OutcomeOf(SlackAnswer answer, Delivery delivery) => answer.Outcome switch
    {
        SlackOutcome.Done => SendOutcome.Sent with { MessageId = answer.Body.TextOrNull("ts") },
        SlackOutcome.RateLimited => new(SendOutcomeKind.RateLimited, answer.RetryAfter, answer.Error),
        SlackOutcome.Transient => new(SendOutcomeKind.Transient, answer.RetryAfter, answer.Error),
        SlackOutcome.Unknown => new(SendOutcomeKind.Unknown, Problem: answer.Error),

        // A token can be mended, and then everything goes out after all.
        _ when answer.Error is "invalid_auth" or "not_authed" or "token_revoked" or "token_expired" or "account_inactive" or "missing_scope" or "org_login_required" or "team_access_not_granted" =>
            new(SendOutcomeKind.Transient, Duration.FromSeconds(30), answer.Error),
        _ when !delivery.Place.IsPrivate && GoneBecause(answer.Error) is { } reason => new(SendOutcomeKind.PlaceGone, Problem: reason),
        _ => new(SendOutcomeKind.Permanent, Problem: answer.Error),
    };

    private static string? GoneBecause(string? error) => error switch
    {
        "is_archived" => "it was archived",
        "channel_not_found" => "it is not there for me",
        "not_in_channel" => "I am not in it",
        "restricted_action" or "restricted_action_read_only_channel" or "restricted_action_non_threadable_channel" => ReadOnly,
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Slack found fault with a message ({Error}: {Details}); its text alone was sent")]
        public static partial void Malformed(ILogger log, string? error, string details);
    }
}
