using CopBot.Core.Chat;

namespace CopBot.Core.Features.Rotations;

/// <summary>Who is to be chosen in one turn, by the rules that come before any weighing: members by their index in the pool.</summary>
internal sealed class Table
{
    private readonly Dictionary<int, int> takenFrom = [];
    private readonly HashSet<int> away = [];

    public Table(Rota rota, IReadOnlyList<PersonId> order, Turn turn)
    {
        Turn = turn;
        for (var member = 0; member < order.Count; member++)
        {
            if (rota.IsAway(order[member], turn))
                away.Add(member);
        }

        Pinned = new int[rota.Seats];
        Array.Fill(Pinned, -1);
        var barred = new HashSet<int>(away);
        foreach (var agreed in rota.Agreements.Where(one => one.Turn == turn.Number))
        {
            var (person, other) = (IndexOf(order, agreed.Person), IndexOf(order, agreed.Other));
            switch (agreed.Kind)
            {
                case AgreementKind.Skip when person >= 0:
                    barred.Add(person);
                    Free(person);
                    takenFrom.Remove(person);
                    break;
                case AgreementKind.Swap when person >= 0 && other >= 0 && !away.Contains(person) && !away.Contains(other) && Pin(agreed.Seat, other):
                    barred.Add(person);
                    takenFrom[other] = person;
                    break;
                case AgreementKind.Override when person >= 0 && !away.Contains(person) && Pin(agreed.Seat, person):
                    takenFrom.Remove(person);
                    break;
                default:
                    break;
            }
        }

        Eligible = [.. Enumerable.Range(0, order.Count).Where(member => !barred.Contains(member) && !Pinned.Contains(member))];
        Open = [.. Enumerable.Range(0, rota.Seats).Where(seat => Pinned[seat] < 0)];
    }

    public Turn Turn { get; }

    /// <summary>Who took a seat over or was seated by a lead, by seat; -1 where nobody.</summary>
    public int[] Pinned { get; }

    /// <summary>Who can be chosen.</summary>
    public int[] Eligible { get; }

    /// <summary>The seats to be filled.</summary>
    public int[] Open { get; }

    public bool IsAway(int member) => away.Contains(member);

    /// <summary>The one from whom a member took over; -1 where they did not.</summary>
    public int TakenFrom(int member) => takenFrom.GetValueOrDefault(member, -1);

    /// <summary>Everybody seated, by seat.</summary>
    public int[] Seat(int[] chosen)
    {
        var seated = (int[])Pinned.Clone();
        for (var index = 0; index < chosen.Length; index++)
            seated[Open[index]] = chosen[index];
        return seated;
    }

    // Nobody sits twice, and what was agreed later counts.
    private bool Pin(int seat, int member)
    {
        if (seat < 0 || seat >= Pinned.Length)
            return false;
        Free(member);
        Pinned[seat] = member;
        return true;
    }

    private void Free(int member)
    {
        if (Array.IndexOf(Pinned, member) is >= 0 and var before)
            Pinned[before] = -1;
    }

    private static int IndexOf(IReadOnlyList<PersonId> order, PersonId person)
    {
        for (var index = 0; index < order.Count; index++)
        {
            if (order[index] == person)
                return index;
        }

        return -1;
    }
}
