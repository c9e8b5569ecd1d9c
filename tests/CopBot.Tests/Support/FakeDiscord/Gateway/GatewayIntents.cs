namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>Intents: what a session of the gateway wants to hear.</summary>
public static class GatewayIntents
{
    public const int
        Guilds = 1 << 0, GuildMembers = 1 << 1, GuildPresences = 1 << 8, GuildMessages = 1 << 9, GuildMessageReactions = 1 << 10, DirectMessages = 1 << 12, DirectMessageReactions = 1 << 13,
        MessageContent = 1 << 15, ScheduledEvents = 1 << 16;

    /// <summary>Those that the developer portal has to allow.</summary>
    public const int Privileged = GuildMembers | GuildPresences | MessageContent;

    /// <summary>Every bit that means something.</summary>
    public const int Known = 0x1FFFF | (1 << 20) | (1 << 21) | (1 << 24) | (1 << 25);
}
