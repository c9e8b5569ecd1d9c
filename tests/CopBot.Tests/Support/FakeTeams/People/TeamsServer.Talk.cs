using System.Security;
using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>What people say and do with messages. Each waits for the bot's answer over HTTP, not for what it posts afterwards.</summary>
public sealed partial class TeamsServer
{
    /// <summary>The bot's mention, as people put it into a text: <c>$"{teams.AtBot} help"</c>.</summary>
    public string AtBot => $"<at>{SecurityElement.Escape(BotName)}</at>";

    /// <summary>A person writes in a channel or chat, as a new thread or in one. Mentions stand as <c>&lt;at&gt;Name&lt;/at&gt;</c>: of the bot, and of members.</summary>
    public async Task<TeamsMessage> SayAsync(TeamsPerson by, TeamsConversation where, string text, TeamsMessage? thread = null)
    {
        JsonObject? activity;
        TeamsMessage message;
        lock (Gate)
        {
            MustSee(by, where);
            var id = NewNumber();
            var root = where.Kind == TeamsConversation.Channel ? thread?.Root ?? id : null;
            activity = Said("message", by, where, root, id, text);
            message = new(id, where, root, by, Clock.GetUtcNow(), new(activity, Mentioned(activity)));
            MessageList.Add(message);
            if (!Hears(where, activity))
                activity = null;
        }
        if (activity is not null)
            await DeliverAsync(activity);
        return message;
    }

    /// <summary>A person writes in a channel and mentions the bot first.</summary>
    public Task<TeamsMessage> AskAsync(TeamsPerson by, TeamsConversation where, string text, TeamsMessage? thread = null) => SayAsync(by, where, $"{AtBot} {text}", thread);

    /// <summary>A person writes to the bot alone.</summary>
    public Task<TeamsMessage> DirectAsync(TeamsPerson by, string text) => SayAsync(by, by.Chat, text);

    /// <summary>A person says something to the bot in a channel or chat that nobody else sees, as with a slash command.</summary>
    public async Task<TeamsMessage> AsideAsync(TeamsPerson by, TeamsConversation where, string text)
    {
        JsonObject activity;
        TeamsMessage message;
        lock (Gate)
        {
            MustSee(by, where);
            var id = NewNumber();
            activity = Said("message", by, where, where.Kind == TeamsConversation.Channel ? id : null, id, text);
            activity["recipient"]!["isTargeted"] = true;
            message = new(id, where, where.Kind == TeamsConversation.Channel ? id : null, by, Clock.GetUtcNow(), new(activity, [])) { OnlyFor = by };
            MessageList.Add(message);
        }
        await DeliverAsync(activity);
        return message;
    }

    /// <summary>A person changes their message.</summary>
    public async Task EditAsync(TeamsMessage message, string text)
    {
        JsonObject activity;
        lock (Gate)
        {
            activity = Said("messageUpdate", message.Author ?? throw new TeamsClientRefusal("this message is the bot's"), message.Where, message.Root, message.Id, text);
            activity["channelData"]!["eventType"] = "editMessage";
            message.Edit(new(activity, Mentioned(activity)));
            if (!Hears(message.Where, activity))
                return;
        }
        await DeliverAsync(activity);
    }

    /// <summary>A person deletes their message.</summary>
    public async Task DeleteAsync(TeamsMessage message)
    {
        JsonObject activity;
        lock (Gate)
        {
            message.Deleted = true;
            activity = Activity("messageDelete", message.Author ?? throw new TeamsClientRefusal("this message is the bot's"), message.Where, message.Root, message.Id);
            activity["channelData"]!["eventType"] = "softDeleteMessage";
            if (!Hears(message.Where, message.Content.Activity))
                return;
        }
        await DeliverAsync(activity);
    }

    /// <summary>A person reacts to a message: <c>like</c>, <c>heart</c>, <c>1f44d_thumbsup</c>. The bot hears it of its own messages alone.</summary>
    public Task ReactAsync(TeamsPerson by, TeamsMessage message, string kind) => ReactAsync(by, message, kind, added: true);

