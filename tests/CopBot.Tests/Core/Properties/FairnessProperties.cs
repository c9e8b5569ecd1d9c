namespace CopBot.Tests.Core.Properties;

public sealed class FairnessProperties
{
    [Fact]
    public Task Nobody_ever_has_points_from_themselves() =>
        Property.HoldsAsync(nameof(Nobody_ever_has_points_from_themselves), LeagueScript.ThatCheats, Property.Cases, async script =>
        {
            await using var play = await LeaguePlay.RunAsync(script, async (play, line) =>
            {
                if (line.StartsWith("link", StringComparison.Ordinal) || line == script.Lines[^1])
                    Assert.Empty((await play.ReadAsync(LeagueBooks.ReadAsync)).SelfAwards());
            });
            var after = await play.ReadAsync(LeagueBooks.ReadAsync);
            return after.People.Any(person => person.MergedInto is not null)
                && after.Ledger.Any(entry => entry.ConfirmedBy is not null)
                && await play.SelfServiceAsync(after) > 0;
        });

    [Fact]
    public Task No_cap_is_ever_exceeded() =>
        Property.HoldsAsync(nameof(No_cap_is_ever_exceeded), LeagueScript.ThatReachesCaps, Property.Cases, async script =>
        {
            await using var play = await LeaguePlay.RunAsync(script, async (play, _) => Assert.Empty(LeagueBooks.OverCaps(await play.ReadAsync(LeagueBooks.EarnedAsync))));
            var after = await play.ReadAsync(LeagueBooks.ReadAsync);
            return after.Ledger.Any(entry => entry.Withheld > 0);
        });
}
