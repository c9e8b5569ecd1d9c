using CopBot.Core.Chat;
using CsvHelper;
using FsCheck;
using FsCheck.Fluent;

namespace CopBot.Tests.Core.Chat;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\rwords")]
    [InlineData("\nwords")]
    [InlineData("\twords")]
    [InlineData("   =cmd|' /C calc'!A0")]
    [InlineData("\u00a0=1")]
    [InlineData("\u200b=1")]
    [InlineData("\ufeff=1")]
    [InlineData("\"=1\"")]
    [InlineData("＝1+1")]
    [InlineData("＋1")]
    [InlineData("－1")]
    [InlineData(" ＠SUM(A1)")]
    public void What_a_spreadsheet_might_calculate_begins_with_an_apostrophe(string value) => Assert.Equal("'" + value, CsvText.Guarded(value));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("1 = 1")]
    [InlineData("mail ana@example.org")]
    [InlineData("'quoted'")]
    [InlineData("Ünïcödé, 東京 👩‍👩‍👧")]
    public void Other_words_stay_as_they_are(string value) => Assert.Equal(value, CsvText.Guarded(value));

    [Fact]
    public async Task An_independent_reader_reads_back_what_was_written_and_no_cell_is_a_formula()
    {
        var pieces = Gen.Elements("=", "+", "-", "@", "＝", "＠", "\t", "\r", "\n", "\r\n", " ", "\u00a0", "\u200b", "\"", "'", ",", ";", "|", "a", "é", "東", "👩‍👩‍👧", "1", "cmd");
        var cells = from parts in Gen.ListOf(pieces) select string.Concat(parts);
        var rows = from width in Gen.Choose(1, 4) from height in Gen.Choose(0, 4) from row in Gen.ListOf(Gen.ArrayOf(cells, width), height + 1) select row.ToArray();
        await Properties.Property.HoldsAsync(nameof(CsvText), rows.ToArbitrary(), 2_000, table =>
        {
            var read = Read(CsvText.Of(table[0], table[1..]));
            Assert.Equal(table.Select(row => row.Select(CsvText.Guarded).ToArray()), read);
            Assert.All(read.SelectMany(row => row), cell => Assert.False(cell.TrimStart(' ', '\u00a0', '\u200b', '"', '\t', '\r', '\n') is ['=' or '+' or '-' or '@' or '＝' or '＠', ..], $"a spreadsheet would calculate {cell}"));
            return Task.FromResult(table.SelectMany(row => row).Any(cell => cell.IndexOfAny(['=', '+', '-', '@', ',', '"', '\n']) >= 0));
        });
    }

    [Fact]
    public void What_separates_cells_elsewhere_separates_none_here() => Assert.Equal("\"a;=1+1\",\"b\"\r\n", CsvText.Of(["a;=1+1", "b"], []));

    private static List<string[]> Read(string text)
    {
        var rows = new List<string[]>();
        using var reader = CsvReader.FromText(text, CsvReaderOptions.Default with { HasHeader = false, SkipEmptyLines = false });
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        return rows;
    }
}
