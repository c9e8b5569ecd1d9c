using Microsoft.Data.Sqlite;

namespace CopBot.Benchmarks.FullPath;

/// <summary>Counts what both sides wrote, so that the comparison is one of equals.</summary>
public sealed class SameRows
{
    private static readonly (string What, string Query)[] Counted =
    [
        ("inbox rows", "select count(*) from inbox"),
        ("of them done", "select count(*) from inbox where state in (1, 3)"),
        ("claims", "select count(*) from claims"),
        ("of them counted", "select count(*) from claims where state = 0"),
        ("claim people", "select count(*) from claim_people"),
        ("ledger entries", "select count(*) from ledger"),
        ("points in the ledger", "select sum(points) from ledger"),
        ("standings", "select count(*) from standings"),
        ("points in the standings", "select sum(points) from standings"),
        ("tallied", "select sum(subjects) from tallies"),
        ("numbers given", "select next_claim from communities"),
        ("outbox rows", "select count(*) from outbox"),
        ("bytes of text in inbox, claims, ledger and outbox", "select (select sum(length(event_key) + length(place) + length(user_id)) from inbox) + (select sum(length(title) + length(kind)) from claims) + (select sum(length(source) + length(rule)) from ledger) + (select sum(length(body)) from outbox)"),
    ];

    private readonly List<string> differences = [];
    private long[] bot = [];
    private long[] hand = [];
    private double[] perCommand = [];
    private int comparisons;

    public void OfBot(string before, string after) => bot = Grown(before, after);

    public void OfHand(string before, string after) => hand = Grown(before, after);

    /// <summary>Compares the last run of both.</summary>
    public void Compare(int commands)
    {
        comparisons++;
        perCommand = [.. bot.Select(count => (double)count / commands)];
        for (var index = 0; index < Counted.Length; index++)
        {
            if (bot[index] != hand[index])
                differences.Add($"{Counted[index].What}: the bot {bot[index]:N0}, by hand {hand[index]:N0}");
        }
    }

    public void Report()
    {
        Console.WriteLine();
        Console.WriteLine("| written per command, warm-up included | by both |");
        Console.WriteLine("|---|---|");
        for (var index = 0; index < Counted.Length; index++)
            Console.WriteLine($"| {Counted[index].What} | {perCommand[index]:0.00} |");
        Console.WriteLine();
        Console.WriteLine(differences.Count == 0
            ? $"Both sides wrote the same in all {comparisons} comparisons."
            : "NOT EQUAL: " + string.Join("; ", differences));
    }

    private static long[] Grown(string before, string after) => [.. Count(before).Zip(Count(after), (earlier, later) => later - earlier)];

    private static long[] Count(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        return [.. Counted.Select(counted =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = counted.Query;
            return command.ExecuteScalar() is long number ? number : 0;
        })];
    }
}
