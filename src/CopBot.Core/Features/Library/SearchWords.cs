using System.Globalization;
using System.Text;

namespace CopBot.Core.Features.Library;

/// <summary>
/// What somebody searches for, as the indexes of the two database products read it. Words are letters and digits alone, so nothing in them can be
/// taken for an operator.
/// </summary>
public sealed record SearchWords(IReadOnlyList<string> Words, IReadOnlyList<string> Topic, string? Author, string? Format)
{
    private const int MostWords = 12;
    private const int LongestWord = 50;

    // From so many letters on, a word stands for all that begin with it.
    private const int ShortestBeginning = 3;

    public bool IsEmpty => Words.Count + Topic.Count == 0 && Author is null && Format is null;

    /// <summary>The words of a text: in lower case, without accents.</summary>
    public static IReadOnlyList<string> In(string? text)
    {
        var words = new StringBuilder();
        foreach (var rune in (text ?? "").ToLowerInvariant().Normalize(NormalizationForm.FormD).EnumerateRunes().Where(rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark))
            words.Append(Rune.IsLetterOrDigit(rune) ? rune.ToString() : " ");
        return [.. words.ToString().Normalize(NormalizationForm.FormC).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostWords).Select(word => word.Length > LongestWord ? word[..LongestWord] : word)];
    }

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

    private static bool IsBeginning(string word) => word.Length >= ShortestBeginning;
}
