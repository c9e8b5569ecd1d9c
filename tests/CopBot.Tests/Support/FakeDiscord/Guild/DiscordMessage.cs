using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>What a message said at one time, and whom it pinged then (<c>&lt;@id&gt;</c>, <c>&lt;@&amp;id&gt;</c>, <c>@everyone</c>, <c>@here</c>).</summary>
public sealed record DiscordContent(string Text, JsonArray Embeds, JsonArray Components, int Flags, IReadOnlyList<string> Pinged)
{
    public const int Ephemeral = 1 << 6, Loading = 1 << 7, ComponentsV2 = 1 << 15;

    internal static DiscordContent Empty { get; } = new("", [], [], 0, []);
}

/// <summary>A message: the bot's or a person's, for all or for one (ephemeral).</summary>
public sealed class DiscordMessage(string id, DiscordChannel channel, DiscordUser author, DateTimeOffset at)
{
    private readonly List<DiscordContent> edits = [];

    public string Id { get; } = id;
    public DiscordChannel Channel { get; } = channel;
    public DiscordUser Author { get; } = author;
    public DateTimeOffset At { get; } = at;
    public DiscordContent Content { get; private set; } = DiscordContent.Empty;
    public string Text => Content.Text;
    public JsonArray Embeds => Content.Embeds;
    public JsonArray Components => Content.Components;
    public int Flags => Content.Flags;

    /// <summary>What it said before, oldest first; the loading state of a deferred answer is not among it.</summary>
    public IReadOnlyList<DiscordContent> Edits => [.. edits];

    /// <summary>Everybody whom it pinged, when it was made and by each of its edits.</summary>
    public IReadOnlyList<string> Pinged => [.. edits.Append(Content).SelectMany(content => content.Pinged).Distinct()];
    public DateTimeOffset? EditedAt { get; private set; }
    public bool Deleted { get; internal set; }

    /// <summary>Who alone sees it (ephemeral); null where all do.</summary>
    public DiscordUser? OnlyUser { get; init; }

    /// <summary>The bot is thinking…: a deferred answer that has not come yet.</summary>
    public bool Thinking => (Flags & DiscordContent.Loading) != 0;

    /// <summary>The interaction that it answers.</summary>
    public DiscordInteraction? Interaction { get; init; }

    /// <summary>The message that it replies to.</summary>
    public DiscordMessage? RepliesTo { get; init; }
    public JsonNode? Nonce { get; init; }

    /// <summary>0 said, 19 a reply, 20 the answer to a command, 23 to a context menu.</summary>
    public int Type { get; init; }

    /// <summary>Who reacted with what, in order.</summary>
    public IReadOnlyList<(string Emoji, string User)> Reactions => [.. ReactionList];
    internal List<(string Emoji, string User)> ReactionList { get; } = [];

    internal DiscordMessage Saying(DiscordContent first)
    {
        Content = first;
        return this;
    }

    internal void Become(DiscordContent next, DateTimeOffset at)
    {
        if (!Thinking)
        {
            edits.Add(Content);
            EditedAt = at;
        }
        Content = next;
    }
}
