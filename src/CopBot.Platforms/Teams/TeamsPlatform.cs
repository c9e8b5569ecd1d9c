using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Platforms.Teams.Api;
using CopBot.Platforms.Teams.Cards;
using CopBot.Platforms.Teams.Conversations;
using CopBot.Platforms.Teams.Intake;

namespace CopBot.Platforms.Teams;

/// <summary>
/// Teams as somewhere to send to. Places are conversations, private ones a person's id in the directory; the workspace is the tenant. Teams has no key by
/// which a second attempt is known, and shows a bot no history: what may have been said is not said again.
/// </summary>
public sealed class TeamsPlatform(TeamsSettings settings, TeamsApi api, TeamsConversations conversations, TeamsMembers members) : IPlatform
{
    /// <summary>The platform of its places and accounts.</summary>
    public const string PlatformName = "teams";

    private static readonly Message Unreached = "I answered you in private, and Teams did not let me: add CopBot for yourself under “Apps”, and ask again.";

    // Stands between the conversation and the activity of what was said; it is in neither.
    private const char Between = ' ';

    public string Name => PlatformName;

    public IReadOnlyList<string> Workspaces => conversations.Channels.Count > 0 ? [conversations.Tenant] : [];

    public int LongestDocument => TeamsLimits.LongestDocument;

    public bool Revises => true;

    public bool Addresses => true;

    public bool Remembers => true;

    public Place? MainPlace(Community community, string workspace) => ChannelPlace(community, workspace, community.MainChannel);

    public Place? ChannelPlace(Community community, string workspace, string name) =>
        workspace == conversations.Tenant && conversations.Named(name) is { } channel ? new Place(PlatformName, workspace, channel.Id) : null;

    public string ChannelName(Place place) => place.IsPrivate ? "@" + (members.NameOf(place.Id[1..]) ?? place.Id[1..]) : conversations.Find(place.Id) is { } channel ? "#" + channel.Typed : place.Id;

    // Bringing up to date twice is doing it once.
    public Task<Fate> FateAsync(Delivery delivery, CancellationToken ct) => Task.FromResult(new Fate(delivery.Revises is null ? FateKind.Unknowable : FateKind.NotSaid));

    public async Task<SendOutcome> SendAsync(Delivery delivery, CancellationToken ct)
    {
        var message = TeamsMessage.Of(delivery.Message, new TeamsReader(delivery.Names, person => AccountOf(delivery, person), ReferenceOf(delivery)) { Alone = IsPrivate(delivery) });
        var activity = TeamsActivity.Of(message);
        if (delivery.Revises?.Split(Between) is [var where, var which])
            return await ReviseAsync(delivery, where, which, activity, ct);
        if (delivery.Revises is not null)
            return SendOutcome.Sent;
        return IsPrivate(delivery) ? await TellAsync(delivery, activity, ct) : await PostAsync(delivery, activity, ct);
    }

    /// <summary>How actions name the delivery that they came with; and where it was asked for, if the answer stands elsewhere.</summary>
    public static string ReferenceOf(Delivery delivery) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{delivery.Id:x}-{delivery.At.ToUnixTimeMilliseconds():x}") + (delivery.Only is null || delivery.Place.IsPrivate ? "" : Asked.Mark(delivery.Place));

    // Whoever is not reached alone would never learn why nothing comes.
    private async Task<SendOutcome> TellAsync(Delivery delivery, JsonObject activity, CancellationToken ct)
    {
        var (outcome, shutOut) = await ToPersonAsync(delivery, activity, ct);
        if (shutOut && !delivery.Place.IsPrivate && delivery.Place.Thread is not null)
            await PostAsync(delivery, TeamsActivity.Of(TeamsMessage.Of(Unreached, new TeamsReader(static _ => PlainText.Someone, static _ => null))), ct);
        return outcome;
    }

    private async Task<(SendOutcome Outcome, bool ShutOut)> ToPersonAsync(Delivery delivery, JsonObject activity, CancellationToken ct)
    {
        if (conversations.Person(delivery.Only ?? delivery.Place.Id[1..]) is not { } person)
            return (new(SendOutcomeKind.Permanent, Problem: "this account never spoke to the bot, and Teams lets it speak first to nobody"), false);
        if (person.Conversation is not { } conversation)
        {
            var begun = await api.CallAsync(person.Service, TeamsCall.Begin(person.Mri, withOne: true), TeamsActivity.Conversation(settings, person.Mri), ct);
            if (!begun.IsDone || begun.Body.TextOrNull("id") is not { } id)
                return (OutcomeOf(begun, null), begun.IsShutOut);
            conversation = id;
            await conversations.SetPersonAsync(person with { Conversation = id }, ct);
        }

        var answer = await api.CallAsync(person.Service, TeamsCall.Say(conversation), activity, ct);
        if (answer.IsShutOut)
            await conversations.CloseAsync(person.User, ct);
        return (OutcomeOf(answer, conversation), answer.IsShutOut);
    }

    private async Task<SendOutcome> PostAsync(Delivery delivery, JsonObject activity, CancellationToken ct)
    {
        if (conversations.Find(delivery.Place.Id) is not { } channel)
            return new(SendOutcomeKind.PlaceGone, Problem: "I am not in it any more; add me to the team again");
        if (delivery.Place.Thread is { } thread)
        {
            var conversation = $"{channel.Id};messageid={thread}";
            var said = await api.CallAsync(channel.Service, TeamsCall.Say(conversation), activity, ct);

            // A thread whose first message was deleted: it is said beside it.
            return said.Code is "ActivityNotFoundInConversation" ? await PostAsync(delivery with { Place = delivery.Place with { Thread = null } }, activity, ct) : GoneOr(said, conversation);
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

    // In the conversation with one person nobody else can be mentioned.
    private string? AccountOf(Delivery delivery, PersonId person) => !IsPrivate(delivery) && delivery.Accounts(person) is { } user ? conversations.Person(user)?.Mri : null;

    private static bool IsPrivate(Delivery delivery) => delivery.Only is not null || delivery.Place.IsPrivate;

    private static SendOutcome GoneOr(TeamsAnswer answer, string? conversation, string? activity = null) =>
        answer.IsShutOut ? new(SendOutcomeKind.PlaceGone, Problem: answer.Code switch
        {
            "BotDisabledByAdmin" => "an administrator switched me off in the Teams admin center",
            "MessageWritesBlocked" or "NotEnoughPermissions" => "I may not post in it; a team owner decides that in the channel's moderation settings",
            _ => "I am not in it any more; add me to the team again",
        }) : OutcomeOf(answer, conversation, activity);

    private static SendOutcome OutcomeOf(TeamsAnswer answer, string? conversation, string? activity = null) => answer.Outcome switch
    {
        TeamsOutcome.Done => SendOutcome.Sent with { MessageId = conversation is not null && (activity ?? answer.Body.TextOrNull("id")) is { } id ? $"{conversation}{Between}{id}" : null },
        TeamsOutcome.RateLimited => new(SendOutcomeKind.RateLimited, answer.RetryAfter, answer.Problem),
        TeamsOutcome.Transient => new(SendOutcomeKind.Transient, answer.RetryAfter, answer.Problem),
        TeamsOutcome.Unknown => new(SendOutcomeKind.Unknown, Problem: answer.Problem),
        _ => new(SendOutcomeKind.Permanent, Problem: answer.Problem),
    };
}
