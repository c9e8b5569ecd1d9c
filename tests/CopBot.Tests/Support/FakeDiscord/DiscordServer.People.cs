namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>What people say and do with messages, sent to the bot as events.</summary>
public sealed partial class DiscordServer
{
    /// <summary>A person writes in a channel, a thread or to the bot directly; an earlier time than now is one of which the bot hears late.</summary>
    public DiscordMessage Say(DiscordUser by, DiscordChannel where, string text, DiscordMessage? repliesTo = null, DateTimeOffset? at = null)
    {
        lock (Gate)
        {
            if (where.Deleted || !where.TakesMessages)
                throw new DiscordClientRefusal($"{where.Name} takes no messages");
            if (where.Guild is { } guild && (DiscordPermissions.Of(by, guild, where) & DiscordPermissions.ViewChannel) == 0)
                throw new DiscordClientRefusal($"{by.Username} does not see {where.Name}");
            var message = new DiscordMessage(NewId(at), where, by, at ?? Clock.GetUtcNow()) { RepliesTo = repliesTo, Type = repliesTo is null ? 0 : 19 }.Saying(DiscordContent.Empty with { Text = text });
            DiscordWriting.Keep(this, message);
            return message;
        }
    }

    /// <summary>A person writes to the bot directly.</summary>
    public DiscordMessage Direct(DiscordUser by, string text) => Say(by, DirectOf(by), text);

    /// <summary>A person opens a thread on a forum with its first message, whose id is the thread's too.</summary>
    public DiscordMessage Post(DiscordUser by, DiscordChannel forum, string title, string text)
    {
        lock (Gate)
        {
            var thread = forum.Guild!.StartThread(forum, title, by, NewId(), []);
            var message = new DiscordMessage(thread.Id, thread, by, Clock.GetUtcNow()).Saying(DiscordContent.Empty with { Text = text });
            DiscordWriting.Keep(this, message);
            return message;
        }
    }

    /// <summary>A person changes their message.</summary>
    public void Edit(DiscordMessage message, string text)
    {
        lock (Gate)
            DiscordWriting.Edit(this, message, new() { ["content"] = text, ["allowed_mentions"] = new System.Text.Json.Nodes.JsonObject { ["parse"] = new System.Text.Json.Nodes.JsonArray() } });
    }

    /// <summary>Somebody deletes a message: their own, or as a moderator.</summary>
    public void Delete(DiscordMessage message)
    {
        lock (Gate)
            DiscordWriting.Delete(this, message);
    }

    /// <summary>A person reacts to a message.</summary>
    public void React(DiscordUser by, DiscordMessage message, string emoji)
    {
        lock (Gate)
            DiscordWriting.React(this, message, by, emoji, added: true);
    }

    /// <summary>A person takes their reaction back.</summary>
    public void Unreact(DiscordUser by, DiscordMessage message, string emoji)
    {
        lock (Gate)
            DiscordWriting.React(this, message, by, emoji, added: false);
    }
}
