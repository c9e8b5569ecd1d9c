using NodaTime;

namespace CopBot.Core.Chat;

/// <summary>What is to be written down about a letter after an attempt.</summary>
internal sealed record Settled(Letter Letter, SendOutcome Outcome, OutboxState State)
{
    private const int LeastAttempts = 8;

    // A platform may be away for hours. What it does not take for longer than this harms those behind it.
    private static readonly Duration GivenUp = Duration.FromHours(8);
    private static readonly Duration LongestWait = Duration.FromSeconds(60);

    /// <summary>How long it rests before the next attempt.</summary>
    public Duration Wait { get; private init; } = Duration.Zero;

    public int Attempts { get; private init; } = Letter.Attempts;

    /// <summary>Whether it may have been said.</summary>
    public bool Doubtful { get; private init; }

    /// <summary>One that was not tried, because one before it in its channel has to wait.</summary>
    public static Settled Behind(Letter letter) => new(letter, new SendOutcome(SendOutcomeKind.RateLimited), OutboxState.New) { Doubtful = letter.Doubtful };

    /// <summary>After an attempt.</summary>
    public static Settled Of(Letter letter, SendOutcome outcome, IPlatform platform, Instant now) => outcome.Kind switch
    {
        SendOutcomeKind.Sent => new(letter, outcome, OutboxState.Sent),
        SendOutcomeKind.Permanent => new(letter, outcome, OutboxState.Parked),
        SendOutcomeKind.PlaceGone => new(letter, outcome, OutboxState.Gone),
        SendOutcomeKind.RateLimited => new(letter, outcome, OutboxState.New) { Wait = outcome.RetryAfter ?? Duration.Zero },
        SendOutcomeKind.Unknown when !platform.Remembers => new(letter, outcome, OutboxState.Unknown),
        _ => Again(letter, outcome, OutboxState.Parked, outcome.Kind == SendOutcomeKind.Unknown, now),
    };

    /// <summary>After the platform was asked what became of an earlier attempt; null when the letter may be sent.</summary>
    public static Settled? Of(Letter letter, Fate fate, Instant now) => fate.Kind switch
    {
        FateKind.Said => new(letter, SendOutcome.Sent with { MessageId = fate.MessageId }, OutboxState.Sent),
        FateKind.NotSaid => null,
        FateKind.Unknowable => new(letter, new SendOutcome(SendOutcomeKind.Unknown, Problem: "it may have been said"), OutboxState.Unknown) { Doubtful = true },
        _ => Again(letter, new SendOutcome(SendOutcomeKind.Transient, fate.RetryAfter, "it may have been said, and the platform does not answer"), OutboxState.Unknown, true, now),
    };

    private static Settled Again(Letter letter, SendOutcome outcome, OutboxState atLast, bool doubtful, Instant now)
    {
        var attempts = letter.Attempts + 1;
        var wait = outcome.RetryAfter ?? Duration.Min(Duration.FromSeconds(1L << Math.Min(attempts, 10)), LongestWait);
        var over = attempts >= LeastAttempts && now - letter.CreatedAt > GivenUp;
        return new(letter, outcome, over ? atLast : OutboxState.New) { Attempts = attempts, Wait = wait, Doubtful = doubtful };
    }
}
