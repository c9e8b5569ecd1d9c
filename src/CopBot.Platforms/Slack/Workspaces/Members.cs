using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CopBot.Platforms.Slack.Api;

namespace CopBot.Platforms.Slack.Workspaces;

/// <summary>Who an account is: the name it shows, and whether a person is behind it.</summary>
public sealed record Member(string Id, string Name, bool IsPerson);

/// <summary>The accounts of the workspaces, asked for once each and kept up to date by what Slack tells.</summary>
public sealed class Members(SlackApi api)
{
    // Slack waits three seconds for an acknowledgement; a name is worth some of them.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(600);

    // Slack's own helper has an id of its own kind and is marked as no bot.
    private const string Slackbot = "USLACKBOT";

    // Beyond so many the oldest knowledge is not worth its place; it is asked for again.
    private const int Most = 50_000;

    private readonly ConcurrentDictionary<(string Team, string User), Member> known = new();

    /// <summary>The account of an id. Where Slack does not say in time, what the payload called it is taken for its name, for this once.</summary>
    public async Task<Member> FindAsync(Workspace workspace, string user, string? hint, CancellationToken ct)
    {
        if (known.TryGetValue((workspace.Team, user), out var member))
            return member;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        SlackAnswer answer;
        try
        {
            answer = await api.CallAsync(SlackMethod.UserInfo, workspace.Token, new JsonObject { ["user"] = user }, limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            answer = SlackAnswer.Without(SlackOutcome.Transient, "slow");
        }

        return answer.IsDone && answer.Body["user"] is JsonObject told
            ? Note(workspace.Team, told)
            : new Member(user, hint is { Length: > 0 } ? hint : user, user != Slackbot && user != workspace.BotUser);
    }

    /// <summary>The name that an account shows; null where nobody asked for it yet.</summary>
    public string? NameOf(string team, string user) => known.TryGetValue((team, user), out var member) ? member.Name : null;

    /// <summary>Takes over what Slack says of an account (https://docs.slack.dev/reference/objects/user-object).</summary>
    public Member Note(string team, JsonObject user)
    {
        if (known.Count > Most)
            known.Clear();
        var id = user.Text("id");
        var profile = user["profile"] as JsonObject;
        var name = new[] { profile?.Text("display_name"), profile?.Text("real_name"), user.Text("real_name"), user.Text("name"), id }.First(candidate => candidate is { Length: > 0 })!;
        var member = new Member(id, name, id != Slackbot && !user.Flag("is_bot") && !user.Flag("is_workflow_bot"));
        return known[(team, id)] = member;
    }
}
