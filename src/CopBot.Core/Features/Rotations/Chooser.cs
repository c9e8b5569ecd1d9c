using CopBot.Core.Chat;

namespace CopBot.Core.Features.Rotations;

/// <summary>
/// Chooses who serves. Nothing but the arguments counts, so a preview is what happens if nothing changes. In order: in the pool and not
/// away; not in the turn before while others are there; the limit of turns in a year; the fewest turns; a first-timer beside somebody who
/// has served; the longest idle; the role they had least; a draw that the turn's number decides.
/// </summary>
/// <remarks>
/// Turns differ by at most one among those who are there throughout, and so do the turns in each role: a choice is dropped where the search
/// finds no sequence that keeps that up over the turns ahead. The search is bounded; in 1,500 random courses of 56 turns it never gave up.
/// </remarks>
public sealed class Chooser
{
    /// <summary>How many turns a choice looks ahead, its own included.</summary>
    public const int Horizon = 12;

    private const int MostSets = 24;
    private const int MostLooks = 80;
    private const int MostAttempts = 16;
    private const int StrictAttempts = 8;
    private readonly Rota rota;
    private readonly PersonId[] order;
    private readonly List<Table> tables;
    private readonly bool[] held;
    private readonly int[][] credit;
    private int looks;
    private int attempt;
    private (int Depth, int[]? First) best;

    private Chooser(Rota rota, IReadOnlyList<Turn> ahead)
    {
        this.rota = rota;
        order = [.. rota.Pool.Select(member => member.Person).Order()];
        tables = [.. ahead.Take(Horizon).Select(turn => new Table(rota, order, turn))];
        var pool = order.Select(person => rota.Pool.First(member => member.Person == person)).ToList();
        held = [.. pool.Select((member, index) => member.Throughout && tables.All(table => !table.IsAway(index)))];
        credit = [.. pool.Select(member => member.Credit.ToArray())];
        Start = new State([.. pool.Select(member => member.Served.ToArray())], [.. pool.Select(member => member.LastTurn)], [.. pool.Select((_, index) => rota.Previous.Contains(order[index]))],
            [.. pool.Select(member => member.Turns)], rota.Seats);
    }

    private State Start { get; }

    /// <summary>Decides the first of the turns ahead; the others are looked at so that the choice leaves a fair one to each.</summary>
    public static Decision Decide(Rota rota, IReadOnlyList<Turn> ahead)
    {
        var chooser = new Chooser(rota, ahead);
        return new Reasons(rota, chooser.order, chooser.tables[0]).Of(chooser.Best());
    }

    private int[] Best()
    {
        best = (-1, null);
        var allowed = Unevenness(Start);

        // Where the first choices lead nowhere, trying others from the start finds more than going back a step.
        for (attempt = 0; attempt < MostAttempts; attempt++)
        {
            looks = 0;
            if (Look(0, Start, allowed, null))
                break;
        }

        return best.First!;
    }

    // The first path on which nothing gets less even than it is; where there is none, the one that holds longest.
    private bool Look(int depth, State state, int allowed, int[]? first)
    {
        if (depth > best.Depth && first is not null)
            best = (depth, first);
        if (depth == tables.Count)
            return true;
        if (++looks > MostLooks && first is not null)
            return false;

        var options = OptionsOf(tables[depth], state);
        if (best.First is null)
            best = (0, options[0].Seated);
        foreach (var option in options)
        {
            if (option.Uneven > allowed)
                return false;
            if (Look(depth + 1, option.After, allowed, first ?? option.Seated))
                return true;
            if (looks > MostLooks)
                return false;
        }

        return false;
    }

    private List<Option> OptionsOf(Table table, State state)
    {
        var count = Math.Min(table.Open.Length, table.Eligible.Length);
        var options = new List<Option>();
        foreach (var set in SetsOf(table, state, count))
        {
            foreach (var chosen in Orders.Of(set))
                options.Add(Weigh(table, state, chosen));
        }

        options.Sort();
        return options;
    }

