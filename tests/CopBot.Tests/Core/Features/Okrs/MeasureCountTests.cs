using CopBot.Core.Chat;
using CopBot.Core.Features.Claims;
using CopBot.Core.Features.League;
using CopBot.Core.Features.Okrs.Measures;
using CopBot.Core.Features.Squads;
using CopBot.Core.Storage;
using CopBot.Tests.Support;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Tests.Core.Features.Okrs;

/// <summary>What a measure counts is what a plain query over the rows counts.</summary>
public abstract class MeasureCountTests(Product product)
{
    private static readonly LocalDate From = new(2026, 1, 1);
    private static readonly LocalDate Until = new(2026, 3, 31);

    private static readonly (string Measure, Func<Row, bool> Takes)[] Counts =
    [
        ("count mob", row => row.Claim.Kind == "mob"),
        ("count anything", _ => true),
        ("count mob or share", row => row.Claim.Kind is "mob" or "share"),
        ("count mob where squads >= 2", row => row.Claim.Kind == "mob" && row.Entries.Select(entry => entry.SquadId).OfType<Guid>().Distinct().Count() >= 2),
        ("count mob where squads>=2 and confirmed", row => row.Claim.Kind == "mob" && row.Claim.ConfirmedBy != null && row.Entries.Select(entry => entry.SquadId).OfType<Guid>().Distinct().Count() >= 2),
        ("count mob where squads = 1", row => row.Claim.Kind == "mob" && row.Entries.Select(entry => entry.SquadId).OfType<Guid>().Distinct().Count() == 1),
        ("count mob where people >= 3", row => row.Claim.Kind == "mob" && row.Entries.Select(entry => entry.PersonId).Distinct().Count() >= 3),
        ("count mob where minutes < 60", row => row.Claim.Kind == "mob" && row.Claim.Minutes < 60),
        ("count anything where topic = ALERTING", row => string.Equals(row.Claim.Topic, "alerting", StringComparison.OrdinalIgnoreCase)),
        ("count share where topic != alerting", row => row.Claim.Kind == "share" && !string.Equals(row.Claim.Topic, "alerting", StringComparison.OrdinalIgnoreCase)),
        ("count share where topic in (alerting, \"error budgets\")", row => row.Claim.Kind == "share" && row.Claim.Topic?.ToUpperInvariant() is "ALERTING" or "ERROR BUDGETS"),
        ("count anything where squad = Blue", row => row.Entries.Any(entry => entry.SquadId is { } squad && row.Squads[squad] == "Blue")),
        ("count experiment where finished", row => row.Claim.Kind == "experiment" && row.Claim.Result != null),
        ("count experiment where result = disproved", row => row.Claim.Kind == "experiment" && row.Claim.Result == "disproved"),
        ("count share where size = large and confirmed", row => row.Claim.Kind == "share" && row.Claim.Size == "large" && row.Claim.ConfirmedBy != null),
        ("count share last 2 weeks", row => row.Claim.Kind == "share" && row.Claim.Day > new LocalDate(2026, 2, 9).PlusDays(-14)),
        ("count share since 2026-01-12", row => row.Claim.Kind == "share" && row.Claim.Day >= new LocalDate(2026, 1, 12)),
    ];

    [Fact]
    public async Task Every_measure_equals_a_plain_count()
    {
        await using var chat = await Conversation.StartAsync(product);
        await PlayAsync(chat);
        // Those that take all or none prove little.
        var some = new List<string>();
        await chat.Store.ReadAsync(Community.First, async (work, ct) =>
        {
            var rows = await RowsAsync(work.Db);
            var today = chat.Clock.Now.InUtc().Date;
            Assert.Equal(new LocalDate(2026, 2, 9), today);
            foreach (var (text, takes) in Counts)
            {
                var plain = rows.Count(takes);
                Assert.True(plain == await FigureAsync(work, text, today, ct), $"{text} is {plain} by a plain count, and {await FigureAsync(work, text, today, ct)} by the measure");
                if (plain == 0 || plain == rows.Count)
                    some.Add(text);
            }

            var mobs = rows.Where(row => row.Claim.Kind == "mob").ToList();
            Assert.Equal(mobs.Sum(row => row.Claim.Minutes ?? 0), await FigureAsync(work, "sum minutes of mob", today, ct));
            Assert.Equal(mobs.SelectMany(row => row.Entries).Select(entry => entry.PersonId).Distinct().Count(), await FigureAsync(work, "count people of mob", today, ct));
            Assert.Equal(mobs.SelectMany(row => row.Entries).Select(entry => entry.SquadId).OfType<Guid>().Distinct().Count(), await FigureAsync(work, "count squads of mob", today, ct));
            Assert.Equal(rows.Select(row => row.Claim.Topic?.ToUpperInvariant()).OfType<string>().Distinct().Count(), await FigureAsync(work, "count topics of anything", today, ct));
            Assert.Equal(28m, await FigureAsync(work, "sum saved of outcome where unit = minutes", today, ct));
            return true;
        }, CancellationToken.None);
        Assert.Equal(["count anything"], some);
    }

