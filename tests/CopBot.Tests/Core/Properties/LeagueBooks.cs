using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CopBot.Core.Chat;
using CopBot.Core.Features.Claims;
using CopBot.Core.Features.League;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Tests.Core.Properties;

/// <summary>The books as an auditor sees them, reckoned without the product's own sums.</summary>
public sealed record LeagueBooks(IReadOnlyList<LedgerEntry> Ledger, IReadOnlyList<Standing> Standings, IReadOnlyList<Claim> Claims, IReadOnlyList<Participant> Participants, IReadOnlyList<Person> People)
{
    public static async Task<LeagueBooks> ReadAsync(Work work, CancellationToken ct) => new(
        await work.Db.Set<LedgerEntry>().OrderBy(entry => entry.Id).ToListAsync(ct),
        await work.Db.Set<Standing>().ToListAsync(ct),
        await work.Db.Set<Claim>().OrderBy(claim => claim.Number).ToListAsync(ct),
        await work.Db.Set<Participant>().ToListAsync(ct),
        await work.Db.Set<Person>().ToListAsync(ct));

    /// <summary>The entries that nothing has taken back.</summary>
    public IReadOnlyList<LedgerEntry> Standing
    {
        get
        {
            var back = Ledger.Select(entry => entry.Reverses).OfType<long>().ToHashSet();
            return [.. Ledger.Where(entry => entry.Reverses is null && !back.Contains(entry.Id))];
        }
    }

    /// <summary>The human that a person turned out to be.</summary>
    public PersonId Root(PersonId person) => People.SingleOrDefault(one => one.Id == person)?.MergedInto is { } into ? Root(into) : person;

    /// <summary>What the ledger sums to, for people and squads in every period: the calendar is the one on the wall.</summary>
    public IReadOnlyDictionary<string, int> Sums()
    {
        var sums = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in Ledger.Where(entry => entry.Points != 0))
        {
            var day = new DateOnly(entry.Day.Year, entry.Day.Month, entry.Day.Day);
            var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
            string[] periods = [$"{Scope.Week} {monday:yyyyMMdd}", $"{Scope.Month} {day:yyyyMM}", $"{Scope.Season} {day.Year}{(day.Month - 1) / 3 + 1}", $"{Scope.All} 0"];
            foreach (var period in periods)
            {
                Add($"{Board.People} {period} {entry.PersonId.Value:N}", entry.Points);
                if (entry.SquadId is { } squad)
                    Add($"{Board.Squads} {period} {squad:N}", entry.Points);
            }
        }

        return sums;

        void Add(string key, int points) => sums[key] = sums.GetValueOrDefault(key) + points;
    }

    /// <summary>The standings that are kept, under the same keys.</summary>
    public IReadOnlyDictionary<string, int> Kept() => new SortedDictionary<string, int>(
        Standings.ToDictionary(standing => string.Create(CultureInfo.InvariantCulture, $"{standing.Board} {standing.Scope} {standing.Period} {standing.SubjectId:N}"), standing => standing.Points),
        StringComparer.Ordinal);

    /// <summary>The points of each entry with what the caps look at.</summary>
    public static Task<List<Earned>> EarnedAsync(Work work, CancellationToken ct) =>
        work.Sql.ListAsync($"select person_id, day, rule, points from ledger", row => new Earned(row.Person(0), row.Date(1), row.Text(2), row.Int(3)), ct);

    /// <summary>Who has more than a cap allows, in words; the caps of the default policy are written out here on purpose.</summary>
    public static IEnumerable<string> OverCaps(IReadOnlyList<Earned> earned)
    {
        foreach (var day in earned.GroupBy(entry => (entry.Person, entry.Day)))
        {
            if (day.Sum(entry => entry.Points) > 60)
                yield return $"{day.Key.Person} has {day.Sum(entry => entry.Points)} points on {day.Key.Day}";
        }

        foreach (var week in earned.Where(entry => entry.Rule == "share.small").GroupBy(entry => (entry.Person, Monday: entry.Day.PlusDays(1).Previous(IsoDayOfWeek.Monday))))
        {
            if (week.Sum(entry => entry.Points) > 20)
                yield return $"{week.Key.Person} has {week.Sum(entry => entry.Points)} points from small shares in the week of {week.Key.Monday}";
        }
    }

    /// <summary>Which standing points come from the same human who earned them, in words.</summary>
    public IEnumerable<string> SelfAwards()
    {
        foreach (var entry in Standing)
        {
            var claim = Claims.Single(one => one.Id == entry.ClaimId);
            var author = Root(claim.AuthorId);
            if (entry.ConfirmedBy is { } confirmer && Root(confirmer) == author)
                yield return $"entry {entry.Id} of #{claim.Number} was confirmed by its own author";
            if (claim.Kind == "kudos" && Participants.Any(participant => participant.ClaimId == claim.Id && Root(participant.PersonId) == author))
                yield return $"entry {entry.Id} of #{claim.Number}: kudos to oneself";
            if (claim.Kind == "used" && Root(Claims.Single(share => share.Id == claim.AboutId).AuthorId) == author)
                yield return $"entry {entry.Id} of #{claim.Number}: used one's own share";
        }
    }

    /// <summary>Every row of every table, in text; equal texts are equal databases.</summary>
    public static async Task<string> EverythingAsync(Work work, CancellationToken ct)
    {
        var text = new StringBuilder();
        foreach (var table in await work.Sql.ListAsync($"select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name", row => row.Text(0), ct))
        {
            await using var command = work.Sql.Connection.CreateCommand();
            command.Transaction = work.Sql.Transaction;
            command.CommandText = $"select * from {table}";
            await using var reader = await command.ExecuteReaderAsync(ct);
            var rows = new List<string>();
            while (await reader.ReadAsync(ct))
                rows.Add(JsonSerializer.Serialize(Enumerable.Range(0, reader.FieldCount).Select(column => Value(reader, column))));
            text.AppendLine(CultureInfo.InvariantCulture, $"{table}: {rows.Count}").AppendJoin('\n', rows.Order(StringComparer.Ordinal)).AppendLine();
        }

        return text.ToString();
    }

    private static object? Value(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetValue(column);
}

/// <summary>Points of a person, by which rule and for which day.</summary>
public sealed record Earned(PersonId Person, LocalDate Day, string Rule, int Points);
