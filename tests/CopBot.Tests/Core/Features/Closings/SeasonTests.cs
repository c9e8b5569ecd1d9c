using System.Text.RegularExpressions;
using CopBot.Core.Features.League;
using CopBot.Core.Storage;
using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Closings;

public abstract partial class SeasonTests(Product product)
{
    [Fact]
    public async Task A_month_and_a_season_close_like_a_week_and_the_season_is_sealed()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", "share Runbooks size=medium");
        await chat.SayAsync("bo", "settings week=off");
        await chat.SayAsync("ana", "settings week=off");
        Assert.Empty(await chat.WaitAsync(Duration.FromDays(27) - Duration.FromSeconds(1)));
        var month = Assert.Single(await chat.WaitAsync(Duration.FromSeconds(1)));
        Assert.StartsWith("January 2026 is over: ana comes first with 10 points.\nPeople\n   1. ana 10\nHero of the month: ana, 10 points", month.Text, StringComparison.Ordinal);
        await chat.SayAsync("bo", "share Dashboards");

        var heard = await chat.WaitAsync(Duration.FromDays(60));
        Assert.Equal(["February 2026 is over: bo comes first with 5 points.", "Season 2026 Q1 is over: ana comes first with 10 points."], heard.Select(one => one.Text.Split('\n')[0]));
        var seal = Seals().Match(heard[^1].Text).Groups["seal"].Value;
        Assert.Equal(64, seal.Length);
        Assert.Empty(await chat.Store.ReadAsync(Community.First, (work, ct) => work.Get<Seal>().BrokenAsync(ct), CancellationToken.None));
        Assert.Equal($"The hall of fame.\nSeason 2026 Q1: 1 January 2026 to 31 March 2026: ana with 10 points; sealed `{seal[..12]}`\n`board season=\"…\"` shows a season's whole board.", await chat.AskAsync("bo", "season hall"));
        Assert.StartsWith("Season 2026 Q1: ana leads with 10 points.\n   1. ana 10\n→  2. bo 5", await chat.AskAsync("bo", "board season=2026-Q1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_changes_an_entry_past_the_triggers_breaks_the_seal()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        await chat.SayAsync("ana", "share Runbooks size=medium");
        await chat.WaitAsync(Duration.FromDays(100));
        await chat.SayAsync("ana", "share \"Next season\"");
        Assert.Empty(await BrokenAsync());

        var sqlite = product != Product.Postgres;
        await chat.Store.WriteAsync(Community.First, async (work, ct) =>
        {
            await work.Sql.ExecuteAsync(sqlite ? (Statement)$"drop trigger ledger_is_append_only_on_update" : $"alter table ledger disable trigger user", ct);
            return await work.Sql.ExecuteAsync($"update ledger set at = at + 1 where id = 1", ct);
        }, CancellationToken.None);
        Assert.StartsWith("Season 2026 Q1: its entries are not those that were sealed;", Assert.Single(await BrokenAsync()), StringComparison.Ordinal);

        Task<IReadOnlyList<string>> BrokenAsync() => chat.Store.ReadAsync(Community.First, (work, ct) => work.Get<Seal>().BrokenAsync(ct), CancellationToken.None);
    }

    [Fact]
    public async Task A_lead_begins_a_season_with_a_name_and_the_one_that_runs_closes()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "bo");
        await chat.SayAsync("lea", "settings week=off");
        await chat.SayAsync("bo", "share \"Before it\"");
        await chat.WaitAsync(Duration.FromDays(10));
        await chat.SayAsync("bo", "share \"This morning\" size=medium");
        Assert.Equal(
            "The season “Winter of the quiet pagers” begins today and runs until 20 February 2026. Season 2026 Q1 closes now; what was booked today until now stays with it.",
            await chat.AskAsync("lea", "season start \"Winter of the quiet pagers\" until=2026-02-20"));
        await chat.SayAsync("lea", "share \"In the new one\"");
        Assert.StartsWith("Winter of the quiet pagers: lea leads with 5 points.", await chat.AskAsync("bo", "board season"), StringComparison.Ordinal);
        Assert.StartsWith("Winter of the quiet pagers: You have 5 points from 1 entry.", await chat.AskAsync("lea", "why season"), StringComparison.Ordinal);
        Assert.StartsWith("Season 2026 Q1 is over: bo comes first with 15 points.", Assert.Single(await chat.WaitAsync(Duration.FromHours(1))).Text, StringComparison.Ordinal);

        var heard = await chat.WaitAsync(Duration.FromDays(40));
        Assert.Equal(["January 2026 is over: bo comes first with 15 points.", "Winter of the quiet pagers is over: lea comes first with 5 points."], heard.Select(one => one.Text.Split('\n')[0]));
        Assert.StartsWith("Season 2026 Q1 from 21 February runs from 21 February 2026 to 31 March 2026;", await chat.AskAsync("bo", "season show"), StringComparison.Ordinal);
        Assert.Contains("\nWinter of the quiet pagers: 15 January 2026 to 20 February 2026: lea with 5 points; sealed", await chat.AskAsync("bo", "season hall"), StringComparison.Ordinal);
        Assert.Empty(await chat.Store.ReadAsync(Community.First, (work, ct) => work.Get<Projection>().DifferencesAsync(ct), CancellationToken.None));
    }

    [Fact]
    public async Task Its_last_day_is_understood_in_the_communitys_language()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.SayAsync("ana", "settings language=es");
        Assert.Contains("runs until 31 March 2026.", (await chat.SayAsync("ana", "season start Primavera until=\"31 de marzo\"")).Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_season_that_cannot_be_is_refused_and_the_running_one_stays()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "bo");
        Assert.Equal("5 January 2026 is over or today; a season ends later. Nothing was changed.", await chat.AskAsync("lea", "season start Winter until=2026-01-05"));
        Assert.Equal("5 January 2036 is more than 2 years ahead; that is no season. Nothing was changed.", await chat.AskAsync("lea", "season start Winter until=2036-01-05"));
        Assert.StartsWith("I do not understand the date “soon”.", await chat.AskAsync("lea", "season start Winter until=soon"), StringComparison.Ordinal);
        Assert.Equal("There is no season “Summer”. `season hall` lists those that are over; a quarter is written like `board season=2026-Q1`.", await chat.AskAsync("bo", "board season=Summer"));
        Assert.Equal("Season 2026 Q1 runs from 1 January 2026 to 31 March 2026; 86 days are left, today among them.", (await chat.AskAsync("bo", "season show")).Split('\n')[0]);
    }

    [GeneratedRegex("SHA-256 `(?<seal>[0-9a-f]+)`")]
    private static partial Regex Seals();
}

public sealed class SeasonOnSqliteTests() : SeasonTests(Product.Sqlite);
