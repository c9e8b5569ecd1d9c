using System.Globalization;
using CopBot.Tests.Support.FakeDiscord;

namespace CopBot.Benchmarks.DiscordAck;

/// <summary>
/// How fast an interaction is answered (“thinking …”), at a steady rate: every one stands for a row on the disk. The server that stands in for Discord runs
/// on the same machine and takes its part of it.
/// </summary>
public sealed class DiscordAckBenchmark(Options options)
{
    private const int PerSecond = 200;
    private const int People = 400;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(20);

    public async Task RunAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.Folder, $"copbot-discord-{Environment.ProcessId}"));
        try
        {
            var program = await PublishedHost.ProgramAsync(options, folder);
            Console.WriteLine($"{PerSecond} interactions a second of {People} people for {Measured.TotalSeconds:0} s in their conversations with the bot, half of them shares and half reads; {options.Rounds} rounds. From the sending of the event to the first answer.");
            Console.WriteLine();
            Console.WriteLine("| answered | p50, ms | p99, ms | worst, ms |");
            Console.WriteLine("|---|---|---|---|");
            var rounds = new List<List<double>>();
            for (var round = 0; round < options.Rounds; round++)
                rounds.Add(await RoundAsync(program, Path.Combine(folder.FullName, $"{round}.db")));
            Console.WriteLine($"| {rounds.Sum(round => round.Count)} of {rounds.Count * PerSecond * (int)Measured.TotalSeconds} | {Show(rounds.Select(round => Figures.At(round, 0.5)))} | {Show(rounds.Select(round => Figures.At(round, 0.99)))} | {Show(rounds.Select(round => round.Max()))} |");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<List<double>> RoundAsync(string program, string database)
    {
        await using var discord = await DiscordServer.StartAsync();
        discord.Guild.AddChannel("general");
        var people = Enumerable.Range(0, People).Select(number => discord.Guild.AddPerson($"person{number}")).ToList();
        await using var host = await PublishedHost.StartAsync(program, database, ("CopBot__Discord__Token", discord.Token), ("CopBot__Discord__ApiBase", discord.ApiBase.AbsoluteUri));
        await discord.ListeningAsync(TimeSpan.FromSeconds(30));
        await discord.UntilAsync(() => discord.GlobalCommands.Count > 0, "the commands");
        await PlayAsync(discord, people, Warm);
        return await PlayAsync(discord, people, Measured);
    }

    // Steadily: what is sent does not wait for what was sent before.
    private static async Task<List<double>> PlayAsync(DiscordServer discord, List<DiscordUser> people, TimeSpan length)
    {
        var clock = TimeProvider.System;
        var began = clock.GetTimestamp();
        var total = (int)(PerSecond * length.TotalSeconds);
        var sent = new List<Task<DiscordInteraction>>(total);
        for (var number = 0; number < total; number++)
        {
            var due = TimeSpan.FromSeconds((double)number / PerSecond) - clock.GetElapsedTime(began);
            if (due > TimeSpan.FromMilliseconds(1))
                await Task.Delay(due, clock);
            var by = people[number % People];
            sent.Add(number % 2 == 0
                ? discord.RunCommandAsync(by, discord.DirectOf(by), "cop share", ("title", $"What I learned about {Guid.CreateVersion7():N}"))
                : discord.RunCommandAsync(by, discord.DirectOf(by), "cop me"));
        }

        return [.. (await Task.WhenAll(sent)).Where(interaction => interaction.Callback is not null).Select(interaction => interaction.Took.TotalMilliseconds)];
    }

    private static string Show(IEnumerable<double> rounds)
    {
        var all = rounds.ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{Figures.Median(all):0.0} [{all.Min():0.0}..{all.Max():0.0}]");
    }
}
