namespace CopBot.Tests.Support;

/// <summary>What a machine may lack. In CI nothing may be lacking: COPBOT_REQUIRE_ALL=1 turns a skip into a failure.</summary>
public static class Required
{
    public static bool All => Environment.GetEnvironmentVariable("COPBOT_REQUIRE_ALL") == "1";

    /// <summary>Skips the test with the reason, or fails it where nothing may be skipped.</summary>
    public static void Unless(bool present, string reason)
    {
        if (!present && All)
            Assert.Fail($"{reason} (COPBOT_REQUIRE_ALL=1 forbids skipping)");
        Assert.SkipUnless(present, reason);
    }
}