    // Tier by tier: all of a tier that is needed as a whole, then those with the fewest turns; where several have as many, each way to take some of them.
    private IEnumerable<int[]> SetsOf(Table table, State state, int count)
    {
        var certain = new List<int>();
        foreach (var tier in table.Eligible.GroupBy(member => TierOf(table, state, member)).OrderBy(tier => tier.Key))
        {
            // Where the strict order leads nowhere, one turn more or less is taken as equal: turns stay within one, and the roles have more ways.
            var least = tier.Min(member => TotalOf(state, member));
            var slack = attempt >= StrictAttempts ? 1 : 0;
            foreach (var equals in tier.GroupBy(member => Math.Max(least + slack, TotalOf(state, member))).OrderBy(equals => equals.Key))
            {
                var missing = count - certain.Count;
                if (equals.Count() > missing)
                {
                    int[] sorted = [.. equals.OrderBy(member => state.Last[member]).ThenBy(member => Draw.Of(rota.Seed, table.Turn.Number, member))];
                    return Orders.Some(sorted, missing).Take(MostSets).Select(some => (int[])[.. certain, .. some]);
                }

                certain.AddRange(equals);
            }
        }

        return [[.. certain]];
    }

    private int TierOf(Table table, State state, int member) =>
        (state.Sat[member] ? 2 : 0) + (rota.Limit > 0 && Year.Lately(state.Turns[member], table.Turn) >= rota.Limit ? 1 : 0);

    private int TotalOf(State state, int member) => state.Served[member].Sum() + credit[member].Sum();

    private Option Weigh(Table table, State state, int[] chosen)
    {
        var seated = table.Seat(chosen);
        var after = state.Seating(seated, table.Turn);
        var own = 0;
        var idle = 0;
        var draw = 0UL;
        for (var seat = 0; seat < seated.Length; seat++)
        {
            if (seated[seat] is not (>= 0 and var member))
                continue;
            var ahead = state.Served[member][seat] - state.Served[member].Min();
            own += ahead * ahead * (held[member] ? 4 : 1);
            idle += attempt % 2 == 0 ? state.Last[member] : 0;
            draw += Draw.Of(rota.Seed + (ulong)attempt, table.Turn.Number, member, seat);
        }

        var someone = seated.Any(member => member >= 0);
        var newOnly = someone && seated.Length > 1 && seated.All(member => member < 0 || state.Turns[member].Count == 0);
        return new(seated, after, Unevenness(after), newOnly ? 1 : 0, idle, own, Spread(after), draw);
    }

    // By how much those who are there throughout are apart beyond one, in turns and in each role.
    private int Unevenness(State state)
    {
        var uneven = 0;
        for (var seat = -1; seat < rota.Seats; seat++)
        {
            var (least, most) = (int.MaxValue, int.MinValue);
            for (var member = 0; member < held.Length; member++)
            {
                if (!held[member])
                    continue;
                var count = seat < 0 ? state.Served[member].Sum() : state.Served[member][seat];
                (least, most) = (Math.Min(least, count), Math.Max(most, count));
            }

            uneven += Math.Max(0, most - least - 1);
            if (most == int.MinValue)
                return 0;
        }

        return uneven;
    }

    // How evenly the roles were filled by those who are there throughout: a role that lags behind is hard to make up for.
    private int Spread(State state)
    {
        var spread = 0;
        for (var seat = 0; seat < rota.Seats; seat++)
        {
            var count = 0;
            for (var member = 0; member < held.Length; member++)
                count += held[member] ? state.Served[member][seat] : 0;
            spread += count * count;
        }

        return spread;
    }

    private sealed record Option(int[] Seated, State After, int Uneven, int NewOnly, int Idle, int Own, int Spread, ulong Drawn) : IComparable<Option>
    {
        public int CompareTo(Option? other) => (Uneven, NewOnly, Idle, Own, Spread, Drawn).CompareTo((other!.Uneven, other.NewOnly, other.Idle, other.Own, other.Spread, other.Drawn));
    }

    private sealed record State(int[][] Served, int[] Last, bool[] Sat, IReadOnlyList<Turn>[] Turns, int Seats)
    {
        public State Seating(int[] seated, Turn turn)
        {
            var (served, last, turns, sat) = ((int[][])Served.Clone(), (int[])Last.Clone(), (IReadOnlyList<Turn>[])Turns.Clone(), new bool[Sat.Length]);
            for (var seat = 0; seat < seated.Length; seat++)
            {
                if (seated[seat] is not (>= 0 and var member))
                    continue;
                served[member] = (int[])served[member].Clone();
                served[member][seat]++;
                last[member] = turn.Number;
                turns[member] = [.. turns[member], turn];
                sat[member] = true;
            }

            return new(served, last, sat, turns, Seats);
        }
    }
}
