using System.Globalization;
using CopBot.Benchmarks.Leagues;
using Microsoft.Data.Sqlite;

namespace CopBot.Benchmarks.FullPath;

/// <summary>What the product answers, learned from it once, so that the counterpart can write the same without working it out.</summary>
public sealed class Answers
{
    private readonly Dictionary<string, string> byKind = [];

    private Answers()
    {
    }

    /// <summary>Lets the product answer one line of each kind on a copy of the league.</summary>
    public static async Task<Answers> LearnAsync(League league, Mix mix, string file)
    {
        League.Copy(league.File, file);
        await BotSide.RunAsync(file, mix, warmUp: 0, Mix.Cycle, members: 1);
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        await connection.OpenAsync();
        var answers = new Answers();
        for (var number = 0; number < Mix.Cycle; number++)
        {
            var said = mix.Of(number);
            await using var command = connection.CreateCommand();
            command.CommandText = $"select o.body from outbox o join claims c on instr(o.body, c.title) > 0 where c.number = {league.Entries + number + 1}";
            answers.byKind[said.Kind] = Replace((string)(await command.ExecuteScalarAsync())!, said, league.Entries + number + 1, (text, value, hole) => text.Replace(value, hole, StringComparison.Ordinal));
        }

        return answers;
    }

    /// <summary>The answer to a line under a number.</summary>
    public string To(Said said, long number) =>
        Replace(byKind[said.Kind], said, number, (text, value, hole) => text.Replace(hole, value, StringComparison.Ordinal));

    private static string Replace(string text, Said said, long number, Func<string, string, string, string> replace)
    {
        text = replace(text, said.Title, "<title>");
        text = replace(text, League.IdOf(said.Member).ToString(), "<author>");
        if (said.Receiver is { } receiver)
            text = replace(text, League.IdOf(receiver).ToString(), "<receiver>");
        return replace(text, number.ToString(CultureInfo.InvariantCulture), "<number>");
    }
}
