namespace CopBot.Platforms.Discord.Intake;

/// <summary>
/// The way back to whoever did something: the token of their interaction, good for fifteen minutes
/// (docs.discord.com/developers/interactions/receiving-and-responding), or the channel and id of what they wrote.
/// </summary>
public sealed record DiscordWayBack
{
    /// <summary>The interaction's token; null where somebody wrote a message.</summary>
    public string? Token { get; private init; }

    /// <summary>The interaction's id, which tells since when its token is good.</summary>
    public string? Interaction { get; private init; }

    /// <summary>Where the message was written; null for an interaction.</summary>
    public string? Channel { get; private init; }

    /// <summary>The message's id.</summary>
    public string? Message { get; private init; }

    public static string OfInteraction(string token, string id) => $"i {token} {id}";

    public static string OfMessage(string channel, string message) => $"m {channel} {message}";

    /// <summary>What a line carried; null where it is none.</summary>
    public static DiscordWayBack? Read(string? carried) => carried?.Split(' ') switch
    {
        ["i", var token, var id] => new DiscordWayBack { Token = token, Interaction = id },
        ["m", var channel, var message] => new DiscordWayBack { Channel = channel, Message = message },
        _ => null,
    };
}
