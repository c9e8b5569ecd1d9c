namespace CopBot.Tests.Support;

/// <summary>Descriptions of platforms that a test cannot do without.</summary>
public static class NeededSpecs
{
    /// <summary>Discord's; skips the test with the reason where it is missing.</summary>
    public static FakeDiscord.DiscordSpecs Discord()
    {
        Required.Unless(FakeDiscord.DiscordSpecs.Here is not null, "no description of Discord's API: set COPBOT_SPECS to the folder with discord/openapi.json");
        return FakeDiscord.DiscordSpecs.Here!;
    }
}
