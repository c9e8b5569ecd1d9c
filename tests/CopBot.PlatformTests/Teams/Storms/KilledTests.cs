using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CopBot.Core.Chat;
using CopBot.PlatformTests.Discord.Storms;
using CopBot.Tests.Host;
using CopBot.Tests.Support.FakeTeams;
using Microsoft.Data.Sqlite;

namespace CopBot.PlatformTests.Teams.Storms;

/// <summary>The process is killed while many messages wait for their turn. Nothing is said twice, and of what had no answer yet nobody can know.</summary>
public sealed class KilledTests(ITestOutputHelper output) : IDisposable
{
    private const int Channels = 4;
    private const int Each = 25;
    private readonly Copbot copbot = new();

    [Fact]
    public async Task Nothing_is_said_twice_and_only_what_was_on_its_way_is_not_said_again()
    {
        await using var teams = await TeamsServer.StartAsync();
        var url = TeamsProcess.Prepare(copbot, teams);
        var people = Enumerable.Range(0, Channels).Select(number => teams.Team.AddPerson($"person{number}", owner: true)).ToList();
        people.ForEach(teams.GiveApp);
        var random = new Random(81);
        var channels = Enumerable.Range(0, Channels).Select(number => teams.Team.AddChannel($"channel{number}")).ToList();
        teams.Faults.Always("POST /v3/conversations/{conversationId}/activities", TeamsFault.Slow(TimeSpan.FromMilliseconds(150)));
        using (var bot = copbot.Start("serve", "--url", url.AbsoluteUri))
        {
            await TeamsProcess.ReadyAsync(bot, url);
            await teams.InstallAsync(teams.Team, people[0]);
            for (var number = 0; number < Each; number++)
                await Task.WhenAll(channels.Select((channel, index) => teams.AskAsync(people[index], channel, $"win \"{RunningDiscord.NewTitle(random)}\"")));
            await teams.WaitForAsync(() => teams.Posts.Count >= 12, "some are answered");
            bot.Kill();
            await bot.WaitForExitAsync();
        }

        var (before, requests) = (RunningTeams.StoriesOf(teams), teams.Requests.Count);
        teams.Faults.Clear();
        using (var again = copbot.Start("serve", "--url", url.AbsoluteUri))
        {
            await TeamsProcess.ReadyAsync(again, url);
            await teams.WaitForAsync(() => Waiting() == 0, "all is settled", TimeSpan.FromSeconds(60));
            await Copbot.StopAsync(again);
        }

        var (after, unknown) = (RunningTeams.StoriesOf(teams), Count($"select count(*) from outbox where state = {(int)OutboxState.Unknown}"));
        output.WriteLine($"{Channels * Each} asked, {before.Count} answered when it was killed, {after.Count} in the end; {unknown} in doubt, of which at most {2 * Channels} were on their way");
        Assert.All(after, answer => Assert.Equal(1, answer.Value));
        Assert.True(before.Count < Channels * Each / 2, "too few waited for the test to mean anything");

        // On its way was one in each channel, and one to each person. What had been answered and was not written down yet is in doubt with them.
        Assert.InRange(unknown, 0, 2 * Channels + teams.Requests.Take(requests).Count(request => request.Method == "POST"));
        Assert.InRange(after.Count, Channels * Each - 2 * Channels, Channels * Each);
        Assert.Empty(teams.Breaches);
    }

    public void Dispose() => copbot.Dispose();

    private int Waiting() => Count("select (select count(*) from inbox where state = 0) + (select count(*) from outbox where state in (0, 1))");

    private int Count(string query)
    {
        using var connection = new SqliteConnection($"Data Source={copbot.Database};Pooling=false;Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}

/// <summary>The process as it is installed, before a server that stands in for Teams.</summary>
internal static class TeamsProcess
{
    /// <summary>Sets what docs/teams.md says, but for what the app proves itself with, and tells the server where the process is going to be.</summary>
    public static Uri Prepare(Copbot copbot, TeamsServer teams, bool secret = true)
    {
        foreach (var (name, value) in new[] { ("AppId", teams.Identity.AppId), ("TenantId", teams.TenantId), ("OpenIdMetadata", teams.OpenIdMetadata.AbsoluteUri), ("TokenAddress", teams.Root.AbsoluteUri), ("GraphBase", teams.Graph.Base.AbsoluteUri) })
            copbot.Environment["CopBot__Teams__" + name] = value;
        if (secret)
            copbot.Environment["CopBot__Teams__AppSecret"] = teams.Identity.Secret!;
        var url = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}/");
        teams.Bot = new(url, "api/messages");
        return url;
    }

    /// <summary>Waits until it serves; where it ended instead, what it said is the failure.</summary>
    public static async Task ReadyAsync(Process bot, Uri url)
    {
        using var http = new HttpClient();
        for (var began = Stopwatch.GetTimestamp(); ; await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System))
        {
            try
            {
                if (await http.GetStringAsync(new Uri(url, "healthz")) == "ready")
                    return;
            }
            catch (HttpRequestException) when (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60))
            {
                if (bot.HasExited)
                    Assert.Fail(await bot.StandardError.ReadToEndAsync());
            }
        }
    }
}
