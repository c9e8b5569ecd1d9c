using CopBot.Core.Chat;
using CopBot.Core.Features.Rotations;
using CopBot.Core.Scheduling;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace CopBot.Tests.Core.Features.Rotations;

/// <summary>A rotation over more than a year: who is in the pool, who is away when, what is agreed for single turns, and how often it changes.</summary>
public sealed record RotaCase(int Seats, int People, string Cadence, IReadOnlyList<Absence> Absences, IReadOnlyList<Agreement> Agreements, ulong Seed)
{
    public const int Length = 56;
    private static readonly LocalDateTime Start = new(2026, 1, 5, 9, 0);

    public static Arbitrary<RotaCase> Any { get; } = Arb.From(
        from seats in Gen.Frequency((3, Gen.Constant(1)), (6, Gen.Constant(2)), (6, Gen.Constant(3)))
        from more in Gen.Choose(Math.Max(1, 3 - seats), seats + 4)
        from cadence in Gen.Elements("week", "2w monday", "3w friday", "15th", "last friday", "monday,thursday")
        let people = seats + more
        let turns = TurnsOf(cadence)
        from all in Gen.Frequency((1, Gen.Constant(true)), (7, Gen.Constant(false)))
        from away in Gen.Choose(1, people - 2)
        let sometimesAway = all ? 0 : away
        from absences in Absent(people - sometimesAway, people, turns).ListOf(sometimesAway * 3)
        from agreements in Agreed(people - sometimesAway, people, seats).ListOf(sometimesAway == 0 ? 0 : 3)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select new RotaCase(seats, people, cadence, [.. absences], [.. agreements], (ulong)seed));

    /// <summary>The turns of the case and as many more as a choice looks ahead.</summary>
    public IReadOnlyList<Turn> Turns => TurnsOf(Cadence);

    public Rota Rota => new()
    {
        Seed = Seed,
        Seats = Seats,
        Pool = [.. Enumerable.Range(0, People).Select(index => new PoolMember { Person = Person(index), Served = new int[Seats], Credit = new int[Seats] })],
        Absences = Absences,
        Agreements = Agreements,
    };

    /// <summary>Those who are there in every turn and about whom nothing is agreed.</summary>
    public IReadOnlyList<PersonId> Throughout =>
        [.. Enumerable.Range(0, People).Select(Person).Where(person => Turns.Take(Length).All(turn => !Rota.IsAway(person, turn)) && !Agreements.Any(one => one.Person == person || one.Other == person))];

    public override string ToString() =>
        $"{Seats} seats, {People} people, every {Cadence}, seed {Seed}; away: {string.Join(", ", Absences.Select(one => $"{Number(one.Person)} {one.From:uuuu-MM-dd}..{one.Until:uuuu-MM-dd}"))}; agreed: {string.Join(", ", Agreements.Select(one => $"{one.Kind} {one.Turn} {Number(one.Person)} {Number(one.Other)} {one.Seat}"))}";

    public static PersonId Person(int index) => new(new Guid(index + 1, 0, 0, new byte[8]));

    private static string Number(PersonId person) => person.ToString()[..8].TrimStart('0');

    private static Turn[] TurnsOf(string cadence)
    {
        var rule = CadenceText.Read(cadence, Start.TimeOfDay, Start);
        var dates = Occurrences.After(rule, DateTimeZoneProviders.Tzdb["Europe/Berlin"], Instant.FromUtc(2026, 1, 5, 9, 0)).Take(Length + Chooser.Horizon + 1).Select(one => one.Date).ToList();
        return [.. dates.Zip(dates.Skip(1)).Select((pair, index) => new Turn(index + 1, pair.First, pair.Second))];
    }

    private static Gen<Absence> Absent(int lowest, int people, Turn[] turns) =>
        from who in Gen.Choose(lowest, people - 1)
        from begin in Gen.Choose(0, Length - 1)
        from count in Gen.Choose(1, 6)
        select new Absence(Person(who), turns[begin].From.PlusDays(1), turns[Math.Min(turns.Length - 1, begin + count - 1)].From.PlusDays(2));

    // A swap is between two of those who are away at times: whoever is there throughout and is held to the measure agrees nothing.
    private static Gen<Agreement> Agreed(int lowest, int people, int seats) =>
        from kind in Gen.Elements(Enum.GetValues<AgreementKind>())
        from turn in Gen.Choose(1, Length)
        from one in Gen.Choose(lowest, people - 1)
        from other in Gen.Choose(lowest, people - 1)
        from seat in Gen.Choose(0, seats - 1)
        let done = kind == AgreementKind.Swap && one == other ? AgreementKind.Skip : kind
        select new Agreement(turn, done, Person(one), done == AgreementKind.Swap ? Person(other) : Person(one), done == AgreementKind.Skip ? -1 : seat);
}
