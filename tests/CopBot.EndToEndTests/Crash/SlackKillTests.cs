using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using CopBot.EndToEndTests.Support;
using CopBot.Tests.Support.FakeSlack;
using Microsoft.Data.Sqlite;

namespace CopBot.EndToEndTests.Crash;

/// <summary>The serving process is killed at random moments while people tell stories in Slack. What it acknowledged counts once, and every answer stands once.</summary>
[Collection(Alone.Name)]
public sealed partial class SlackKillTests(ITestOutputHelper output)
{
    private const int Kills = 30;
    private const int Channels = 30;
    private static readonly TimeSpan[] Repeats = [TimeSpan.Zero, TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)];

    [Fact]
    public async Task Kills_at_random_moments_lose_nothing_that_was_acknowledged_and_double_no_answer()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var slack = await SlackServer.StartAsync();
        slack.RetryDelays = Repeats;
        var people = Enumerable.Range(0, 10).Select(number => slack.Workspace.AddUser($"person{number}")).ToList();
        var channels = Enumerable.Range(0, Channels).Select(number => slack.Workspace.AddChannel($"channel{number}")).ToList();
        await using var host = await HostProcess.StartAsync(settings: new Dictionary<string, string>
        {
            ["CopBot__Slack__BotToken"] = slack.Workspace.BotToken,
            ["CopBot__Slack__AppToken"] = slack.AppToken,
            ["CopBot__Slack__ApiBase"] = slack.ApiBase.AbsoluteUri,
        });

        using var stop = new CancellationTokenSource();
        var acknowledged = new ConcurrentBag<string>();
        var (repeated, said) = (0, new List<Task>());
        var talking = Task.Run(async () =>
        {
            var chance = new Random(seed + 1);
            while (!stop.IsCancellationRequested)
            {
                var title = Title(chance);
                var (by, where) = (people[chance.Next(people.Count)], channels[chance.Next(Channels)]);
                said.Add(Task.Run(async () =>
                {
                    var delivered = await slack.Workspace.SayAsync(by, where, $"{slack.Workspace.BotUser.Mention} win \"{title}\"");
                    Interlocked.Add(ref repeated, delivered.Attempts - 1);
                    if (delivered.Acknowledged)
                        acknowledged.Add(title);
                }));
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        });

        // From before it is connected to well within its answers; which is told by what it did, for on a slow machine it starts slowly.
        var last = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            var answered = slack.Workspace.Posts.Count;
            if (kill % 4 > 0)
                await slack.UntilAsync(() => slack.Sockets.Any(socket => socket.Number > last), "a connection", TimeSpan.FromSeconds(30));
            if (kill % 4 > 1)
                await slack.UntilAsync(() => slack.Workspace.Posts.Count > answered, "an answer", TimeSpan.FromSeconds(60));
            await Task.Delay(TimeSpan.FromSeconds(2 * random.NextDouble()), TimeProvider.System);

            // Chance alone seldom hits a message that stands there and whose answer is still on its way.
            if (kill % 4 == 3)
            {
                var slow = slack.Faults.Hits.Count;
                slack.Faults.Next("chat.postMessage", SlackFault.Slow(TimeSpan.FromSeconds(5)));
                await slack.UntilAsync(() => slack.Faults.Hits.Count > slow, "an answer that is on its way", TimeSpan.FromSeconds(60));
            }

            last = slack.Sockets.Select(socket => socket.Number).Append(last).Max();
            await host.KillAsync();
            host.Start();
        }

        await slack.SocketsAsync(2, TimeSpan.FromSeconds(30));
        await stop.CancelAsync();
        await talking;
        await Task.WhenAll(said);
        await QuietAsync(host.DatabaseFile, slack);
        await host.StopAsync();

        var claims = await ListAsync(host.DatabaseFile, "select title from claims");
        var posts = slack.Workspace.Posts.Where(post => post.OnlyUser is null && !post.Deleted).ToList();
        var stands = posts.SelectMany(post => Stories().Matches(post.Text).Select(match => match.Value).Distinct()).ToList();
        var keys = posts.Select(post => (string)post.Metadata!["event_payload"]!["key"]!).ToList();
        var lookups = slack.Calls.Count(call => call.Method is "conversations.replies" or "conversations.history");
        output.WriteLine($"{Kills} kills, {said.Count} stories, {acknowledged.Count} acknowledged, {repeated} repeated deliveries, {claims.Count} counted, {stands.Count} answers, {posts.Count} messages, {lookups} looked up");
        Assert.True(acknowledged.Count > 2 * Kills && repeated > 0 && lookups > 0, "too little happened for the test to mean anything");
        Assert.Empty(acknowledged.Except(claims));
        Assert.Equal(claims.Distinct().Count(), claims.Count);
        Assert.Equal(claims.Order(), stands.Order());
        Assert.Equal(keys.Distinct().Count(), keys.Count);
        Assert.Empty(await ListAsync(host.DatabaseFile, "select place || ' ' || state || ' ' || coalesce(problem, '') from outbox where only_user is null or state <> 3"));

        // What one person alone sees stands in no history. It is not said twice: what was on its way at a kill is listed, a few at each.
        var listed = await ListAsync(host.DatabaseFile, "select id from outbox where only_user is not null");
        output.WriteLine($"{listed.Count} private notes listed as unknown");
        Assert.InRange(listed.Count, 0, 5 * Kills);
        Assert.Equal(["0"], await ListAsync(host.DatabaseFile, "select count(*) from (select claim_id from ledger group by claim_id, rule having count(*) > 1)"));
        Assert.Equal((0, ""), await HostProcess.RunAsync("db", "verify", "--database", host.DatabaseFile));
        Assert.Empty(slack.Problems);
    }

    [GeneratedRegex("story( [0-9a-f]{10}){4}")]
    private static partial Regex Stories();

    private static string Title(Random random) => "story " + string.Join(' ', Enumerable.Range(0, 4).Select(_ => random.NextInt64(1L << 40).ToString("x10", CultureInfo.InvariantCulture)));

    private static async Task QuietAsync(string database, SlackServer slack)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (await ListAsync(database, "select (select count(*) from inbox where state = 0) + (select count(*) from outbox where state in (0, 1))") is not ["0"])
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromMinutes(2), "it did not become quiet");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        await slack.IdleAsync();
    }

    private static async Task<List<string>> ListAsync(string database, string text)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<string>();
        while (await reader.ReadAsync())
            values.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        return values;
    }
}
