using System.Globalization;
using System.Text;

namespace CopBot.Core.Chat;

/// <summary>
/// The one encoder of CSV (RFC 4180). Every cell stands in quotes, so that what separates cells somewhere else separates none here, and a cell that a
/// spreadsheet would take for a formula begins with an apostrophe.
/// </summary>
public static class CsvText
{
    private const string Begins = "=+-@＝＋－＠";

    /// <summary>The heading and the rows below it, each ended by CR LF.</summary>
    public static string Of(IReadOnlyList<string> heading, IEnumerable<IReadOnlyList<string>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(heading))
            text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        return text.ToString();
    }

    /// <summary>A cell in its quotes.</summary>
    public static string Cell(string value) => '"' + Guarded(value).Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    /// <summary>The value, with an apostrophe before it where a spreadsheet might calculate it: behind blanks and what nobody can see too.</summary>
    public static string Guarded(string value)
    {
        var first = value.FirstOrDefault(c => !IsPassedOver(c));
        return (value.Length > 0 && value[0] is '\t' or '\r' or '\n') || Begins.Contains(first, StringComparison.Ordinal) ? "'" + value : value;
    }

    private static bool IsPassedOver(char c) =>
        c == '"' || char.IsWhiteSpace(c) || char.IsControl(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;
}
