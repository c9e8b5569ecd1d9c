using CopBot.Core.Chat;
using CopBot.Platforms.Teams.Api;
using CopBot.Platforms.Teams.Conversations;

namespace CopBot.Platforms.Teams.Intake;

/// <summary>
/// Where something was asked for. What a command still needs is asked for in private, and what comes of it belongs into the channel where somebody began it. The
/// mark comes back from a client, so it is looked up whether they are in that channel at all.
/// </summary>
public sealed class Asked(TeamsApi api, TeamsConversations conversations)
{
    private const char Begins = '@';
    private const char Thread = ';';

    /// <summary>A place as the reference of a delivery carries it.</summary>
    public static string Mark(Place place) => $"{Begins}{place.Id}{(place.Thread is { } thread ? Thread + thread : "")}";

    /// <summary>What somebody said, as said where the card was asked for; as it is where the card says nothing, or they are not there.</summary>
    public async Task<Incoming> InAsync(Incoming said, string? card, CancellationToken ct)
    {
        if (card?.IndexOf(Begins, StringComparison.Ordinal) is not (> 0 and var at) || card[(at + 1)..].Split(Thread) is not [var id, ..] parts || conversations.Find(id) is not { } channel)
            return said;
        var there = await api.CallAsync(channel.Service, TeamsCall.Member(channel.Id, said.From.UserId), null, ct);
        return there.IsDone ? said with { Place = new Place(said.Place.Platform, said.Place.Workspace, channel.Id) { Thread = parts is [_, var thread] ? thread : null } } : said;
    }
}
