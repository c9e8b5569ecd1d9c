using CopBot.Core.Chat;
using CopBot.Core.Features.Okrs.Measures;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Okrs;

/// <summary>The book of objectives: numbers them, finds them, and works out where their key results stand.</summary>
public sealed class OkrBook(Work work, Contributions contributions, MeasureCheck check, OrderedIds ids)
{
    /// <summary>Most key results that one objective has; more than a handful nobody looks at.</summary>
    public const int MostKeyResults = 10;

    /// <summary>The longest time that an objective runs, in years.</summary>
    public const int MostYears = 3;

    /// <summary>Stores a draft under the next number.</summary>
    public async Task<Objective> AddAsync(string title, PersonId owner, LocalDate from, LocalDate until, Instant at, CancellationToken ct)
    {
        var objective = new Objective
        {
            Id = ids.Next(),
            CommunityId = work.CommunityId,
            Number = 1 + await work.Sql.ScalarAsync<int>($"select coalesce(max(number), 0) from objectives where community_id = {work.CommunityId}", ct),
            Title = title,
            OwnerId = owner,
            FromDay = from,
            UntilDay = until,
            State = ObjectiveState.Draft,
            CreatedAt = at,
        };
        await work.Sql.ExecuteAsync(
            $"""
            insert into objectives (id, community_id, number, title, owner_id, from_day, until_day, state, created_at, reminders)
            values ({objective.Id}, {objective.CommunityId}, {objective.Number}, {title}, {owner}, {from}, {until}, {objective.State}, {at}, {0})
            """, ct);
        return objective;
    }

    /// <summary>Stores a key result of an objective under the next number; a refusal says what does not fit.</summary>
    public async Task<KeyResult> AddAsync(Objective objective, string title, decimal baseline, decimal target, string unit, string? measure, CancellationToken ct)
    {
        if (objective.IsOver)
            throw new Refusal($"Objective {objective.Number} is closed; {$"okr reopen {objective.Number}":code} opens it again. Nothing was stored.");
        if (baseline == target)
            throw new Refusal($"The target is the baseline ({Progressing.Say(target)}), so there would be no way to go. Give {"target":code} another number. Nothing was stored.");
        if (Math.Abs(baseline - target) < LeastWay)
            throw new Refusal($"From baseline to target is less than {Progressing.Say(LeastWay)}, and numbers are shown with two decimals; choose a smaller unit. Nothing was stored.");
        if (Math.Abs(baseline) > MostValue || Math.Abs(target) > MostValue)
            throw new Refusal($"That is too large a number; up to {Progressing.Say(MostValue)} fits, so choose a larger unit. Nothing was stored.");
        if (measure is not null)
            await check.CheckAsync(Read(measure), objective.UntilDay, ct);

        var number = 1 + await work.Sql.ScalarAsync<int>($"select coalesce(max(number), 0) from key_results where community_id = {work.CommunityId}", ct);
        if ((await KeyResultsAsync(objective, ct)).Count >= MostKeyResults)
            throw new Refusal($"Objective {objective.Number} has {MostKeyResults} key results, and more nobody can look after. Begin another objective. Nothing was stored.");
        var one = new KeyResult { Id = ids.Next(), CommunityId = work.CommunityId, Number = number, ObjectiveId = objective.Id, Title = title, Baseline = baseline, Target = target, Unit = unit, Measure = measure };
        await work.Sql.ExecuteAsync(
            $"""
            insert into key_results (id, community_id, number, objective_id, title, baseline, target, unit, measure)
            values ({one.Id}, {one.CommunityId}, {number}, {objective.Id}, {title}, {baseline}, {target}, {unit}, {measure})
            """, ct);
        return one;
    }

    /// <summary>The objective of a number, or a refusal that says there is none.</summary>
    public async Task<Objective> FindAsync(int number, CancellationToken ct) =>
        await work.Db.Set<Objective>().FirstOrDefaultAsync(objective => objective.Number == number, ct)
        ?? throw new Refusal($"There is no objective {number}. {"okr list":code} shows them. Nothing was changed.");

