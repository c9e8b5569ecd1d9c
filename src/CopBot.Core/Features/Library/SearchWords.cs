using System.Globalization;
using System.Text;
using CopBot.Core.Chat;

namespace CopBot.Core.Features.Library;

/// <summary>
/// What somebody searches for, as the indexes of the two database products read it. Words are letters and digits alone, so nothing in them can be
/// taken for an operator.
/// </summary>
public sealed record SearchWords(IReadOnlyList<string> Words, IReadOnlyList<string> Topic, string? Author, string? Format)
{
    /// <summary>Up to so many words, each can stand for all that begin with it; every such costs much.</summary>
    public const int Few = 3;

    private const int MostWords = 12;
    private const int LongestWord = 50;

    private const int ShortestBeginning = 3;

    // They stand in nearly every title, in English or Spanish: they tell no two apart, and to go through all that have them takes long.
    private static readonly HashSet<string> Little =
    [
        "a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "is", "it", "of", "on", "that", "the", "this", "to", "was", "with",
        "al", "con", "de", "del", "el", "en", "la", "las", "lo", "los", "para", "por", "que", "se", "un", "una", "y",
    ];

    /// <summary>Whether words stand for all that begin with them.</summary>
    public bool Beginnings { get; init; }

    /// <summary>The same with words that stand for all that begin with them; null where there are too many, or none that is long enough.</summary>
    public SearchWords? AsBeginnings() => Words.Count is > 0 and <= Few && Words.Any(word => word.Length >= ShortestBeginning) ? this with { Beginnings = true } : null;

    public bool IsEmpty => Words.Count + Topic.Count == 0 && Author is null && Format is null;

    /// <summary>The words of a text: in lower case, without accents.</summary>
    public static IReadOnlyList<string> In(string? text)
    {
        var words = new StringBuilder();
        foreach (var rune in (text ?? "").ToLowerInvariant().Normalize(NormalizationForm.FormD).EnumerateRunes().Where(rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark))
            words.Append(Rune.IsLetterOrDigit(rune) ? rune.ToString() : " ");
        return [.. words.ToString().Normalize(NormalizationForm.FormC).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostWords).Select(word => word.Length > LongestWord ? word[..LongestWord] : word)];
    }

    /// <summary>The words of a text without the little ones, unless there are no others.</summary>
    public static IReadOnlyList<string> TellingIn(string? text) => In(text) is var all && all.Where(word => !Little.Contains(word)).ToList() is { Count: > 0 } telling ? telling : all;

    /// <summary>Whether something is by the author, on the topic and in the form that is asked for.</summary>
    public bool Fits(PersonId author, string? topic, string? format) =>
        (Author is null || Author == author.Value.ToString("N")) && Topic.All(In(topic).Contains) && (Format is null || Format.Equals(format, StringComparison.OrdinalIgnoreCase));

    /// <summary>For SQLite's full text (https://sqlite.org/fts5.html#full_text_query_syntax).</summary>
    public string ToFts(bool titleOnly)
    {
        var parts = new List<string>();
        if (Words.Count > 0)
            parts.Add($"{{{(titleOnly ? "title" : "title topic rest")}}} : ({string.Join(" AND ", Words.Select(word => $"\"{word}\"{(IsBeginning(word) ? " *" : "")}"))})");
        parts.AddRange(Topic.Select(word => $"{{topic}} : \"{word}\""));
        if (Author is not null)
            parts.Add($"{{author}} : \"{Author}\"");
        parts.AddRange(In(Format).Select(word => $"{{format}} : \"{word}\""));
        return string.Join(" AND ", parts.Select(part => $"({part})"));
    }

    /// <summary>For PostgreSQL's (https://www.postgresql.org/docs/current/datatype-textsearch.html#DATATYPE-TSQUERY).</summary>
    public string ToTsQuery(bool titleOnly)
    {
        var parts = Words.Select(word => $"'{word}':{(IsBeginning(word) ? "*" : "")}{(titleOnly ? "A" : "ABC")}").Concat(Topic.Select(word => $"'{word}':B")).ToList();
        if (Author is not null)
            parts.Add($"'=author {Author}'");
        if (Format is not null)
            parts.Add($"'=format {string.Join(' ', In(Format))}'");
        return string.Join(" & ", parts);
    }

    private bool IsBeginning(string word) => Beginnings && word.Length >= ShortestBeginning;
}
