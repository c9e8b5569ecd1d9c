using CopBot.Tests.Support;

namespace CopBot.Tests.Contracts;

/// <summary>A community on a chat platform: the whole bot, and a server that stands in for the platform, seen with the eyes of its people.</summary>
public abstract class PlatformStage : IAsyncDisposable
{
    /// <summary>The conversation that the bot is in, for the clock and the database.</summary>
    public abstract Conversation Chat { get; }

    /// <summary>What the channel shows to everybody now, oldest first, in the newest wording.</summary>
    public abstract IReadOnlyList<string> Channel { get; }

    /// <summary>What the private conversation with somebody shows, and what they alone see elsewhere.</summary>
    public abstract IReadOnlyList<string> ForEyesOf(string name);

    /// <summary>Somebody says a line in the channel; it is delivered so many times.</summary>
    public abstract Task SayAsync(string name, string line, int times = 1);

    /// <summary>Somebody presses a button of the newest message that has one of that label; false where nothing shows it.</summary>
    public abstract Task<bool> PressAsync(string name, string label);

    /// <summary>Somebody opens the form of a command and sends it filled in; gives what it says against the fields, nothing when it was taken.</summary>
    public abstract Task<IReadOnlyDictionary<string, string>> FillAsync(string name, string command, params (string Field, string Value)[] values);

    /// <summary>Who is in the platform's group of a rotation, by name; null where there is no such group or it is switched off.</summary>
    public abstract IReadOnlyList<string>? Group(string rotation);

    /// <summary>Somebody takes everybody out of that group by hand.</summary>
    public abstract Task MeddleAsync(string rotation);

    /// <summary>The channel goes away for the bot, or comes back.</summary>
    public abstract Task SetGoneAsync(bool gone);

    /// <summary>Somebody's account ends, or is back.</summary>
    public abstract Task SetLeftAsync(string name, bool left);

    /// <summary>Every mention, ping and link in all that was sent which the platform would make live, as text.</summary>
    public abstract IReadOnlyList<string> LiveThings();

    /// <summary>Everything in which what was sent breaks a rule of the platform.</summary>
    public abstract IReadOnlyList<string> Problems { get; }

    public abstract ValueTask DisposeAsync();
}