    /// <summary>A person takes their reaction back.</summary>
    public Task UnreactAsync(TeamsPerson by, TeamsMessage message, string kind) => ReactAsync(by, message, kind, added: false);

    private async Task ReactAsync(TeamsPerson by, TeamsMessage message, string kind, bool added)
    {
        JsonObject activity;
        lock (Gate)
        {
            MustSee(by, message);
            if (added == message.Reactions.Contains((kind, by)))
                throw new TeamsClientRefusal(added ? "this reaction stands already" : "there is no such reaction");
            if (added)
                message.Reactions.Add((kind, by));
            else
                message.Reactions.Remove((kind, by));
            if (message.Author is not null || !BotIn(message.Where))
                return;
            activity = Activity("messageReaction", by, message.Where, message.Root);
            activity["replyToId"] = message.Id;
            activity[added ? "reactionsAdded" : "reactionsRemoved"] = new JsonArray(new JsonObject { ["type"] = kind });
        }
        await DeliverAsync(activity);
    }

    /// <summary>Whether the bot is a member, so that it hears and may write.</summary>
    internal bool BotIn(TeamsConversation where) => where.Kind switch
    {
        TeamsConversation.Channel => where.Team!.HasApp,
        TeamsConversation.GroupChat => where.BotIn,
        _ => Reaches(where.Person!),
    };

    /// <summary>Whether the bot may write to somebody alone.</summary>
    internal bool Reaches(TeamsPerson person) => person.HasApp || (TeamOpensChats && teams.Exists(team => team.HasApp && team.MemberList.Contains(person)));

    internal void MustSee(TeamsPerson by, TeamsConversation where)
    {
        if (where.Deleted || !where.Has(by))
            throw new TeamsClientRefusal($"{by} does not see {where}");
        if (where.Kind == TeamsConversation.Personal && !Reaches(by))
            throw new TeamsClientRefusal($"the app is not installed for {by}");
    }

    internal void MustSee(TeamsPerson by, TeamsMessage message)
    {
        MustSee(by, message.Where);
        if (message.Deleted || (message.OnlyFor ?? by) != by)
            throw new TeamsClientRefusal($"{by} does not see this message");
    }

    // Where several are, the bot hears what mentions it; all of it where the team consented to that.
    private bool Hears(TeamsConversation where, JsonObject activity) =>
        BotIn(where) && (where.Kind == TeamsConversation.Personal || Mentioned(activity).Contains(BotId) || where.Team?.Consents.Contains("ChannelMessage.Read.Group") == true);

    private JsonObject Said(string type, TeamsPerson by, TeamsConversation where, string? root, string id, string text)
    {
        var activity = Activity(type, by, where, root, id);
        activity["textFormat"] = "plain";
        activity["text"] = text;
        activity["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "text/html", ["content"] = $"<p>{SecurityElement.Escape(text)}</p>" });
        if (where.Kind == TeamsConversation.Channel && root != id)
            activity["replyToId"] = root;
        var entities = activity["entities"]!.AsArray();
        foreach (var (name, account) in where.Members.Select(person => (person.Name, person.AsSender())).Prepend((BotName, new JsonObject { ["id"] = BotId, ["name"] = BotName })))
        {
            var tag = $"<at>{SecurityElement.Escape(name)}</at>";
            for (var at = text.IndexOf(tag, StringComparison.Ordinal); at >= 0; at = text.IndexOf(tag, at + 1, StringComparison.Ordinal))
            {
                account.Remove("aadObjectId");
                entities.Insert(0, new JsonObject { ["mentioned"] = account.DeepClone(), ["text"] = tag, ["type"] = "mention" });
            }
        }
        return activity;
    }

    private static IReadOnlyList<string> Mentioned(JsonObject activity) =>
        [.. (activity["entities"] as JsonArray ?? []).OfType<JsonObject>().Where(entity => (string?)entity["type"] == "mention").Select(entity => (string?)entity["mentioned"]?["id"]).OfType<string>().Distinct()];
}
