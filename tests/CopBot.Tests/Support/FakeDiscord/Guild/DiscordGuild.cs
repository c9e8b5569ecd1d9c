using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>A guild (people say server): its people, roles, channels. What people do in it is in the other parts of the class.</summary>
public sealed partial class DiscordGuild
{
    private readonly List<DiscordMember> members = [];
    private readonly List<DiscordRole> roles = [];
    private readonly List<DiscordChannel> channels = [];
    private readonly List<DiscordScheduledEvent> events = [];
    private readonly List<JsonObject> commands = [];

    internal DiscordGuild(DiscordServer server, string id, string name)
    {
        (Server, Id, Name) = (server, id, name);
        roles.Add(new(id, "@everyone") { Permissions = DiscordPermissions.Everyone });
        Owner = AddPerson("owner");
    }

    public string Id { get; }
    public string Name { get; set; }
    public string Locale { get; set; } = "en-US";
    public DiscordUser Owner { get; }
    public string OwnerId => Owner?.Id ?? "";

    /// <summary>An outage: the guild is there and nothing works.</summary>
    public bool Unavailable { get; internal set; }
    public bool BotIn => Server.Locked(() => FindMember(Server.BotUser.Id) is not null);
    public DiscordRole Everyone => roles[0];

    /// <summary>The role that came with the bot; null while it is not in the guild.</summary>
    public DiscordRole? BotRole { get; private set; }
    public IReadOnlyList<DiscordMember> Members => Server.Locked(() => members.ToList());
    public IReadOnlyList<DiscordRole> Roles => Server.Locked(() => roles.ToList());
    public IReadOnlyList<DiscordChannel> Channels => Server.Locked(() => channels.Where(channel => !channel.Deleted).ToList());
    public IReadOnlyList<DiscordScheduledEvent> ScheduledEvents => Server.Locked(() => events.ToList());

    /// <summary>Application commands that are registered for this guild alone, as Discord describes them.</summary>
    public IReadOnlyList<JsonObject> Commands => Server.Locked(() => commands.ToList());

    internal DiscordServer Server { get; }
    internal List<DiscordMember> MemberList => members;
    internal List<DiscordRole> RoleList => roles;
    internal List<DiscordChannel> ChannelList => channels;
    internal List<DiscordScheduledEvent> EventList => events;
    internal List<JsonObject> CommandList => commands;

    /// <summary>A person who is in the guild from the beginning: nothing is told of it.</summary>
    public DiscordUser AddPerson(string username, string? globalName = null, string? nick = null)
    {
        lock (Server.Gate)
        {
            var user = Server.AddUser(username, globalName);
            members.Add(new(user, Server.Clock.GetUtcNow()) { Nick = nick });
            return user;
        }
    }

    /// <summary>A channel that is there from the beginning; a forum with <see cref="DiscordChannel.GuildForum"/>.</summary>
    public DiscordChannel AddChannel(string name, int type = DiscordChannel.GuildText)
    {
        lock (Server.Gate)
        {
            var channel = new DiscordChannel(Server.NewId(), name, type) { Guild = this, Position = channels.Count };
            channels.Add(channel);
            return channel;
        }
    }

    /// <summary>A thread, or a post of a forum, that a person started.</summary>
    public DiscordChannel AddThread(DiscordChannel parent, string name, DiscordUser by)
    {
        lock (Server.Gate)
            return StartThread(parent, name, by, Server.NewId(), []);
    }

    /// <summary>A role that is there from the beginning, above those that were made before and below the bot's.</summary>
    public DiscordRole AddRole(string name, ulong permissions = 0, bool mentionable = false)
    {
        lock (Server.Gate)
        {
            var role = new DiscordRole(Server.NewId(), name) { Permissions = permissions, Mentionable = mentionable, Position = BotRole?.Position ?? roles.Count };
            foreach (var higher in roles.Where(other => other.Position >= role.Position))
                higher.Position++;
            roles.Add(role);
            return role;
        }
    }

    /// <summary>Puts the role above all others: the bot's own too.</summary>
    public void Raise(DiscordRole role)
    {
        lock (Server.Gate)
        {
            role.Position = roles.Max(other => other.Position) + 1;
            Dispatch("GUILD_ROLE_UPDATE", GatewayIntents.Guilds, () => new() { ["guild_id"] = Id, ["role"] = DiscordShapes.Role(role) });
        }
    }

    /// <summary>Forbids everybody but the owner to see the channel, the bot too: 50001.</summary>
    public void Hide(DiscordChannel channel) => Overwrite(channel, new(Id, 0, 0, DiscordPermissions.ViewChannel));

    /// <summary>Changes what may be done in a channel.</summary>
    public void Overwrite(DiscordChannel channel, DiscordOverwrite overwrite)
    {
        lock (Server.Gate)
        {
            channel.Overwrites.RemoveAll(old => old.Id == overwrite.Id);
            channel.Overwrites.Add(overwrite);
            Dispatch("CHANNEL_UPDATE", GatewayIntents.Guilds, () => DiscordShapes.Channel(channel));
        }
    }

    /// <summary>The person as a member; null where they are not.</summary>
    public DiscordMember? MemberOf(DiscordUser user) => Server.Locked(() => FindMember(user.Id));

    internal DiscordMember? FindMember(string id) => members.Find(member => member.User.Id == id);

    internal DiscordRole? FindRole(string id) => roles.Find(role => role.Id == id);

    internal DiscordChannel StartThread(DiscordChannel parent, string name, DiscordUser by, string id, IReadOnlyList<string> tags)
    {
        var thread = new DiscordChannel(id, name, parent.Type == DiscordChannel.GuildAnnouncement ? DiscordChannel.AnnouncementThread : DiscordChannel.PublicThread) { Guild = this, Parent = parent, OwnerId = by.Id, AppliedTags = tags };
        channels.Add(thread);
        Dispatch("THREAD_CREATE", GatewayIntents.Guilds, () =>
        {
            var shape = DiscordShapes.Channel(thread);
            shape["newly_created"] = true;
            return shape;
        });
        return thread;
    }

    /// <summary>The whole guild as GUILD_CREATE tells it: without the intent for members it names the bot alone.</summary>
    internal JsonObject Created()
    {
        var shape = DiscordShapes.Guild(this);
        var bot = FindMember(Server.BotUser.Id)!;
        shape["joined_at"] = DiscordShapes.Time(bot.JoinedAt);
        shape["large"] = members.Count > 250;
        shape["unavailable"] = false;
        shape["member_count"] = members.Count;
        shape["voice_states"] = new JsonArray();
        shape["members"] = new JsonArray(DiscordShapes.Member(bot));
        shape["channels"] = new JsonArray([.. channels.Where(channel => !channel.Deleted && !channel.IsThread).Select(DiscordShapes.Channel)]);
        shape["threads"] = new JsonArray([.. channels.Where(channel => !channel.Deleted && channel.IsThread && !channel.Archived).Select(DiscordShapes.Channel)]);
        shape["presences"] = new JsonArray();
        shape["stage_instances"] = new JsonArray();
        shape["guild_scheduled_events"] = new JsonArray([.. events.Select(each => each.Body.DeepClone())]);
        shape["soundboard_sounds"] = new JsonArray();
        return shape;
    }

    /// <summary>Tells the bot, if it is in the guild and listens for that.</summary>
    internal void Dispatch(string type, int intent, Func<JsonObject> data)
    {
        if (FindMember(Server.BotUser.Id) is not null && !Unavailable)
            Server.Gateway.Dispatch(type, intent, Id, _ => data());
    }
}
