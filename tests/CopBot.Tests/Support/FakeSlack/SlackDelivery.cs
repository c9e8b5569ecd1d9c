using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>How a delivery ended.</summary>
public enum SlackDeliveryStatus
{
    /// <summary>The bot acknowledged in time.</summary>
    Acknowledged,

    /// <summary>No acknowledgement in time, all repetitions included.</summary>
    TimedOut,

    /// <summary>The bot answered with a status that is not 2xx.</summary>
    Failed,

    /// <summary>No socket was open, or nobody listened at the address.</summary>
    NoReceiver,

    /// <summary>The app does not subscribe to the event, so that nothing was sent.</summary>
    NotSubscribed,

    /// <summary>Slack's client would not have sent it: a required field is empty, a value is out of range.</summary>
    NotSent,
}

/// <summary>What became of something that Slack sent to the bot.</summary>
public sealed record SlackDelivery(SlackDeliveryStatus Status)
{
    public string EnvelopeId { get; init; } = "";
    public string EventId { get; init; } = "";

    /// <summary>The payload of the acknowledgement: a reply, a response_action, options; null where it was empty.</summary>
    public JsonNode? Ack { get; init; }

    /// <summary>From the sending of the copy that was acknowledged to its acknowledgement.</summary>
    public TimeSpan AckAfter { get; init; }

    /// <summary>How many copies were sent.</summary>
    public int Attempts { get; init; }

    /// <summary>The status of the last HTTP answer; 0 over sockets.</summary>
    public int HttpStatus { get; init; }

    /// <summary>Why Slack's client would not send it, by block id.</summary>
    public IReadOnlyDictionary<string, string> ClientErrors { get; init; } = new Dictionary<string, string>();

    /// <summary>The person's message that this was about.</summary>
    public SlackPost? Post { get; init; }

    /// <summary>The trigger_id that went with it.</summary>
    public string Trigger { get; init; } = "";

    /// <summary>The response_url that went with it.</summary>
    public string ResponseUrl { get; init; } = "";

    /// <summary>Further events of the same doing: a message in a channel may be a message and a mention.</summary>
    public IReadOnlyList<SlackDelivery> Also { get; init; } = [];
    public bool Acknowledged => Status == SlackDeliveryStatus.Acknowledged;
}

/// <summary>What is sent: the names of the envelopes of Socket Mode.</summary>
public enum SlackKind
{
    Event,
    Interactive,
    SlashCommand,
}

/// <summary>How badly something is delivered.</summary>
public sealed record SlackDisturbance
{
    public static SlackDisturbance None { get; } = new();

    /// <summary>How often the same payload is sent at once.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>So many copies are lost on the way: the server pretends that the connection broke before they were read.</summary>
    public int Lost { get; init; }

    /// <summary>So many acknowledgements are lost on the way back: the bot did it, and is sent it again.</summary>
    public int AcksLost { get; init; }

    /// <summary>Waits before the first copy, so that a later delivery overtakes it.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>HTTP: signed with another secret; an empty one leaves the signature away.</summary>
    public string? SignedWith { get; init; }

    /// <summary>HTTP: signed at another time.</summary>
    public DateTimeOffset? SignedAt { get; init; }

    /// <summary>Overrides the server's pauses between repetitions.</summary>
    public IReadOnlyList<TimeSpan>? RetryDelays { get; init; }
}
