using CopBot.Core.Chat;

namespace CopBot.Core.Features.Rotations;

/// <summary>Who is to be chosen in one turn, by the rules that come before any weighing: members by their index in the pool.</summary>
internal sealed class Table
{
    private readonly Dictionary<int, int> swaps = [];
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
                    break;
                case AgreementKind.Swap when person >= 0 && other >= 0 && !away.Contains(person) && !away.Contains(other):
                    swaps[person] = other;
                    barred.Add(other);
                    break;
                case AgreementKind.Override when person >= 0 && !away.Contains(person) && agreed.Seat >= 0 && agreed.Seat < rota.Seats:
                    for (var seat = 0; seat < Pinned.Length; seat++)
                        Pinned[seat] = Pinned[seat] == person ? -1 : Pinned[seat];
                    Pinned[agreed.Seat] = person;
                    break;
                default:
                    break;
            }
        }

        Eligible = [.. Enumerable.Range(0, order.Count).Where(member => !barred.Contains(member) && !Pinned.Contains(member))];
        Open = [.. Enumerable.Range(0, rota.Seats).Where(seat => Pinned[seat] < 0)];
    }

    public Turn Turn { get; }

    /// <summary>Whom a lead seated, by seat; -1 where nobody.</summary>
    public int[] Pinned { get; }

    /// <summary>Who can be chosen.</summary>
    public int[] Eligible { get; }

    /// <summary>The seats to be filled.</summary>
    public int[] Open { get; }

    public bool IsAway(int member) => away.Contains(member);

    /// <summary>The one from whom a member took over; -1 where they did not.</summary>
    public int TakenFrom(int member) => swaps.Where(swap => swap.Value == member).Select(swap => swap.Key).FirstOrDefault(-1);

    /// <summary>Everybody seated, by seat, once swaps are followed: whoever takes over has the seat that the other would have had.</summary>
    public int[] Seat(int[] chosen)
    {
        var seated = (int[])Pinned.Clone();
        for (var index = 0; index < chosen.Length; index++)
            seated[Open[index]] = chosen[index];
        foreach (var (from, to) in swaps)
        {
            if (Array.IndexOf(seated, from) is >= 0 and var seat && Pinned[seat] != from && !seated.Contains(to))
                seated[seat] = to;
        }

        return seated;
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
