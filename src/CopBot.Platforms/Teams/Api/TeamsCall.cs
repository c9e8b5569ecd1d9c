using System.Globalization;

namespace CopBot.Platforms.Teams.Api;

/// <summary>Something that a service of Teams is asked for (azure/bot-service/rest-api/bot-framework-rest-connector-api-reference).</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path below the service's address.</param>
/// <param name="Conversation">The conversation whose pace it counts for; empty where there is none yet.</param>
/// <param name="Again">Whether doing it twice is doing it once.</param>
public sealed record TeamsCall(HttpMethod Method, string Path, string Conversation, bool Again)
{
    /// <summary>Whether it counts as saying something, for which the pace is slower than for looking.</summary>
    public bool IsSaid => Method != HttpMethod.Get;

    /// <summary>Begins a conversation: with one person, which gives the same one each time, or a thread in a channel, which does not.</summary>
    public static TeamsCall Begin(string about, bool withOne) => new(HttpMethod.Post, "v3/conversations", about, withOne);

    public static TeamsCall Say(string conversation) => new(HttpMethod.Post, $"v3/conversations/{Esc(conversation)}/activities", conversation, false);

    /// <summary>Says something that one person alone sees there (agents-in-teams/targeted-messages).</summary>
    public static TeamsCall SayAside(string conversation) => new(HttpMethod.Post, $"v3/conversations/{Esc(conversation)}/activities?isTargetedActivity=true", conversation, false);

    public static TeamsCall Update(string conversation, string activity) => new(HttpMethod.Put, $"v3/conversations/{Esc(conversation)}/activities/{Esc(activity)}", conversation, true);

    public static TeamsCall Delete(string conversation, string activity) => new(HttpMethod.Delete, $"v3/conversations/{Esc(conversation)}/activities/{Esc(activity)}", conversation, true);

    /// <summary>A person by the bot's id of them, their id in the directory, or their sign-in name (resources/team-chat-member-api-changes).</summary>
    public static TeamsCall Member(string conversation, string who) => new(HttpMethod.Get, $"v3/conversations/{Esc(conversation)}/members/{Esc(who)}", conversation, true);

    /// <summary>A page of those in a conversation; the answer's <c>continuationToken</c> leads to the next.</summary>
    public static TeamsCall Members(string conversation, int pageSize, string? after = null) =>
        new(HttpMethod.Get, $"v3/conversations/{Esc(conversation)}/pagedmembers?pageSize={pageSize.ToString(CultureInfo.InvariantCulture)}{(after is null ? "" : "&continuationToken=" + Esc(after))}", conversation, true);

    public static TeamsCall Team(string team) => new(HttpMethod.Get, $"v3/teams/{Esc(team)}", team, true);

    /// <summary>The channels of a team; its first one has no name, for each client shows it in its own language.</summary>
    public static TeamsCall Channels(string team) => new(HttpMethod.Get, $"v3/teams/{Esc(team)}/conversations", team, true);

    private static string Esc(string id) => Uri.EscapeDataString(id);
}
