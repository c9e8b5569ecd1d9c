using System.Text.Json;
using CopBot.Core.Features.League;
using CopBot.Core.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Tests.Core.Properties;

public sealed class LedgerProperties
{
    [Fact]
    public Task The_sum_of_the_ledger_is_every_standing_of_person_and_squad() =>
        Property.HoldsAsync(nameof(The_sum_of_the_ledger_is_every_standing_of_person_and_squad), LeagueScript.OfEverything, Property.Cases, async script =>
        {
            await using var play = await LeaguePlay.RunAsync(script);
            var books = await play.ReadAsync(LeagueBooks.ReadAsync);

            Assert.Equal(books.Sums(), books.Kept());
            Assert.Empty(await play.ReadAsync((work, ct) => work.Get<Projection>().DifferencesAsync(ct)));
            return books.Ledger.Any(entry => entry.Reverses is not null) && books.Ledger.Any(entry => entry.SquadId is not null) && books.Ledger.Select(entry => entry.Day).Distinct().Count() > 1;
        });

    [Fact]
    public Task A_rebuild_from_the_ledger_gives_the_same_bytes_even_over_a_ruin() =>
        Property.HoldsAsync(nameof(A_rebuild_from_the_ledger_gives_the_same_bytes_even_over_a_ruin), LeagueScript.OfEverything, Property.Cases, async script =>
        {
            await using var play = await LeaguePlay.RunAsync(script);
            var before = await BytesAsync(play);
            await RebuildAsync(play);
            Assert.Equal(before, await BytesAsync(play));

            await play.Chat.Store.WriteAsync(Community.First, async (work, ct) =>
            {
                await work.Sql.ExecuteAsync($"update standings set points = points + 7, shown = not shown where scope <> {Scope.Month}", ct);
                await work.Sql.ExecuteAsync($"delete from standings where scope = {Scope.Month}", ct);
            }, CancellationToken.None);
            Assert.NotEmpty(await play.ReadAsync((work, ct) => work.Get<Projection>().DifferencesAsync(ct)));
            await RebuildAsync(play);
            Assert.Equal(before, await BytesAsync(play));
            Assert.Empty(await play.ReadAsync((work, ct) => work.Get<Projection>().DifferencesAsync(ct)));

            var books = await play.ReadAsync(LeagueBooks.ReadAsync);
            return books.Standings.Any(standing => !standing.Shown && standing.Points != 0) && books.Standings.Any(standing => standing.Board == Board.Squads) && books.Ledger.Any(entry => entry.Reverses is not null);
        });

    [Fact]
    public Task Every_event_delivered_again_in_any_order_changes_nothing() =>
        Property.HoldsAsync(nameof(Every_event_delivered_again_in_any_order_changes_nothing), LeagueScript.OfEverything, Property.Cases, async script =>
        {
            await using var play = await LeaguePlay.RunAsync(script);
            var before = await play.ReadAsync(LeagueBooks.EverythingAsync);
            var events = play.Events.ToArray();
            new Random(events.Length).Shuffle(events);
            foreach (var incoming in events)
                await play.AgainAsync(incoming);

            Assert.Equal(before, await play.ReadAsync(LeagueBooks.EverythingAsync));
            var books = await play.ReadAsync(LeagueBooks.ReadAsync);
            return books.Claims.Count > 5 && books.Standing.Count > 5;
        });

    private static Task<string> BytesAsync(LeaguePlay play) => play.ReadAsync(async (work, ct) => JsonSerializer.Serialize(await work.Get<Projection>().KeptAsync(ct)));

    private static Task<int> RebuildAsync(LeaguePlay play) => play.Chat.Store.WriteAsync(Community.First, (work, ct) => work.Get<Projection>().RebuildAsync(ct), CancellationToken.None);
}
