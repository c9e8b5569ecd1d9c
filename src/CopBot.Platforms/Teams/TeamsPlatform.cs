using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Platforms.Teams.Api;
using CopBot.Platforms.Teams.Cards;
using CopBot.Platforms.Teams.Conversations;
using CopBot.Platforms.Teams.Graph;
using CopBot.Platforms.Teams.Intake;

namespace CopBot.Platforms.Teams;

/// <summary>
/// Teams as somewhere to send to. Places are conversations, private ones a person's id in the directory; the workspace is the tenant. Teams has no key by
/// which a second attempt is known, and shows a bot no history: what may have been said is not said again.
/// </summary>
public sealed class TeamsPlatform(
    TeamsSettings settings, TeamsApi api, TeamsConversations conversations, TeamsMembers members, TeamsWording wording, TeamsTargeted targeted, TeamsTyping typing, PersonalInstall install) : IPlatform
{
    /// <summary>The platform of its places and accounts.</summary>
    public const string PlatformName = "teams";

    private static readonly Message Unreached = "I answered you in private, and Teams did not let me: add CopBot for yourself under “Apps”, and ask again.";

    // Stands between the conversation and the activity of what was said; it is in neither.
    private const char Between = ' ';

    /// <summary>The id of what was said, by which it is found again.</summary>
    public static string IdOf(string conversation, string activity) => $"{conversation}{Between}{activity}";

    public string Name => PlatformName;

    public IReadOnlyList<string> Workspaces => conversations.Channels.Count > 0 ? [conversations.Tenant] : [];

    public int LongestDocument => TeamsLimits.LongestDocument;

    public bool Revises => true;

    public bool Refreshes => true;

    public bool Addresses => true;

    public bool Remembers => true;

    public Place? MainPlace(Community community, string workspace) => ChannelPlace(community, workspace, community.MainChannel);

    public Place? ChannelPlace(Community community, string workspace, string name) =>
        workspace == conversations.Tenant && conversations.Named(name) is { } channel ? new Place(PlatformName, workspace, channel.Id) : null;

    public string ChannelName(Place place) => place.IsPrivate ? "@" + (members.NameOf(place.Id[1..]) ?? place.Id[1..]) : conversations.NameOf(place.Id) is { } name ? "#" + name : place.Id;

    public bool Forgets => true;

    // Bringing up to date twice is doing it once.
    public Task<Fate> FateAsync(Delivery delivery, CancellationToken ct) => Task.FromResult(new Fate(delivery.Revises is null ? FateKind.Unknowable : FateKind.NotSaid));

    public async Task<SendOutcome> SendAsync(Delivery delivery, CancellationToken ct)
    {
        var activity = TeamsActivity.Of(await wording.OfAsync(delivery, ct));
        if (delivery.Revises?.Split(Between) is [var where, var which])
            return await ReviseAsync(delivery, where, which, activity, ct);
        if (delivery.Revises is not null)
            return SendOutcome.Sent;
        if (await targeted.TryAsync(delivery, activity, ct) is var (answer, conversation))
            return OutcomeOf(answer, conversation);
        return TeamsWording.IsPrivate(delivery) ? await TellAsync(delivery, activity, ct) : await PostAsync(delivery, activity, ct);
    }

    // Whoever is not reached alone would never learn why nothing comes.
    private async Task<SendOutcome> TellAsync(Delivery delivery, JsonObject activity, CancellationToken ct)
    {
        var (outcome, shutOut) = await ToPersonAsync(delivery, activity, ct);
        if (shutOut && !delivery.Place.IsPrivate && delivery.Place.Thread is not null)
            await PostAsync(delivery, TeamsActivity.Of(TeamsMessage.Of(Unreached, new TeamsReader(static _ => PlainText.Someone, static _ => null))), ct);
        return outcome;
    }

    private async Task<(SendOutcome Outcome, bool ShutOut)> ToPersonAsync(Delivery delivery, JsonObject activity, CancellationToken ct, bool again = false)
    {
        var user = delivery.Only ?? delivery.Place.Id[1..];
        if (conversations.Person(user) is not { } person)
            return await AddedAsync(user, new(SendOutcomeKind.Permanent, Problem: "this account never spoke to the bot"), ct);
        if (person.Conversation is not { } conversation)
        {
            var begun = await api.CallAsync(person.Service, TeamsCall.Begin(person.Mri, withOne: true), TeamsActivity.Conversation(settings, person.Mri), ct);
            if (begun.IsShutOut && !person.TookOut)
                return await AddedAsync(user, OutcomeOf(begun, null), ct);
            if (!begun.IsDone)
                return (OutcomeOf(begun, null), begun.IsShutOut);

            // Nothing is said yet: it is asked for again, and is the same one then.
            if (begun.Body.TextOrNull("id") is not { } id)
                return (new(SendOutcomeKind.Transient, Problem: "Teams began a conversation and did not name it"), false);
            conversation = id;
            await conversations.SetPersonAsync(person with { Conversation = id }, ct);
        }

        typing.Answered(conversation);
        var answer = await api.CallAsync(person.Service, TeamsCall.Say(conversation), activity, ct);
        if (answer.IsShutOut)
            await conversations.CloseAsync(person.User, ct);

        // The conversation that was kept is no more; where the bot may speak to them at all, there is another.
        if (answer.Code is "ConversationNotFound" && !again)
            return await ToPersonAsync(delivery, activity, ct, again: true);
        return (OutcomeOf(answer, conversation), answer.IsShutOut);
    }

    // Whoever cannot be spoken to yet gets the app, where the organisation lets it be added; then what waits goes out.
    private async Task<(SendOutcome Outcome, bool ShutOut)> AddedAsync(string user, SendOutcome otherwise, CancellationToken ct)
    {
        if (!Guid.TryParseExact(user, "D", out _))
            return (otherwise, true);
        var added = await install.AddAsync(user, ct);
        return added.Kind == SyncOutcomeKind.Later ? (new(SendOutcomeKind.Transient, added.RetryAfter, added.Problem), false) : (otherwise, true);
    }

    private async Task<SendOutcome> PostAsync(Delivery delivery, JsonObject activity, CancellationToken ct)
    {
        if (conversations.Find(delivery.Place.Id) is not { } channel)
            return new(SendOutcomeKind.PlaceGone, Problem: "I am not in it any more; add me to the team again");
        if (channel.ConversationOf(delivery.Place.Thread) is { } conversation)
        {
            var said = await api.CallAsync(channel.Service, TeamsCall.Say(conversation), activity, ct);

            // A thread that is not there any more, as when its first message was deleted: it is said beside it. Where the channel is gone, that is told then.
            return said.Code is "ActivityNotFoundInConversation" or "ConversationNotFound" && delivery.Place.Thread is not null ? await PostAsync(delivery with { Place = delivery.Place with { Thread = null } }, activity, ct) : GoneOr(said, conversation);
        }

        var begun = await api.CallAsync(channel.Service, TeamsCall.Begin(channel.Id, withOne: false), TeamsActivity.Thread(settings, channel.Id, activity.DeepClone()), ct);
        return GoneOr(begun, begun.Body.TextOrNull("id"), begun.Body.TextOrNull("activityId"));
    }

    private async Task<SendOutcome> ReviseAsync(Delivery delivery, string conversation, string activity, JsonObject body, CancellationToken ct)
    {
        var service = conversations.Find(conversation.Split(';')[0])?.Service ?? conversations.Person(delivery.Only ?? delivery.Place.Id.TrimStart('@'))?.Service;
        if (service is null)
            return SendOutcome.Sent;

        // Somebody deleted it: nobody misses the newer wording.
        var answer = await api.CallAsync(service, TeamsCall.Update(conversation, activity), body, ct);
        return answer.Outcome == TeamsOutcome.Permanent && answer.Status is 403 or 404 ? SendOutcome.Sent : OutcomeOf(answer, conversation);
    }

    private static SendOutcome GoneOr(TeamsAnswer answer, string? conversation, string? activity = null) =>
        answer.IsShutOut ? new(SendOutcomeKind.PlaceGone, Problem: answer.Code switch
        {
            "BotDisabledByAdmin" => "an administrator switched me off in the Teams admin center",
            "MessageWritesBlocked" or "NotEnoughPermissions" => "I may not post in it; a team owner decides that in the channel's moderation settings",
            _ => "I am not in it any more; add me to the team again",
        }) : OutcomeOf(answer, conversation, activity);

    private static SendOutcome OutcomeOf(TeamsAnswer answer, string? conversation, string? activity = null) => answer.Outcome switch
    {
        TeamsOutcome.Done => SendOutcome.Sent with { MessageId = conversation is not null && (activity ?? answer.Body.TextOrNull("id")) is { } id ? IdOf(conversation, id) : null },
        TeamsOutcome.RateLimited => new(SendOutcomeKind.RateLimited, answer.RetryAfter, answer.Problem),
        TeamsOutcome.Transient => new(SendOutcomeKind.Transient, answer.RetryAfter, answer.Problem),
        TeamsOutcome.Unknown => new(SendOutcomeKind.Unknown, Problem: answer.Problem),
        _ => new(SendOutcomeKind.Permanent, Problem: answer.Problem),
    };
}