    private static async Task<decimal> FigureAsync(Work work, string text, LocalDate today, CancellationToken ct)
    {
        var measure = MeasureReader.Read(text);
        var (from, until) = measure.Days(From, Until, today);
        return measure.Of(await work.Get<Contributions>().ListAsync(measure.Kinds, from, until, ct));
    }

    private static async Task<List<Row>> RowsAsync(CopDb db)
    {
        var claims = await db.Set<Claim>().ToListAsync();
        var entries = await db.Set<LedgerEntry>().ToListAsync();
        var squads = await db.Set<Squad>().ToDictionaryAsync(squad => squad.Id, squad => squad.Name);
        var back = entries.Select(entry => entry.Reverses).OfType<long>().ToHashSet();
        return [.. claims.Where(claim => claim.State == ClaimState.Counted && claim.Day >= From && claim.Day <= Until)
            .Select(claim => new Row(claim, [.. entries.Where(entry => entry.ClaimId == claim.Id && entry.Reverses is null && !back.Contains(entry.Id))], squads))];
    }

    // Five weeks of everything: confirmed and waiting, void and undone, within one squad and across.
    private static async Task PlayAsync(Conversation chat)
    {
        string[] people = ["ana", "bo", "cy", "dee", "eve"];
        await chat.JoinAsync(people);
        foreach (var squad in (string[])["Blue", "Red"])
            await chat.SayAsync("ana", $"squad create {squad}");
        foreach (var (name, squad) in ((string, string)[])[("ana", "Blue"), ("bo", "Red"), ("cy", "Blue"), ("dee", "Red")])
            await chat.SayAsync(name, $"squad join {squad}");
        var number = 0;
        string[] topics = ["alerting", "Alerting", "error budgets", "deploys", ""];
        for (var week = 0; week < 5; week++)
        {
            for (var index = 0; index < people.Length; index++)
            {
                var (me, other, third) = (people[index], people[(index + 1 + week) % 5], people[(index + 3) % 5]);
                var topic = topics[(index + week) % 5] is { Length: > 0 } named ? $" topic=\"{named}\"" : "";
                await chat.SayAsync(me, $"share \"{Title(number)}\" size={(index == 2 ? "large" : "small")}{topic}");
                number++;
                if (index == 2 && week % 2 == 0)
                    await chat.SayAsync("bo", $"confirm {number}");
                if (index == 3 && week == 1)
                    await chat.SayAsync("ana", $"void {number} reason=\"a test\"");
                if (other != me)
                {
                    await chat.SayAsync(me, $"mob \"{Title(number)}\" with=@{other}{(third != other && index % 2 == 0 ? ",@" + third : "")} minutes={30 + 20 * index}{topic}");
                    number++;
                    if (index != 4)
                        await chat.SayAsync(other, $"confirm {number}");
                    if (index == 1 && week == 2)
                        await chat.SayAsync("ana", $"void {number} reason=\"a demo\"");
                }
            }

            await chat.SayAsync("dee", $"experiment start \"{Title(number)}\" measure=rollbacks");
            number++;
            if (week < 3)
            {
                await chat.SayAsync("dee", $"experiment result {number} {(week == 1 ? "disproved" : "proven")} learned=\"it helps {week}\" next=\"go on\"");
                await chat.SayAsync("ana", $"confirm {number}");
            }

            if (week == 0)
            {
                await chat.SayAsync("dee", $"outcome {number} speed 40 12 minutes");
                number++;
                await chat.SayAsync("ana", $"confirm {number}");
            }

            await chat.WaitAsync(Duration.FromDays(7));
        }
    }

    // No two are alike, so that none is held.
    private static string Title(int number) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(number)))[..16];

    /// <summary>A claim that counts with its standing entries, and the names of all squads.</summary>
    private sealed record Row(Claim Claim, IReadOnlyList<LedgerEntry> Entries, Dictionary<Guid, string> Squads);
}

public sealed class MeasureCountOnSqliteTests() : MeasureCountTests(Product.Sqlite);
