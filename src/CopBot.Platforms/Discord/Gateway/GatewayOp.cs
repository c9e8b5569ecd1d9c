namespace CopBot.Platforms.Discord.Gateway;

/// <summary>What a payload is for (docs.discord.com/developers/topics/opcodes-and-status-codes, “Gateway”).</summary>
internal static class GatewayOp
{
    public const int Dispatch = 0;
    public const int Heartbeat = 1;
    public const int Identify = 2;
    public const int Resume = 6;
    public const int Reconnect = 7;
    public const int RequestMembers = 8;
    public const int InvalidSession = 9;
    public const int Hello = 10;
    public const int Acknowledged = 11;
}

/// <summary>What the bot asks to be told (docs.discord.com/developers/events/gateway, “Gateway Intents”): no more than it needs.</summary>
[Flags]
internal enum GatewayIntents
{
    /// <summary>Servers, channels, roles.</summary>
    Guilds = 1 << 0,

    /// <summary>Who leaves. Privileged: asked for only where the portal's switch is on.</summary>
    Members = 1 << 1,

    /// <summary>Messages that mention the bot; of others the text does not come.</summary>
    Messages = 1 << 9,

    /// <summary>Thanks by reaction.</summary>
    Reactions = 1 << 10,

    /// <summary>What people write to the bot alone.</summary>
    DirectMessages = 1 << 12,
}

/// <summary>Why a connection ended, as far as it decides what comes next.</summary>
internal enum GatewayEnd
{
    /// <summary>Go on with the session, over another connection.</summary>
    Resume,

    /// <summary>The session is over: begin another.</summary>
    Begin,

    /// <summary>Discord will never take the bot as it is set up; somebody has to change something.</summary>
    Stop,

    /// <summary>The process stops.</summary>
    Stopping,
}
