using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>What a message said at one time, and who got a notification because it mentions them: MRIs, and ids of tags.</summary>
public sealed record TeamsContent(JsonObject Activity, IReadOnlyList<string> Pinged)
{
    public string Text => (string?)Activity["text"] ?? "";

    /// <summary><c>plain</c>, <c>markdown</c> or <c>xml</c>; Markdown where nothing is said.</summary>
    public string TextFormat => (string?)Activity["textFormat"] ?? "markdown";

    /// <summary>Its Adaptive Cards.</summary>
    public IReadOnlyList<JsonObject> Cards => [.. (Activity["attachments"] as JsonArray ?? []).OfType<JsonObject>().Where(attachment => (string?)attachment["contentType"] == TeamsCards.ContentType).Select(attachment => attachment["content"]).OfType<JsonObject>()];
}

/// <summary>A message: the bot's or a person's.</summary>
public sealed class TeamsMessage
{
    private readonly List<TeamsContent> edits = [];
    private readonly Dictionary<TeamsPerson, JsonObject> own = [];

    internal TeamsMessage(string id, TeamsConversation where, string? root, TeamsPerson? author, DateTimeOffset at, TeamsContent content) =>
        (Id, Where, Root, Author, At, Content) = (id, where, root, author, at, content);

    public string Id { get; }
    public TeamsConversation Where { get; }

    /// <summary>In a channel the message that began the thread: itself, where it did.</summary>
    public string? Root { get; }

    /// <summary>Null: the bot.</summary>
    public TeamsPerson? Author { get; }
    public DateTimeOffset At { get; }
    public TeamsContent Content { get; private set; }
    public string Text => Content.Text;
    public JsonObject? Card => Content.Cards is [var first, ..] ? first : null;

    /// <summary>What it said before, oldest first.</summary>
    public IReadOnlyList<TeamsContent> Edits => [.. edits];

    /// <summary>Everybody who got a notification because it mentions them, when it was made or by one of its edits.</summary>
    public IReadOnlyList<string> Pinged => [.. edits.Append(Content).SelectMany(content => content.Pinged).Distinct()];
    public bool Deleted { get; internal set; }

    /// <summary>Only this person sees it (a targeted message).</summary>
    public TeamsPerson? OnlyFor { get; internal init; }

    /// <summary>The conversation's id under which answers to it go.</summary>
    public string ConversationId => Where.IdOf(Root);

    /// <summary>Reactions that stand: the kind, and who.</summary>
    public List<(string Kind, TeamsPerson By)> Reactions { get; } = [];
    internal Dictionary<TeamsPerson, DateTimeOffset> Refreshed { get; } = [];

    /// <summary>The card that a person sees: the one which the bot returned to them, or the one of all.</summary>
    public JsonObject? CardFor(TeamsPerson person) => own.GetValueOrDefault(person) ?? Card;

    public override string ToString() => $"{Author?.Name ?? "bot"} in {Where}: {(Text.Length > 0 ? Text : Card?.ToJsonString())}";

    internal void Edit(TeamsContent content)
    {
        edits.Add(Content);
        Content = content;
        own.Clear();
    }

    internal void ShowTo(TeamsPerson person, JsonObject card) => own[person] = card;
}
