using CopBot.Host.CommandLine;

namespace CopBot.Tests.Host;

public sealed class ChatTests : IDisposable
{
    private readonly Copbot copbot = new();

    [Fact]
    public async Task Piped_lines_are_answered_in_plain_text_on_what_is_there_until_one_says_quit()
    {
        await copbot.SayAsync("ana", "share \"X\"");
        var ran = await copbot.RunProcessAsync("share \"Y\"\n\nconfirm 1\nquit\nme\n", "chat", "--as", "ana");

        ran.Says(ExitCodes.Done, "#2 ana shared “Y” (small): 5 points for ana.", "Nobody confirms their own: #1");
        Assert.DoesNotContain("\e[", ran.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("All time", ran.Output, StringComparison.Ordinal);
        Assert.Empty(ran.Error);
    }

    [Fact]
    public async Task Verify_finds_a_standing_that_is_not_the_sum_and_rebuild_mends_it()
    {
        await copbot.SayAsync("ana", "share Runbooks size=medium");
        (await copbot.RunAsync("", "db", "verify", "--database", copbot.Database)).Says(ExitCodes.Done, "Community 1: 1 entries, every standing is the sum of its entries.");
        await copbot.ExecuteAsync("update standings set points = 1000 where scope = 4");

        (await copbot.RunAsync("", "db", "verify", "--database", copbot.Database)).Says(ExitCodes.Found, "the ledger says 10, the standing 1000", "copbot db rebuild");
        (await copbot.RunAsync("", "db", "rebuild", "--database", copbot.Database)).Says(ExitCodes.Done, "4 standings computed");
        (await copbot.RunAsync("", "db", "verify", "--database", copbot.Database)).Says(ExitCodes.Done, "every standing is the sum");
    }

    [Fact]
    public async Task While_it_runs_the_database_is_its_own_and_asked_to_stop_it_ends_within_five_seconds()
    {
        using var process = copbot.Start("chat", "--as", "ana");
        await process.StandardInput.WriteLineAsync("share Runbooks size=medium");
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line && !line.StartsWith('#'))
        {
        }

        (await copbot.RunAsync("", "db", "verify", "--database", copbot.Database)).Says(ExitCodes.NoDatabase, "copbot.db is in use by another copbot", "Stop that one");
        var took = await Copbot.StopAsync(process);
        Assert.True(took < TimeSpan.FromSeconds(5), $"it took {took}");
        Assert.Equal(ExitCodes.Done, process.ExitCode);
        (await copbot.RunAsync("", "db", "verify", "--database", copbot.Database)).Says(ExitCodes.Done, "1 entries");
    }

    public void Dispose() => copbot.Dispose();
}
