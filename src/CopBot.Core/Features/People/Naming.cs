using CopBot.Core.Chat;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.People;

/// <summary>
/// How somebody is called whom somebody else has named. Whoever chose an alias or to be hidden is “someone” there: the alias beside
/// the name that was typed would give away who it is.
/// </summary>
public sealed class Naming(Work work)
{
    private static readonly string[] SmallNumbers = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    /// <summary>A mention of those who go by their own name; “someone” for all others.</summary>
    public async Task<RichText> AddressAsync(PersonId person, CancellationToken ct) =>
        await GoesByNameAsync(person, ct) ? RichText.Of($"{person}") : PlainText.Someone;

    /// <summary>The name, without addressing them, of those who go by their own; “someone” for all others.</summary>
    public async Task<RichText> NameAsync(PersonId person, CancellationToken ct) =>
        await GoesByNameAsync(person, ct) ? RichText.Of($"{person:name}") : PlainText.Someone;

    /// <summary>Several people in a row: “ana, bo and two others”. Those who are not named are only counted.</summary>
    public static RichText Together(IEnumerable<RichText> named, int unnamed)
    {
        var parts = named.ToList();
        if (unnamed > 0)
        {
            parts.Add((parts.Count, unnamed) switch
            {
                (0, 1) => PlainText.Someone,
                (0, _) => $"{InWords(unnamed)} people",
                (_, 1) => "one other",
                _ => $"{InWords(unnamed)} others",
            });
        }

        return parts.Count < 2 ? RichText.Join("", parts) : RichText.Of($"{RichText.Join(", ", parts[..^1])} and {parts[^1]}");
    }

    private static string InWords(int count) =>
        count < SmallNumbers.Length ? SmallNumbers[count] : count.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether they are shown by their own name.</summary>
    public async Task<bool> GoesByNameAsync(PersonId person, CancellationToken ct) =>
        await work.Sql.ScalarAsync<int>($"select 1 from people where id = {person} and privacy = {Privacy.Public} and joined_at is not null and erased_at is null", ct) == 1;
}
