using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Teams.Api;

namespace CopBot.Platforms.Teams.Conversations;

/// <summary>Who an account is, and whether a person is behind it.</summary>
public sealed record TeamsMember(Handle Handle, bool IsPerson);

/// <summary>The accounts that the bot met, as activities bring them along and as it asks for those that are only mentioned.</summary>
public sealed class TeamsMembers(TeamsApi api, TeamsConversations conversations)
{
    // Beyond so many the oldest knowledge is not worth its place; it comes again with the next message.
    private const int Most = 50_000;
    private const string Person = "29:";

    private readonly ConcurrentDictionary<string, TeamsMember> known = new(StringComparer.Ordinal);

    /// <summary>Whoever did something, as the activity names them; kept, so that they can be answered alone.</summary>
    public async Task<TeamsMember> NoteAsync(JsonObject account, Uri service, string? conversation, CancellationToken ct)
    {
        var member = Keep(account);
        if (member.IsPerson)
            await conversations.SetPersonAsync(new TeamsPerson(member.Handle.UserId, account.Text("id"), service, conversation), ct);
        return member;
    }

    /// <summary>The account of an id, the bot's own of somebody or the directory's; null where Teams does not say, or not in time.</summary>
    /// <param name="conversation">Where they are.</param>
    /// <param name="id">The id.</param>
    /// <param name="service">The service to ask.</param>
    /// <param name="inTime">Ends when it takes too long.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<TeamsMember?> FindAsync(string conversation, string id, Uri service, CancellationToken inTime, CancellationToken ct)
    {
        if (known.TryGetValue(id, out var member))
            return member;
        try
        {
            var answer = await api.CallAsync(service, TeamsCall.Member(conversation, id), null, inTime);
            return answer.IsDone ? await NoteAsync(answer.Body, service, null, ct) : null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Whether somebody is in one of these teams, by Teams' own word.</summary>
    public async Task<bool> IsInAnyAsync(IEnumerable<TeamsChannel> teams, string mri, CancellationToken ct)
    {
        foreach (var team in teams)
        {
            if ((await api.CallAsync(team.Service, TeamsCall.Member(team.Team, mri), null, ct)).IsDone)
                return true;
        }

        return false;
    }

    /// <summary>The name that an account shows; null where nobody met it.</summary>
    public string? NameOf(string user) => known.TryGetValue(user, out var member) ? member.Handle.Name : conversations.Person(user)?.Name;

    private TeamsMember Keep(JsonObject account)
    {
        if (known.Count > Most)
            known.Clear();
        var mri = account.Text("id");
        var user = account.TextOrNull("aadObjectId") ?? account.TextOrNull("objectId") ?? conversations.UserOf(mri) ?? mri;
        var name = account.TextOrNull("name") is { Length: > 0 } shown ? shown : NameOf(user) ?? user;
        var member = new TeamsMember(new Handle(TeamsPlatform.PlatformName, conversations.Tenant, user, name), mri.StartsWith(Person, StringComparison.Ordinal));
        known[mri] = member;
        return known[user] = member;
    }
}
