using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>Who comes and goes, and what becomes of channels and roles.</summary>
public sealed partial class DiscordGuild
{
    /// <summary>The owner invites the bot: it gets a role of its own, and hears of the guild.</summary>
    public void InviteBot(ulong permissions = DiscordPermissions.Bot)
    {
        lock (Server.Gate)
        {
            if (FindMember(Server.BotUser.Id) is not null)
                return;
            BotRole = new(Server.NewId(), "CopBot") { Permissions = permissions, Managed = true, Position = roles.Max(role => role.Position) + 1 };
            roles.Add(BotRole);
            var bot = new DiscordMember(Server.BotUser, Server.Clock.GetUtcNow());
            bot.Roles.Add(BotRole.Id);
            members.Add(bot);
            Dispatch("GUILD_CREATE", GatewayIntents.Guilds, Created);
        }
    }

    /// <summary>The bot is thrown out: GUILD_DELETE without <c>unavailable</c>, and its commands and role are gone.</summary>
    public void KickBot()
    {
        lock (Server.Gate)
        {
            Dispatch("GUILD_DELETE", GatewayIntents.Guilds, () => new() { ["id"] = Id });
            members.RemoveAll(member => member.User == Server.BotUser);
            roles.RemoveAll(role => role == BotRole);
            BotRole = null;
            commands.Clear();
        }
    }

    /// <summary>An outage of this guild begins or ends: GUILD_DELETE with <c>unavailable</c>, GUILD_CREATE afterwards.</summary>
    public void SetOutage(bool down)
    {
        lock (Server.Gate)
        {
            Unavailable = false;
            if (down)
                Dispatch("GUILD_DELETE", GatewayIntents.Guilds, () => new() { ["id"] = Id, ["unavailable"] = true });
            else
                Dispatch("GUILD_CREATE", GatewayIntents.Guilds, Created);
            Unavailable = down;
        }
    }

    /// <summary>Somebody comes into the guild.</summary>
    public DiscordMember Join(DiscordUser user, string? nick = null)
    {
        lock (Server.Gate)
        {
            if (FindMember(user.Id) is { } known)
                return known;
            var member = new DiscordMember(user, Server.Clock.GetUtcNow()) { Nick = nick };
            members.Add(member);
            Dispatch("GUILD_MEMBER_ADD", GatewayIntents.GuildMembers, () => WithGuild(DiscordShapes.Member(member)));
            return member;
        }
    }

    /// <summary>Somebody leaves it, or is thrown out.</summary>
    public void Leave(DiscordUser user)
    {
        lock (Server.Gate)
            if (members.RemoveAll(member => member.User == user) > 0)
                Dispatch("GUILD_MEMBER_REMOVE", GatewayIntents.GuildMembers, () => new() { ["guild_id"] = Id, ["user"] = DiscordShapes.User(user) });
    }

    /// <summary>Somebody is called something else here.</summary>
    public void Rename(DiscordUser user, string? nick)
    {
        lock (Server.Gate)
        {
            var member = FindMember(user.Id)!;
            member.Nick = nick;
            MemberChanged(member);
        }
    }

    /// <summary>A person who may do so gives somebody a role, or takes it.</summary>
    public void SetRole(DiscordUser user, DiscordRole role, bool held = true)
    {
        lock (Server.Gate)
        {
            var member = FindMember(user.Id)!;
            if (held ? member.Roles.Add(role.Id) : member.Roles.Remove(role.Id))
                MemberChanged(member);
        }
    }

    /// <summary>Somebody deletes a role: those who had it have it no more.</summary>
    public void DeleteRole(DiscordRole role)
    {
        lock (Server.Gate)
        {
            roles.Remove(role);
            Dispatch("GUILD_ROLE_DELETE", GatewayIntents.Guilds, () => new() { ["guild_id"] = Id, ["role_id"] = role.Id });
            foreach (var member in members.Where(member => member.Roles.Remove(role.Id)))
                MemberChanged(member);
        }
    }

    /// <summary>Somebody makes a channel while the bot listens.</summary>
    public DiscordChannel CreateChannel(string name, int type = DiscordChannel.GuildText)
    {
        lock (Server.Gate)
        {
            var channel = AddChannel(name, type);
            Dispatch("CHANNEL_CREATE", GatewayIntents.Guilds, () => DiscordShapes.Channel(channel));
            return channel;
        }
    }

    /// <summary>Somebody renames a channel.</summary>
    public void RenameChannel(DiscordChannel channel, string name)
    {
        lock (Server.Gate)
        {
            channel.Name = name;
            Dispatch(channel.IsThread ? "THREAD_UPDATE" : "CHANNEL_UPDATE", GatewayIntents.Guilds, () => DiscordShapes.Channel(channel));
        }
    }

    /// <summary>Somebody deletes a channel, with its threads: 10003 from now on.</summary>
    public void DeleteChannel(DiscordChannel channel)
    {
        lock (Server.Gate)
        {
            foreach (var thread in channels.Where(other => other.Parent == channel))
                thread.Deleted = true;
            if (channel.IsThread)
                Dispatch("THREAD_DELETE", GatewayIntents.Guilds, () => new() { ["id"] = channel.Id, ["guild_id"] = Id, ["parent_id"] = channel.Parent!.Id, ["type"] = channel.Type });
            else
                Dispatch("CHANNEL_DELETE", GatewayIntents.Guilds, () => DiscordShapes.Channel(channel));
            channel.Deleted = true;
        }
    }

    /// <summary>A thread goes to sleep; where it is locked too, only who manages threads may wake it.</summary>
    public void Archive(DiscordChannel thread, bool locked = false)
    {
        lock (Server.Gate)
        {
            (thread.Archived, thread.Locked) = (true, locked);
            Dispatch("THREAD_UPDATE", GatewayIntents.Guilds, () => DiscordShapes.Channel(thread));
        }
    }

    /// <summary>A person says that they come to an event, or that they do not.</summary>
    public void SetInterested(DiscordUser user, DiscordScheduledEvent at, bool comes = true)
    {
        lock (Server.Gate)
            if (comes ? at.Interested.Add(user.Id) : at.Interested.Remove(user.Id))
                Dispatch(comes ? "GUILD_SCHEDULED_EVENT_USER_ADD" : "GUILD_SCHEDULED_EVENT_USER_REMOVE", GatewayIntents.ScheduledEvents, () => new() { ["guild_scheduled_event_id"] = at.Id, ["user_id"] = user.Id, ["guild_id"] = Id });
    }

    internal void MemberChanged(DiscordMember member) =>
        // The bot hears of itself without the intent.
        Dispatch("GUILD_MEMBER_UPDATE", member.User == Server.BotUser ? 0 : GatewayIntents.GuildMembers, () => WithGuild(DiscordShapes.Member(member)));

    private JsonObject WithGuild(JsonObject shape)
    {
        shape["guild_id"] = Id;
        return shape;
    }
}
