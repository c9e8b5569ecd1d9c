namespace CopBot.Core.Chat;

/// <summary>A human being, whatever accounts they use. The ledger knows people only by this id.</summary>
public readonly record struct PersonId(Guid Value) : IComparable<PersonId>
{
    public int CompareTo(PersonId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString("N");

    public static bool operator <(PersonId left, PersonId right) => left.CompareTo(right) < 0;

    public static bool operator >(PersonId left, PersonId right) => left.CompareTo(right) > 0;

    public static bool operator <=(PersonId left, PersonId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(PersonId left, PersonId right) => left.CompareTo(right) >= 0;
}
