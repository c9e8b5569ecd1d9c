using CopBot.Core.Chat;
using NodaTime;

namespace CopBot.Core.Features.People;

/// <summary>
/// A feature that keeps rows about people: what it tells somebody who asks for their data, what it removes when they are forgotten, and
/// what it moves when two accounts turn out to be one person. Every class that implements it is found by itself.
/// </summary>
public interface IKeepsPeople
{
    /// <summary>Every row that names a person, by section: rows of the model, whole; ids of others in them are not shown.</summary>
    Task<IReadOnlyList<Holding>> OfAsync(PersonId person, CancellationToken ct);

    /// <summary>Removes what they wrote and who they were. A bare id in a column may stay where sums need it: it leads nowhere.</summary>
    Task EraseAsync(PersonId person, Instant at, CancellationToken ct);

    /// <summary>Gives one person what was another's: both are one. Where both have a row under the same key, one stays.</summary>
    Task MergeAsync(PersonId kept, PersonId gone, CancellationToken ct);
}

/// <summary>Rows of one kind about a person, under the name that <c>my data</c> gives them, such as <c>rotationNotes</c>.</summary>
public sealed record Holding(string Section, IEnumerable<object> Rows);
