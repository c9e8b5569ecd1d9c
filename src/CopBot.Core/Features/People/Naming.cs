using CopBot.Core.Chat;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.People;

/// <summary>
/// How somebody is called whom somebody else has named. Whoever is hidden is “someone” there, and so is whoever was named by their own
/// name and goes by an alias, or the other way round: the one beside the other would give away who it is.
/// </summary>
public sealed class Naming(Work work)
{
    private const string ByAlias = "-by-alias";

    private static readonly string[] SmallNumbers = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

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

    /// <summary>A part in a claim as it is stored: it says whether the caller named them by their alias.</summary>
    public static string PartOf(Caller caller, PersonId person, string part) => caller.ByAlias.Contains(person) ? part + ByAlias : part;

    /// <summary>Whether what is said about a claim may show them: by that by which they were named in it. Speakers who were not named show themselves.</summary>
    public async Task<bool> IsShownInAsync(Guid claim, PersonId person, CancellationToken ct, bool speaks = false)
    {
        var row = await work.Sql.FirstAsync(
            $"select p.privacy, p.joined_at, p.erased_at, c.part from people p left join claim_people c on c.claim_id = {claim} and c.person_id = p.id where p.id = {person}",
            row => (Privacy: (Privacy)row.Int(0), Here: row.LongOrNull(1) is not null && row.LongOrNull(2) is null, Part: row.TextOrNull(3)), ct);
        Privacy? namedBy = row.Part is null ? null : row.Part.EndsWith(ByAlias, StringComparison.Ordinal) ? Privacy.Alias : Privacy.Public;
        return speaks
            ? namedBy is null || row.Privacy == namedBy || row.Privacy is Privacy.Hidden or Privacy.Observer
            : row.Here && row.Privacy == (namedBy ?? Privacy.Public);
    }

    /// <summary>Whether they are shown by their own name.</summary>
    public async Task<bool> GoesByNameAsync(PersonId person, CancellationToken ct) =>
        await work.Sql.ScalarAsync<int>($"select 1 from people where id = {person} and privacy = {Privacy.Public} and joined_at is not null and erased_at is null", ct) == 1;
}
