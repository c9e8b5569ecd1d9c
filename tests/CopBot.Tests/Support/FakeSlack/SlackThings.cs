using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>A person, or the bot, of a workspace.</summary>
public sealed class SlackUser(string id, string name, string team)
{
    public string Id { get; } = id;
    public string Name { get; set; } = name;
    public string Team { get; } = team;
    public string RealName { get; set; } = name;
    public string Email { get; set; } = $"{name}@example.test";
    public string TimeZone { get; set; } = "Europe/London";
    public string Locale { get; set; } = "en-GB";
    public bool Deleted { get; set; }
    public bool IsBot { get; init; }
    public bool IsGuest { get; set; }

    /// <summary>From another organisation, in a shared channel.</summary>
    public bool IsStranger { get; set; }

    /// <summary>How Slack writes a live mention of them.</summary>
    public string Mention => $"<@{Id}>";
}

/// <summary>A channel, private channel, or direct conversation.</summary>
public sealed class SlackChannel(string id, string name)
{
    public string Id { get; } = id;
    public string Name { get; set; } = name;
    public bool IsPrivate { get; set; }
    public bool IsArchived { get; set; }
    public bool IsShared { get; set; }

    /// <summary>Whose direct conversation with the bot it is; null in channels.</summary>
    public SlackUser? DirectWith { get; init; }
    public HashSet<string> Members { get; } = [];

    /// <summary>Several people and the bot, without a name of their own.</summary>
    public bool IsGroupDirect { get; init; }
    internal string Type => IsGroupDirect ? "mpim" : DirectWith is not null ? "im" : IsPrivate ? "group" : "channel";
    internal string ScopeStem => Type switch { "mpim" => "mpim", "im" => "im", "group" => "groups", _ => "channels" };
}

/// <summary>A user group (<c>@handle</c>).</summary>
public sealed class SlackUserGroup(string id, string name, string handle)
{
    public string Id { get; } = id;
    public string Name { get; set; } = name;
    public string Handle { get; set; } = handle;
    public string Description { get; set; } = "";
    public List<string> Members { get; } = [];
    public List<string> Channels { get; } = [];
    public bool Enabled { get; set; } = true;
    public DateTimeOffset Updated { get; set; }
}

/// <summary>What a message said at one time.</summary>
public sealed record SlackContent(string Text, JsonArray Blocks, JsonObject? Metadata);

/// <summary>A message: the bot's or a person's, for all or for one (ephemeral).</summary>
public sealed class SlackPost(string channel, string ts, string author)
{
    private readonly List<SlackContent> edits = [];
    private readonly List<(string Emoji, string User)> reactions = [];

    public string Channel { get; } = channel;
    public string Ts { get; } = ts;
    public string Author { get; } = author;
    public bool ByBot { get; init; }
    public string? ThreadTs { get; init; }
    public bool Broadcast { get; init; }

    /// <summary>Who alone sees it (ephemeral); null where all do.</summary>
    public string? OnlyUser { get; init; }
    public bool ByResponseUrl { get; init; }
    public SlackContent Content { get; private set; } = new("", [], null);
    public string Text => Content.Text;
    public JsonArray Blocks => Content.Blocks;
    public JsonObject? Metadata => Content.Metadata;

    /// <summary>What it said before, oldest first.</summary>
    public IReadOnlyList<SlackContent> Edits => [.. edits];
    public bool Deleted { get; internal set; }
    public string? EditedTs { get; private set; }
    public IReadOnlyList<(string Emoji, string User)> Reactions => [.. reactions];

    internal List<(string Emoji, string User)> ReactionList => reactions;

    internal SlackPost Saying(SlackContent first)
    {
        Content = first;
        return this;
    }

    internal void Become(SlackContent next, string ts)
    {
        edits.Add(Content);
        (Content, EditedTs) = (next, ts);
    }
}

/// <summary>A view that somebody sees: a modal or a home tab.</summary>
public sealed class SlackView(string id, string user, JsonObject body)
{
    public string Id { get; } = id;
    public string User { get; } = user;

    /// <summary>The view as Slack describes it in payloads, with id, hash, blocks and private_metadata.</summary>
    public JsonObject Body { get; internal set; } = body;
    public string Hash => (string)Body["hash"]!;
    public string CallbackId => (string?)Body["callback_id"] ?? "";
    public string PrivateMetadata => (string?)Body["private_metadata"] ?? "";
    public JsonArray Blocks => Body["blocks"]!.AsArray();

    /// <summary>The trigger that opened it.</summary>
    public string Trigger { get; internal set; } = "";
    public SlackView? Previous { get; internal set; }
    public SlackView Root => Previous?.Root ?? this;
    public bool Closed { get; internal set; }

    /// <summary>What the bot last said against the input, by block id.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; internal set; } = new Dictionary<string, string>();

    /// <summary>What has been typed or chosen so far: block id, action id, value.</summary>
    internal Dictionary<string, (string Action, JsonObject Value)> Typed { get; } = [];
}

/// <summary>One request to the Web API, or to a response url (method <c>response_url</c>).</summary>
public sealed record SlackCall(string Method, string Token, JsonObject Args, DateTimeOffset At)
{
    public JsonNode? Answer { get; internal set; }
    public SlackFault? Fault { get; internal set; }
    public string Team { get; internal set; } = "";
    public bool Ok => Answer is JsonObject answer && (bool?)answer["ok"] == true;
}