    /// <summary>The key result of a number with its objective, or a refusal that says there is none.</summary>
    public async Task<(KeyResult KeyResult, Objective Objective)> FindKeyResultAsync(int number, CancellationToken ct)
    {
        var one = await work.Db.Set<KeyResult>().FirstOrDefaultAsync(one => one.Number == number, ct)
            ?? throw new Refusal($"There is no key result {number}. {"okr show 1":code} shows those of objective 1 with their numbers. Nothing was changed.");
        return (one, await work.Db.Set<Objective>().SingleAsync(objective => objective.Id == one.ObjectiveId, ct));
    }

    public Task<List<Objective>> ActiveAsync(CancellationToken ct) => RunAsync(ObjectiveState.Active, ct);

    /// <summary>Those that run or ran, up to a state.</summary>
    public Task<List<Objective>> RunAsync(ObjectiveState latest, CancellationToken ct) =>
        work.Db.Set<Objective>().Where(objective => objective.State >= ObjectiveState.Active && objective.State <= latest).OrderBy(objective => objective.Number).ToListAsync(ct);

    public Task<List<KeyResult>> KeyResultsAsync(Objective objective, CancellationToken ct) =>
        work.Db.Set<KeyResult>().Where(one => one.ObjectiveId == objective.Id).OrderBy(one => one.Number).ToListAsync(ct);

    /// <summary>Where every key result of an objective stands.</summary>
    public async Task<IReadOnlyList<Progressing>> ProgressAsync(Objective objective, LocalDate today, CancellationToken ct)
    {
        var progress = new List<Progressing>();
        foreach (var one in await KeyResultsAsync(objective, ct))
            progress.Add(Progressing.Of(one, objective, await ValueAsync(one, objective, today, ct), today));
        return progress;
    }

    /// <summary>Where every key result of an objective stood at the end of a day that is over.</summary>
    public async Task<IReadOnlyList<Progressing>> ProgressOnAsync(Objective objective, LocalDate day, CancellationToken ct)
    {
        var progress = new List<Progressing>();
        foreach (var one in await KeyResultsAsync(objective, ct))
        {
            var said = one.Measure is null
                ? await work.Db.Set<CheckIn>().Where(said => said.KeyResultId == one.Id && said.Value != null && said.Day <= day).OrderByDescending(said => said.At).ThenByDescending(said => said.Id).Select(said => said.Value).FirstOrDefaultAsync(ct)
                : null;
            progress.Add(Progressing.Of(one, objective, await ValueAsync(one with { Value = said }, objective, day, ct), day));
        }

        return progress;
    }

    /// <summary>The number of a key result now: what it counts, or what was last said of it.</summary>
    public async Task<decimal> ValueAsync(KeyResult one, Objective objective, LocalDate today, CancellationToken ct) =>
        one.Measure is { } text && Read(text) is var measure
            ? measure.Of(await CountedAsync(measure, objective, today, ct))
            : one.Value ?? one.Baseline;

    /// <summary>The contributions that a key result counts now, by number; none where it does not count by itself.</summary>
    public async Task<IReadOnlyList<Contribution>> CountedAsync(KeyResult one, Objective objective, LocalDate today, CancellationToken ct) =>
        one.Measure is { } text && Read(text) is var measure ? [.. (await CountedAsync(measure, objective, today, ct)).Where(measure.Takes)] : [];

    /// <summary>The measure of a text; a refusal that names the word which cannot be read.</summary>
    public static Measure Read(string text)
    {
        try
        {
            return MeasureReader.Read(text);
        }
        catch (MeasureMistake mistake)
        {
            throw mistake.ToRefusal();
        }
    }

    // What is closed keeps the figure that it was closed with, but for what is declared void since.
    private async Task<IReadOnlyList<Contribution>> CountedAsync(Measure measure, Objective objective, LocalDate today, CancellationToken ct)
    {
        var (from, until) = measure.Days(objective.FromDay, LocalDate.Min(objective.UntilDay, today), today);
        var counted = await contributions.ListAsync(measure.Kinds, from, until, ct);
        return objective is { IsOver: true, EndedAt: { } ended } ? [.. counted.Select(one => one.AsOf(ended)).OfType<Contribution>()] : counted;
    }

    private const decimal LeastWay = 0.01m;
    private const decimal MostValue = 1_000_000_000_000m;
}
