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
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, TeamsMember> known = new(StringComparer.Ordinal);

    /// <summary>Whoever did something, as the activity names them; kept, so that they can be answered alone.</summary>
    public async Task<TeamsMember> NoteAsync(JsonObject account, Uri service, string? conversation, CancellationToken ct)
    {
        var member = Keep(account);
        if (member.IsPerson)
            await conversations.SetPersonAsync(new TeamsPerson(member.Handle.UserId, account.Text("id"), service, conversation), ct);
        return member;
    }

    /// <summary>The account of an id, the bot's own of somebody or the directory's; null where Teams does not say.</summary>
    public async Task<TeamsMember?> FindAsync(string conversation, string id, Uri service, CancellationToken ct)
    {
        if (known.TryGetValue(id, out var member))
            return member;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            var answer = await api.CallAsync(service, TeamsCall.Member(conversation, id), null, limit.Token);
            return answer.IsDone ? await NoteAsync(answer.Body, service, null, limit.Token) : null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>The name that an account shows; null where nobody met it since the start.</summary>
    public string? NameOf(string user) => known.TryGetValue(user, out var member) ? member.Handle.Name : null;

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
