using CopBot.Core.Chat;
using NodaTime;

namespace CopBot.Core.Features.Rotations;

/// <summary>Says of everybody in the pool why they serve in a turn, or why not: by the first rule that told them from the others.</summary>
internal sealed class Reasons(Rota rota, IReadOnlyList<PersonId> order, Table table)
{
    private readonly List<PoolMember> pool = [.. order.Select(person => rota.Pool.First(member => member.Person == person))];

    public Decision Of(int[] seated)
    {
        // Those who were chosen by the rules, and those whom the rules left out.
        var chosen = Enumerable.Range(0, pool.Count).Where(member => table.Eligible.Contains(member) && seated.Contains(member)).ToList();
        var left = table.Eligible.Except(chosen).ToList();
        return new(table.Turn, [.. Enumerable.Range(0, pool.Count).Select(member => Array.IndexOf(seated, member) is >= 0 and var seat
            ? Serves(member, seat, left)
            : Rests(member, seated, chosen))]);
    }

    private Choice Serves(int member, int seat, List<int> left)
    {
        var self = pool[member];
        if (table.Pinned[seat] == member)
            return table.TakenFrom(member) is >= 0 and var from ? new(self.Person, seat, Reason.TookOver, Other: order[from]) : new(self.Person, seat, Reason.SeatedByLead);
        if (left.Count == 0)
            return new(self.Person, seat, Reason.NobodyElse);

        var same = left.Where(other => Tier(other) == Tier(member)).ToList();
        if (self.Turns.Count == 0 && same.All(other => pool[other].Turns.Count > 0))
            return new(self.Person, seat, Reason.FirstTime);
        if (same.Count == 0)
            return Tier(member) >= 2 ? new(self.Person, seat, Reason.NobodyElse) : new(self.Person, seat, Reason.LongestIdle, IdleOf(self));
        var least = same.Min(other => pool[other].Total);
        if (self.Total < least)
            return new(self.Person, seat, Reason.FewestTurns, self.Total);
        var equals = same.Where(other => pool[other].Total == self.Total).ToList();
        if (self.Turns.Count > 0 && equals.All(other => pool[other].LastTurn > self.LastTurn))
            return new(self.Person, seat, Reason.LongestIdle, IdleOf(self));
        return equals.Any(other => pool[other].LastTurn < self.LastTurn) || self.Served.Distinct().Count() > 1
            ? new(self.Person, seat, Reason.RoleBalance, self.Served[seat])
            : new(self.Person, seat, Reason.Drawn);
    }

    private Choice Rests(int member, int[] seated, List<int> chosen)
    {
        var self = pool[member];
        if (rota.AbsenceOf(self.Person, table.Turn) is { } absence)
            return new(self.Person, null, Reason.Away, Period.DaysBetween(table.Turn.From, absence.Until));
        if (HandedOver(member, seated))
            return new(self.Person, null, Reason.HandedOver, Other: order[TakerOf(member)]);
        if (!table.Eligible.Contains(member))
            return new(self.Person, null, Reason.Skipped);
        if (rota.Previous.Contains(self.Person) && !chosen.Any(other => rota.Previous.Contains(order[other])))
            return new(self.Person, null, Reason.ServedLast);
        if (rota.Limit > 0 && Year.Lately(self.Turns, table.Turn) is var lately && lately >= rota.Limit)
            return new(self.Person, null, Reason.TermLimit, lately);

        var same = chosen.Where(other => Tier(other) == Tier(member)).ToList();
        if (same.Count == 0)
            return new(self.Person, null, Reason.NoSeatLeft);
        if (same.All(other => pool[other].Total < self.Total))
            return new(self.Person, null, Reason.MoreTurns, self.Total);
        var equals = same.Where(other => pool[other].Total == self.Total).ToList();
        if (equals.All(other => pool[other].LastTurn < self.LastTurn))
            return new(self.Person, null, Reason.LessIdle, IdleOf(self));
        if (self.Turns.Count == 0 && chosen.Any(other => pool[other].Turns.Count > 0))
            return new(self.Person, null, Reason.BesideVeteran);
        return equals.Any(other => pool[other].LastTurn > self.LastTurn) || self.Served.Distinct().Count() > 1
            ? new(self.Person, null, Reason.RoleBalanceOfOthers)
            : new(self.Person, null, Reason.NotDrawn);
    }

    private int Tier(int member) =>
        (rota.Previous.Contains(order[member]) ? 2 : 0) + (rota.Limit > 0 && Year.Lately(pool[member].Turns, table.Turn) >= rota.Limit ? 1 : 0);

    private bool HandedOver(int member, int[] seated) => TakerOf(member) is >= 0 and var taker && seated.Contains(taker);

    private int TakerOf(int member) => Enumerable.Range(0, pool.Count).FirstOrDefault(other => table.TakenFrom(other) == member, -1);

    private int IdleOf(PoolMember member) => member.Turns.Count == 0 ? 0 : Math.Max(0, Period.DaysBetween(member.Turns[^1].Until, table.Turn.From));
}
