using System.Globalization;
using CopBot.Benchmarks.Leagues;

namespace CopBot.Benchmarks.FullPath;

/// <summary>From what a member says to the answer in the outbox, durable, against a loop written by hand that writes the same rows.</summary>
public sealed class FullPathBenchmark(Options options)
{
    private const int WarmUp = 1000;
    private static readonly (int Members, int Commands)[] Loads = [(1, 3000), (8, 6000), (64, 10_000), (512, 10_000)];

    public async Task RunAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.Folder, $"copbot-full-path-{Environment.ProcessId}"));
        try
        {
            var league = new League { File = Path.Combine(folder.FullName, "league.db"), People = 20_000, Entries = 200_000, ActiveThisWeek = 10_000 };
            Console.WriteLine($"Full path: inbox, command, ledger and standings, outbox; durable. {league.People:N0} members, {league.Entries:N0} entries before.");
            Console.WriteLine($"Mix: {Mix.Described}.");
            await league.CreateAsync();
            var file = Path.Combine(folder.FullName, "run.db");
            var mix = new Mix(league);
            var answers = await Answers.LearnAsync(league, mix, file);
            var rounds = new Dictionary<int, List<(Round Bot, Round Hand)>>();
            var rows = new SameRows();
            for (var round = 0; round < options.Rounds; round++)
            {
                foreach (var (members, commands) in Loads.Where(load => load.Members == (options.Members ?? load.Members)))
                {
                    // Who goes first changes, so that what the machine does beside falls on both.
                    Round bot, hand;
                    if (round % 2 == 0)
                    {
                        hand = await HandAsync(commands, members);
                        bot = await BotAsync(commands, members);
                    }
                    else
                    {
                        bot = await BotAsync(commands, members);
                        hand = await HandAsync(commands, members);
                    }

                    Console.Error.WriteLine($"  round {round + 1}, {members} members: bot {bot.PerSecond:N0}/s ({bot.Processor:N0} µs), by hand {hand.PerSecond:N0}/s ({hand.Processor:N0} µs)");
                    if (!rounds.TryGetValue(members, out var list))
                        rounds[members] = list = [];
                    list.Add((bot, hand));
                    rows.Compare(commands + WarmUp);
                }
            }

            Report(rounds);
            rows.Report();

            async Task<Round> BotAsync(int commands, int members)
            {
                League.Copy(league.File, file);
                var measured = await BotSide.RunAsync(file, mix, WarmUp, commands, members);
                rows.OfBot(league.File, file);
                return measured;
            }

            async Task<Round> HandAsync(int commands, int members)
            {
                League.Copy(league.File, file);
                var measured = await HandWritten.RunAsync(file, league, answers, mix, WarmUp, commands, members);
                rows.OfHand(league.File, file);
                return measured;
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Report(Dictionary<int, List<(Round Bot, Round Hand)>> rounds)
    {
        Console.WriteLine();
        Console.WriteLine("| members | bot, commands/s | p50 / p99 ms | processor µs | by hand, commands/s | p50 / p99 ms | processor µs | bot ÷ by hand |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var (members, list) in rounds)
        {
            Console.WriteLine(
                $"| {members} | {Spread(list.Select(pair => pair.Bot.PerSecond), "N0")} | {Waits(list.Select(pair => pair.Bot))} | {Figures.Median(list.Select(pair => pair.Bot.Processor)):N0} "
                + $"| {Spread(list.Select(pair => pair.Hand.PerSecond), "N0")} | {Waits(list.Select(pair => pair.Hand))} | {Figures.Median(list.Select(pair => pair.Hand.Processor)):N0} | {Spread(list.Select(pair => pair.Bot.PerSecond / pair.Hand.PerSecond), "0.00")} |");
        }
    }

    private static string Spread(IEnumerable<double> values, string format)
    {
        var all = values.ToList();
        return $"{Show(Figures.Median(all))} [{Show(all.Min())}..{Show(all.Max())}]";

        string Show(double value) => value.ToString(format, CultureInfo.InvariantCulture);
    }

    private static string Waits(IEnumerable<Round> rounds) => $"{Figures.Median(rounds.Select(round => round.Median)):0.00} / {Figures.Median(rounds.Select(round => round.Late)):0.00}";
}
