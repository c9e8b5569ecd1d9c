using CopBot.Core.Chat;
using NodaTime;

namespace CopBot.Core.Features.Rotations;

/// <summary>Everything that a choice depends on: who is in the pool with what they served, who is away when, and what was agreed for single turns.</summary>
public sealed record Rota
{
    /// <summary>Decides the draws; see <see cref="Draw"/>.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How many serve at a time; the roles are the seats 0, 1, …</summary>
    public required int Seats { get; init; }

    /// <summary>The most turns that anybody serves within a year while others are there; 0 for no limit.</summary>
    public int Limit { get; init; }

    public required IReadOnlyList<PoolMember> Pool { get; init; }

    /// <summary>Who sits in the turn before the one to be decided.</summary>
    public IReadOnlyList<PersonId> Previous { get; init; } = [];

    public IReadOnlyList<Absence> Absences { get; init; } = [];

    /// <summary>What was agreed for single turns, in the order in which it was agreed. It belongs to a turn, not to a date.</summary>
    public IReadOnlyList<Agreement> Agreements { get; init; } = [];

    /// <summary>Whether somebody is away on any day of a turn.</summary>
    public bool IsAway(PersonId person, Turn turn) => AbsenceOf(person, turn) is not null;

    public Absence? AbsenceOf(PersonId person, Turn turn) =>
        Absences.Where(absence => absence.Person == person && absence.From < turn.Until && absence.Until >= turn.From)
            .OrderByDescending(absence => absence.Until).Cast<Absence?>().FirstOrDefault();

    /// <summary>The rota once a turn has been decided: the one that the next choice depends on.</summary>
    public Rota After(Decision decision)
    {
        var pool = Pool.Select(member => decision.SeatOf(member.Person) is { } seat ? member.Serving(seat, decision.Turn) : member).ToList();

        // Whoever was away neither owes the turns of that time nor is ahead of those who served them.
        var present = pool.Where(member => !IsAway(member.Person, decision.Turn)).ToList();
        var least = present.Count == 0 ? 0 : present.Min(member => member.Total);
        var agreed = Agreements.Where(one => one.Turn == decision.Turn.Number).SelectMany(one => new[] { one.Person, one.Other }).ToHashSet();
        pool = [.. pool.Select(member =>
        {
            var away = IsAway(member.Person, decision.Turn);
            var changed = away ? member.CreditedUpTo(least) : member;
            return away || agreed.Contains(member.Person) ? changed with { Throughout = false } : changed;
        })];
        return this with { Pool = pool, Previous = [.. decision.Choices.Where(choice => choice.Seat is not null).OrderBy(choice => choice.Seat).Select(choice => choice.Person)] };
    }

    /// <summary>A newcomer as they join: counted at the average, in turns and in how long they have been idle.</summary>
    public PoolMember Welcome(PersonId person, IReadOnlyList<int> served, IReadOnlyList<Turn> turns)
    {
        var newcomer = new PoolMember { Person = person, Served = served, Credit = new int[Seats], Turns = turns, Throughout = Previous.Count == 0 && Pool.All(member => member.Served.Sum() == 0) };
        if (Pool.Count == 0 || newcomer.Throughout)
            return newcomer;
        var average = (int)Math.Floor(Pool.Average(member => member.Total));
        return newcomer.CreditedUpTo(average) with { LastTurn = Math.Max(newcomer.LastTurn, (int)Math.Round(Pool.Average(member => member.LastTurn))) };
    }
}

/// <summary>One in the pool.</summary>
public sealed record PoolMember
{
    public required PersonId Person { get; init; }

    /// <summary>How many turns they served in each seat.</summary>
    public required IReadOnlyList<int> Served { get; init; }

    /// <summary>What counts as served in each seat: for a newcomer, and for the time that somebody was away.</summary>
    public required IReadOnlyList<int> Credit { get; init; }

    /// <summary>The number of the last turn they served, or of the one that a newcomer is taken to have served; 0 for none.</summary>
    public int LastTurn { get; init; }

    /// <summary>The turns they served, in order.</summary>
    public IReadOnlyList<Turn> Turns { get; init; } = [];

    /// <summary>Whether they were there for every turn so far, and nothing was agreed about them: those are held to the strictest measure.</summary>
    public bool Throughout { get; init; } = true;

    /// <summary>How many turns count as served.</summary>
    public int Total => Served.Sum() + Credit.Sum();

    internal PoolMember Serving(int seat, Turn turn) => this with
    {
        Served = [.. Served.Select((count, index) => index == seat ? count + 1 : count)],
        Turns = [.. Turns, turn],
        LastTurn = turn.Number,
    };

    // Credit goes where they have least, so that no role is owed either.
    internal PoolMember CreditedUpTo(int total)
    {
        var credit = Credit.ToArray();
        for (var missing = total - Total; missing > 0; missing--)
        {
            var least = Enumerable.Range(0, credit.Length).MinBy(seat => Served[seat] + credit[seat]);
            credit[least]++;
        }

        return this with { Credit = credit };
    }
}

/// <summary>A turn: its number, the local date on which it begins, and the one on which the next begins.</summary>
public readonly record struct Turn(int Number, LocalDate From, LocalDate Until);

/// <summary>Somebody is away, both days included.</summary>
public readonly record struct Absence(PersonId Person, LocalDate From, LocalDate Until)
{
    /// <summary>The end of an absence that has none.</summary>
    public static LocalDate NoEnd { get; } = new(9999, 12, 31);

    /// <summary>Of somebody who is no longer there.</summary>
    public static Absence ForGood(PersonId person) => new(person, new LocalDate(1970, 1, 1), NoEnd);
}

/// <summary>What was agreed for one turn.</summary>
/// <param name="Person">Who skips, whose seat is taken over, or whom a lead seats.</param>
/// <param name="Other">Who takes over; otherwise the same person.</param>
/// <param name="Seat">The seat that is taken over, or that a lead fills; -1 otherwise.</param>
public readonly record struct Agreement(int Turn, AgreementKind Kind, PersonId Person, PersonId Other, int Seat = -1);

public enum AgreementKind
{
    Skip = 0,
    Swap = 1,
    Override = 2,
}

/// <summary>Who sits where in a turn, and why; everybody in the pool has a reason.</summary>
public sealed record Decision(Turn Turn, IReadOnlyList<Choice> Choices)
{
    public int? SeatOf(PersonId person) => Choices.FirstOrDefault(choice => choice.Person == person)?.Seat;

    public IEnumerable<Choice> Seated => Choices.Where(choice => choice.Seat is not null).OrderBy(choice => choice.Seat);
}

/// <summary>One in the pool with their seat, or none, and the reason.</summary>
/// <param name="Amount">Days or turns, as the reason says.</param>
/// <param name="Other">Who else it has to do with.</param>
public sealed record Choice(PersonId Person, int? Seat, Reason Reason, int Amount = 0, PersonId? Other = null);

/// <summary>Why somebody was chosen, or was not.</summary>
public enum Reason
{
    FewestTurns = 0,
    LongestIdle = 1,
    FirstTime = 2,
    RoleBalance = 3,
    Drawn = 4,
    NobodyElse = 5,
    TookOver = 6,
    SeatedByLead = 7,

    Away = 20,
    ServedLast = 21,
    TermLimit = 22,
    MoreTurns = 23,
    LessIdle = 24,
    RoleBalanceOfOthers = 25,
    NotDrawn = 26,
    Skipped = 27,
    HandedOver = 28,
    BesideVeteran = 29,
    NoSeatLeft = 30,
}
