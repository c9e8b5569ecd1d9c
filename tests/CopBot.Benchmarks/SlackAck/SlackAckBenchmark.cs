using System.Globalization;
using System.Text.Json.Nodes;
using CopBot.Tests.Support.FakeSlack;

namespace CopBot.Benchmarks.SlackAck;

/// <summary>
/// How fast what people say in Slack is acknowledged, by Socket Mode and by HTTP, at a steady rate: every acknowledgement stands for a row on the disk.
/// The server that stands in for Slack runs on the same machine and takes its part of it.
/// </summary>
public sealed class SlackAckBenchmark(Options options)
{
    private const int PerSecond = 200;
    private const int People = 400;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(20);

    public async Task RunAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.Folder, $"copbot-slack-{Environment.ProcessId}"));
        try
        {
            var program = await PublishedHost.ProgramAsync(options, folder);
            Console.WriteLine($"{PerSecond} direct messages a second of {People} people for {Measured.TotalSeconds:0} s, half of them shares and half reads; {options.Rounds} rounds. From the sending of the payload to its acknowledgement.");
            Console.WriteLine();
            Console.WriteLine("| transport | acknowledged | p50, ms | p99, ms | worst, ms |");
            Console.WriteLine("|---|---|---|---|---|");
            foreach (var http in (bool[])[false, true])
            {
                var rounds = new List<List<double>>();
                for (var round = 0; round < options.Rounds; round++)
                    rounds.Add(await RoundAsync(program, Path.Combine(folder.FullName, $"{(http ? "http" : "socket")}-{round}.db"), http));
                Console.WriteLine($"| {(http ? "HTTP" : "Socket Mode")} | {rounds.Sum(round => round.Count)} of {rounds.Count * PerSecond * (int)Measured.TotalSeconds} | {Show(rounds.Select(round => Figures.At(round, 0.5)))} | {Show(rounds.Select(round => Figures.At(round, 0.99)))} | {Show(rounds.Select(round => round.Max()))} |");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<List<double>> RoundAsync(string program, string database, bool http)
    {
        await using var slack = await SlackServer.StartAsync();
        slack.RetryDelays = [];
        slack.Workspace.AddChannel("general");
        var people = Enumerable.Range(0, People).Select(number => slack.Workspace.AddUser($"person{number}")).ToList();
        (string, string)[] settings =
        [
            ("CopBot__Slack__BotToken", slack.Workspace.BotToken),
            ("CopBot__Slack__ApiBase", slack.ApiBase.AbsoluteUri),
            http ? ("CopBot__Slack__SigningSecret", slack.SigningSecret) : ("CopBot__Slack__AppToken", slack.AppToken),
        ];
        await using var host = await PublishedHost.StartAsync(program, database, settings);
        if (http)
            slack.EventsUrl = new Uri(host.Url, "slack/events");
        else
            await slack.SocketsAsync(2);

        await SpeakAsync(slack, people, Warm);
        return await SpeakAsync(slack, people, Measured);
    }

    // Steadily: what is sent does not wait for what was sent before.
    private static async Task<List<double>> SpeakAsync(SlackServer slack, List<SlackUser> people, TimeSpan length)
    {
        var clock = TimeProvider.System;
        var began = clock.GetTimestamp();
        var total = (int)(PerSecond * length.TotalSeconds);
        var sent = new List<Task<SlackDelivery>>(total);
        for (var number = 0; number < total; number++)
        {
            var due = TimeSpan.FromSeconds((double)number / PerSecond) - clock.GetElapsedTime(began);
            if (due > TimeSpan.FromMilliseconds(1))
                await Task.Delay(due, clock);
            sent.Add(SayAsync(slack, people[number % People], number));
        }

        return [.. (await Task.WhenAll(sent)).Where(delivery => delivery.Acknowledged).Select(delivery => delivery.AckAfter.TotalMilliseconds)];
    }

    private static Task<SlackDelivery> SayAsync(SlackServer slack, SlackUser by, int number)
    {
        var now = TimeProvider.System.GetUtcNow();
        var ts = string.Create(CultureInfo.InvariantCulture, $"{now.ToUnixTimeSeconds()}.{number:000000}");
        return slack.Workspace.EventAsync(new JsonObject
        {
            ["type"] = "message",
            ["channel_type"] = "im",
            ["channel"] = slack.Workspace.DirectOf(by).Id,
            ["user"] = by.Id,
            ["ts"] = ts,
            ["event_ts"] = ts,
            ["team"] = slack.Workspace.Team,
            ["text"] = number % 2 == 0 ? $"share \"What I learned on {ts} about {Guid.CreateVersion7(now):N}\"" : "me",
        });
    }

    private static string Show(IEnumerable<double> rounds)
    {
        var all = rounds.ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{Figures.Median(all):0.0} [{all.Min():0.0}..{all.Max():0.0}]");
    }
}
