using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CopBot.Platforms.Slack.Api;

namespace CopBot.Platforms.Slack.Workspaces;

/// <summary>The channels that the bot is in, by id and by name, and its conversations with people.</summary>
public sealed class SlackChannels(SlackApi api)
{
    // Slack asks for pages of at most 200 (https://docs.slack.dev/apis/web-api/pagination).
    private const int PageSize = 200;
    private const int MostPages = 50;

    private readonly ConcurrentDictionary<(string Team, string Id), string> names = new();
    private readonly ConcurrentDictionary<(string Team, string User), string> direct = new();

    /// <summary>Asks for all channels that the bot is in. False where Slack did not say; then what was known stays.</summary>
    public async Task<bool> LoadAsync(Workspace workspace, CancellationToken ct)
    {
        var found = new Dictionary<string, string>();
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            var args = new JsonObject { ["types"] = "public_channel,private_channel", ["exclude_archived"] = true, ["limit"] = PageSize };
            if (cursor is not null)
                args["cursor"] = cursor;
            var answer = await api.CallAsync(SlackMethod.UserConversations, workspace.Token, args, ct);
            if (!answer.IsDone)
                return false;

            foreach (var channel in answer.Body.Objects("channels"))
                found[channel.Text("id")] = channel.Text("name");
            cursor = answer.Body.Object("response_metadata").TextOrNull("next_cursor");
            if (cursor is null)
                break;
        }

        foreach (var (team, id) in names.Keys.Where(key => key.Team == workspace.Team && !found.ContainsKey(key.Id)))
            names.TryRemove((team, id), out _);
        foreach (var (id, name) in found)
            Set(workspace.Team, id, name);
        return true;
    }

    /// <summary>What people call a channel, with its #; the id where that is not known.</summary>
    public string NameOf(string team, string id) => names.TryGetValue((team, id), out var name) ? "#" + name : id;

    /// <summary>The id of a channel that the bot is in, by its name with or without #, or by its id; null where it is in none.</summary>
    public string? Find(string team, string name)
    {
        var plain = name.TrimStart('#');
        return names.Where(entry => entry.Key.Team == team && (entry.Value.Equals(plain, StringComparison.OrdinalIgnoreCase) || entry.Key.Id == plain)).Select(entry => entry.Key.Id).Order(StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>Notes that the bot is in a channel, or that it has another name now.</summary>
    public void Set(string team, string id, string name) => names[(team, id)] = name;

    /// <summary>Whether the bot is known to be in a channel.</summary>
    public bool Has(string team, string id) => names.ContainsKey((team, id));

    /// <summary>Notes that the bot is out of a channel; its name is forgotten.</summary>
    public void Remove(string team, string id) => names.TryRemove((team, id), out _);

    /// <summary>The id of the conversation with a person, which Slack opens when there is none. The answer's error where that cannot be.</summary>
    public async Task<(string? Id, SlackAnswer Answer)> DirectAsync(Workspace workspace, string user, CancellationToken ct)
    {
        if (direct.TryGetValue((workspace.Team, user), out var known))
            return (known, new SlackAnswer(SlackOutcome.Done, []));

        var answer = await api.CallAsync(SlackMethod.OpenConversation, workspace.Token, new JsonObject { ["users"] = user }, ct);
        var id = answer.Body.Object("channel").TextOrNull("id");
        if (answer.IsDone && id is not null)
            direct[(workspace.Team, user)] = id;
        return (id, answer);
    }
}
