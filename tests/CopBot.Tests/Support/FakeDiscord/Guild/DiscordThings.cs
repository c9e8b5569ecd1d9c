namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>An account: a person's, or the bot's. Its id is the same in every guild.</summary>
public sealed class DiscordUser(string id, string username)
{
    public string Id { get; } = id;
    public string Username { get; set; } = username;

    /// <summary>The name shown where no nickname is; null: the user name is shown.</summary>
    public string? GlobalName { get; set; }
    public bool IsBot { get; init; }
    public string Locale { get; set; } = "en-US";

    /// <summary>Takes no direct messages from servers' members: 50007.</summary>
    public bool DirectMessagesClosed { get; set; }

    /// <summary>Has installed the app for themself: its commands work where the bot is not.</summary>
    public bool HasInstalledApp { get; set; }

    /// <summary>How Discord writes a live mention of them.</summary>
    public string Mention => $"<@{Id}>";
}

/// <summary>A person in a guild.</summary>
public sealed class DiscordMember(DiscordUser user, DateTimeOffset joinedAt)
{
    public DiscordUser User { get; } = user;
    public DateTimeOffset JoinedAt { get; } = joinedAt;
    public string? Nick { get; set; }

    /// <summary>Ids of roles; everyone's is not among them.</summary>
    public HashSet<string> Roles { get; } = [];

    /// <summary>What others see.</summary>
    public string DisplayName => Nick ?? User.GlobalName ?? User.Username;
}

/// <summary>A role of a guild.</summary>
public sealed class DiscordRole(string id, string name)
{
    public string Id { get; } = id;
    public string Name { get; set; } = name;

    /// <summary>Higher may change lower; everyone's is 0.</summary>
    public int Position { get; set; }
    public ulong Permissions { get; set; }
    public bool Mentionable { get; set; }
    public bool Hoist { get; set; }

    /// <summary>Belongs to an integration, such as the bot's own: nobody can be given it.</summary>
    public bool Managed { get; init; }
    public int Color { get; set; }

    /// <summary>How Discord writes a live mention of it.</summary>
    public string Mention => $"<@&{Id}>";
}

/// <summary>What a role (<c>Type</c> 0) or a member (1) may or may not do in one channel.</summary>
public sealed record DiscordOverwrite(string Id, int Type, ulong Allow, ulong Deny);

/// <summary>A channel of a guild, a thread, or a direct conversation; kinds are numbered as Discord does.</summary>
public sealed class DiscordChannel(string id, string name, int type)
{
    public const int GuildText = 0, Dm = 1, GuildVoice = 2, GuildCategory = 4, GuildAnnouncement = 5, AnnouncementThread = 10, PublicThread = 11, PrivateThread = 12, GuildStage = 13, GuildForum = 15, GuildMedia = 16;

    public string Id { get; } = id;
    public string Name { get; set; } = name;
    public int Type { get; } = type;
    public DiscordGuild? Guild { get; init; }

    /// <summary>Whose direct conversation with the bot it is; null elsewhere.</summary>
    public DiscordUser? Recipient { get; init; }

    /// <summary>Of a direct conversation, the bot that takes part in it.</summary>
    internal DiscordServer? Home { get; init; }

    /// <summary>Of a thread, the channel it belongs to.</summary>
    public DiscordChannel? Parent { get; init; }
    public string? Topic { get; set; }
    public int Position { get; set; }
    public List<DiscordOverwrite> Overwrites { get; } = [];

    /// <summary>Who started the thread.</summary>
    public string? OwnerId { get; init; }
    public bool Archived { get; set; }
    public bool Locked { get; set; }

    /// <summary>Posts in this forum must carry a tag.</summary>
    public bool RequiresTag { get; set; }

    /// <summary>Tags that posts in this forum may carry: id and name.</summary>
    public List<(string Id, string Name)> Tags { get; } = [];

    /// <summary>Of a post in a forum, the tags it carries.</summary>
    public IReadOnlyList<string> AppliedTags { get; init; } = [];
    public bool Deleted { get; internal set; }
    public string Mention => $"<#{Id}>";
    public bool IsThread => Type is AnnouncementThread or PublicThread or PrivateThread;
    public bool IsDirect => Type == Dm;
    public bool IsForum => Type is GuildForum or GuildMedia;

    /// <summary>Whether messages can be put into it as it is: not in a forum itself, nor in a category.</summary>
    internal bool TakesMessages => !IsForum && Type != GuildCategory;
}

/// <summary>What happens at a time: the guild's scheduled event.</summary>
public sealed class DiscordScheduledEvent(string id, System.Text.Json.Nodes.JsonObject body, string creatorId)
{
    public string Id { get; } = id;
    public string CreatorId { get; } = creatorId;

    /// <summary>As Discord describes it.</summary>
    public System.Text.Json.Nodes.JsonObject Body { get; internal set; } = body;
    public string Name => (string)Body["name"]!;

    /// <summary>1 scheduled, 2 active, 3 completed, 4 cancelled.</summary>
    public int Status => (int)Body["status"]!;

    /// <summary>Who said that they come.</summary>
    public HashSet<string> Interested { get; } = [];

    /// <summary>The reason given in the request that made it.</summary>
    public string? Reason { get; internal set; }
}
