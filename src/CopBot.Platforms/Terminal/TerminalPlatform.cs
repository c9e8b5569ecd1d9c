using CopBot.Core.Chat;

namespace CopBot.Platforms.Terminal;

/// <summary>One person's terminal: what is said to them there is written out at once.</summary>
/// <param name="userId">Whose terminal it is; several terminals on one database each hear only their own.</param>
public sealed class TerminalPlatform(string userId, ITerminalScreen screen) : IPlatform
{
    public string Name { get; } = "terminal/" + userId;

    /// <summary>The private conversation that a terminal is.</summary>
    public Place Place => new(Name, "local", "@" + userId);

    public Task<SendOutcome> SendAsync(Delivery delivery, CancellationToken ct)
    {
        screen.Show(delivery);
        return Task.FromResult(SendOutcome.Sent);
    }
}

/// <summary>Where a terminal's messages appear: in colour on a tty, as plain text in a pipe.</summary>
public interface ITerminalScreen
{
    /// <summary>Shows one message.</summary>
    void Show(Delivery delivery);
}
