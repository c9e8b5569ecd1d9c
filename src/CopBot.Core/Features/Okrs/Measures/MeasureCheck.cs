using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Okrs.Measures;

/// <summary>Refuses measures that can be read but would count nothing for ever: nobody would notice before the objective is over.</summary>
public sealed class MeasureCheck(Work work, PointsPolicy policy)
{
    private static readonly (string Name, string Kind)[] OnlyOf =
        [("minutes", "mob"), ("format", "share"), ("size", "share"), ("result", "experiment"), ("finished", "experiment"), ("category", "outcome"), ("unit", "outcome")];

    /// <summary>A refusal that names the word which cannot match, in a measure of an objective that ends on a day.</summary>
    public async Task CheckAsync(Measure measure, LocalDate until, CancellationToken ct)
    {
        if (measure.Window?.From is { } since && since > until)
            throw new Refusal($"The measure counts since {since:uuuu-MM-dd}, and the objective ends on {until:uuuu-MM-dd}, so it would count nothing. Nothing was stored.");
        foreach (var name in measure.Conditions.Select(NameOf).Append(measure.Counted == Counted.Minutes ? "minutes" : null).OfType<string>())
        {
            if (OnlyOf.FirstOrDefault(one => one.Name == name) is { Kind: { } kind } && measure.Kinds.Count > 0 && !measure.Kinds.Contains(kind))
                throw new Refusal($"Only {kind:code} has {name:code}, and the measure counts {string.Join(", ", measure.Kinds)}, so it would count nothing. Nothing was stored.");
        }

        foreach (var condition in measure.Conditions.OfType<Condition.Word>())
        {
            if (await KnownAsync(condition.Name, ct) is { } known && condition.Words.FirstOrDefault(word => !known.Contains(word, StringComparer.OrdinalIgnoreCase)) is { } unknown)
                throw Unknown(condition.Name, unknown, known);
        }
    }

    // What is not something holds for everything that has no such thing.
    private static string? NameOf(Condition condition) => condition switch
    {
        Condition.Number number => number.Name,
        Condition.Word { Is: true } word => word.Name,
        Condition.Finished => "finished",
        _ => null,
    };

    private async Task<IReadOnlyCollection<string>?> KnownAsync(string name, CancellationToken ct) => name switch
    {
        "format" => policy.Formats,
        "size" => [.. policy.Sizes.Keys],
        "category" => policy.Outcomes,
        "squad" => await work.Sql.ListAsync($"select name from squads where community_id = {work.CommunityId} order by name", row => row.Text(0), ct),
        _ => null,
    };

    private static Refusal Unknown(string name, string word, IReadOnlyCollection<string> known) => name == "squad"
        ? new Refusal($"There is no squad “{new UserText(TextRules.Short(word, 40))}” that the measure could count. {"squad list":code} shows them. Nothing was stored.")
        : new Refusal($"I do not understand “{new UserText(TextRules.Short(word, 40))}” in the measure: {name:code} is one of {string.Join(", ", known)}. Nothing was stored.");
}
