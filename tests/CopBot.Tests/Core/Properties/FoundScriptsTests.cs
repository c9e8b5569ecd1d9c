using CopBot.Core.Features.League;

namespace CopBot.Tests.Core.Properties;

/// <summary>The smallest scripts that the properties once failed on; each stays right from then on.</summary>
public sealed class FoundScriptsTests
{
    [Theory]
    [InlineData(
        "bo: experiment start \"Canary at 1 %\" measure=x",
        "bo: experiment start \"Canary at 1 %\" measure=x",
        "ana: confirm ^1",
        "bo: experiment result ^1 proven learned=\"it works\" next=\"keep it\"",
        "link ana bo")]
    [InlineData(
        "bo: experiment start \"Canary at 1 %\" measure=x",
        "bo: experiment start \"Canary at 1 %\" measure=x",
        "ana: confirm ^1",
        "bo: experiment result ^1 proven learned=\"it works\" next=\"keep it\"",
        "cy: confirm ^1",
        "link ana bo")]
    [InlineData(
        "ana: experiment start \"Canary at 1 %\" measure=x",
        "ana: experiment start \"Canary at 1 %\" measure=x",
        "bo: confirm ^1",
        "ana: experiment result ^1 proven learned=\"it works\" next=\"keep it\"",
        "link cy bo",
        "link dee cy",
        "link ana dee")]
    public async Task A_script_that_failed_once_is_right_now(params string[] lines)
    {
        await using var play = await LeaguePlay.RunAsync(new LeagueScript(lines));
        var books = await play.ReadAsync(LeagueBooks.ReadAsync);

        Assert.NotEmpty(books.Ledger);
        Assert.Contains(books.People, person => person.MergedInto is not null);
        Assert.Empty(books.SelfAwards());
        Assert.Empty(LeagueBooks.OverCaps(await play.ReadAsync(LeagueBooks.EarnedAsync)));
        Assert.Equal(books.Sums(), books.Kept());
        Assert.Empty(await play.ReadAsync((work, ct) => work.Get<Projection>().DifferencesAsync(ct)));
    }

    [Theory]
    [InlineData("link ana bo")]
    [InlineData("link bo ana")]
    public async Task Joining_two_accounts_keeps_the_points_of_both_though_one_only_looks_on(string link)
    {
        await using var play = await LeaguePlay.RunAsync(new LeagueScript(["ana: share Runbooks size=medium", "bo: win \"Nobody was paged\"", "bo (private): privacy observer", link]));

        Assert.Equal(18, await play.Chat.PointsAsync("ana"));
    }
}
