using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>Something a person did with the app: a command, a press, a search while typing, a form sent.</summary>
public sealed class DiscordInteraction(string id, string token, int type, DiscordUser user, DiscordChannel channel, DateTimeOffset at)
{
    public const int Command = 2, Component = 3, Autocomplete = 4, ModalSubmit = 5;
    private readonly TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long began = TimeProvider.System.GetTimestamp();

    public string Id { get; } = id;
    public string Token { get; } = token;

    /// <summary>2 command, 3 component, 4 autocomplete, 5 modal submit.</summary>
    public int Type { get; } = type;
    public DiscordUser User { get; } = user;
    public DiscordChannel Channel { get; } = channel;
    public DateTimeOffset At { get; } = at;

    /// <summary>Of a command: 1 typed, 2 on a person, 3 on a message.</summary>
    public int CommandType { get; init; }

    /// <summary>The message on which something was pressed.</summary>
    public DiscordMessage? Message { get; init; }

    /// <summary>The app is here only because this person installed it for themself.</summary>
    public bool UserInstallOnly { get; init; }

    /// <summary>As it was sent to the bot.</summary>
    public JsonObject Payload { get; internal set; } = [];

    /// <summary>Whether a session of the gateway was there to take it.</summary>
    public bool Delivered { get; internal set; }

    /// <summary>The type of the callback (4 message, 5 deferred, 6 deferred update, 7 update, 8 choices, 9 modal); null: Discord shows that the application did not respond.</summary>
    public int? Callback { get; private set; }

    /// <summary>How long the first answer took, in real time.</summary>
    public TimeSpan Took { get; private set; }

    /// <summary>The answer: the message that a callback or its edit made, or the one that was pressed where it was updated.</summary>
    public DiscordMessage? Original { get; internal set; }

    /// <summary>Messages that came afterwards, over the interaction's webhook.</summary>
    public IReadOnlyList<DiscordMessage> FollowUps => [.. FollowUpList];

    /// <summary>What was offered while typing: name and value.</summary>
    public IReadOnlyList<(string Name, JsonNode Value)> Choices { get; internal set; } = [];

    /// <summary>The form it opened.</summary>
    public DiscordModal? Modal { get; internal set; }

    /// <summary>The person sees that the bot thinks.</summary>
    public bool Thinking => Original?.Thinking == true;

    internal List<DiscordMessage> FollowUpList { get; } = [];
    internal int FollowUpsMade { get; set; }
    internal Task AnsweredAsync => answered.Task;

    internal void Answered(int callback)
    {
        (Callback, Took) = (callback, TimeProvider.System.GetElapsedTime(began));
        answered.TrySetResult();
    }
}

/// <summary>A form that a person sees.</summary>
public sealed class DiscordModal(DiscordInteraction interaction, JsonObject body)
{
    /// <summary>What opened it.</summary>
    public DiscordInteraction Interaction { get; } = interaction;

    /// <summary>As the bot wrote it.</summary>
    public JsonObject Body { get; } = body;
    public string CustomId => (string)Body["custom_id"]!;
    public string Title => (string)Body["title"]!;

    /// <summary>Its fields: those into which something can be typed or in which something can be chosen.</summary>
    public IReadOnlyList<JsonObject> Inputs => [.. DiscordComponents.Interactive(Body["components"]!.AsArray())];
    public bool Open { get; internal set; } = true;

    /// <summary>What is written above a field.</summary>
    public string LabelOf(string customId) => DiscordComponents.Flat(Body["components"]!.AsArray())
        .Where(component => (string?)component["custom_id"] == customId || (string?)component["component"]?["custom_id"] == customId)
        .Select(component => (string?)component["label"]).OfType<string>().FirstOrDefault() ?? "";
}

/// <summary>Discord's client does not let a person do this: no such command, a required field left empty, a button that is gone.</summary>
public sealed class DiscordClientRefusal(string reason) : Exception(reason);
