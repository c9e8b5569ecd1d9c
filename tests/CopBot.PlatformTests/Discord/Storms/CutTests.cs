using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Tests.Support.FakeDiscord;

namespace CopBot.PlatformTests.Discord.Storms;

/// <summary>However often the connection is lost, and the process changed: everything counts once, and nothing is missing.</summary>
public sealed class CutTests(ITestOutputHelper output)
{
    private const int Faster = 15;

    [Fact]
    public async Task Ten_thousand_events_across_two_hundred_cuts_are_all_there_once()
    {
        const int Cuts = 200;
        const int Each = 50;
        await using var discord = await DiscordServer.StartAsync(new FastClock(Faster));
        var crowd = new DiscordCrowd(discord, channels: 10, people: 100, seed: 71);
        await using var bot = await RunningDiscord.StartAsync(discord, paced: false);
        await crowd.GreetAsync(bot);
        var (rows, before, random) = (await bot.ScalarAsync<int>($"select count(*) from inbox"), discord.Posts.Count, new Random(72));
        for (var cut = 0; cut < Cuts; cut++)
        {
            var (resumed, at) = (discord.Gateway.Resumed, random.Next(Each));
            for (var number = 0; number < Each; number++)
            {
                if (number == at)
                    Cut(discord, cut);
                if (number % 25 == 0)
                    crowd.Say();
                else
                    discord.Say(crowd.People[random.Next(100)], crowd.Channels[random.Next(10)], $"{discord.BotUser.Mention} pending");
            }

            await discord.UntilAsync(() => discord.Gateway.Resumed > resumed, "gone on");
        }

        await bot.QuietAsync();
        output.WriteLine($"{Cuts * Each} events, {discord.Gateway.Connections} connections, {discord.Gateway.Resumed} resumes, {discord.Gateway.Identifies} session; {await bot.ScalarAsync<int>($"select count(*) from inbox") - rows} rows of the inbox, {discord.Posts.Count - before} answers, {crowd.Told.Count} stories");
        Assert.Equal(Cuts * Each, await bot.ScalarAsync<int>($"select count(*) from inbox") - rows);
        Assert.Equal(Cuts * Each / 25, await bot.ScalarAsync<int>($"select count(*) from claims"));
        Assert.Equal(Cuts * Each / 25 * 24, discord.Posts.Skip(before).Count(post => RunningDiscord.TextOf(post).StartsWith("Nothing waits", StringComparison.Ordinal)));
        crowd.AssertToldOnce();
        Assert.Equal(1, discord.Gateway.Identifies);
        Assert.Empty(discord.Breaches);
    }

    [Fact]
    public async Task A_new_process_goes_on_where_the_one_before_it_was_stopped()
    {
        await using var discord = await DiscordServer.StartAsync(new FastClock(Faster));
        var crowd = new DiscordCrowd(discord, channels: 3, people: 6, seed: 73);
        var bot = await RunningDiscord.StartAsync(discord);
        await crowd.GreetAsync(bot);
        for (var restart = 0; restart < 5; restart++)
        {
            crowd.Say();
            await bot.StopAsync();
            for (var number = 0; number < 5; number++)
                crowd.Say();

            // One that died noted less than it had done.
            if (restart % 2 == 1)
                await RewindAsync(discord, bot, by: 4);
            bot = await RunningDiscord.StartAsync(discord, bot);
            crowd.Say();
        }

        await bot.QuietAsync();
        output.WriteLine($"5 restarts, {crowd.Told.Count} stories, 25 of them while nobody listened; {discord.Gateway.Identifies} session, {discord.Gateway.Resumed} times gone on, closed with {string.Join(", ", discord.Gateway.ClientCloses.Select(code => code?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "nothing"))}");
        Assert.Equal(crowd.Told.Count, await bot.ScalarAsync<int>($"select count(*) from claims"));
        await bot.DisposeAsync();
        crowd.AssertToldOnce();
        Assert.Equal((1, 35), (discord.Gateway.Identifies, crowd.Told.Count));
        Assert.Empty(discord.Breaches);
    }

    [Fact]
    public async Task A_database_that_takes_nothing_for_a_minute_loses_nothing()
    {
        var clock = new FastClock(Faster);
        await using var discord = await DiscordServer.StartAsync(clock);
        var crowd = new DiscordCrowd(discord, channels: 3, people: 6, seed: 74);
        await using var bot = await RunningDiscord.StartAsync(discord);
        await crowd.GreetAsync(bot);
        await bot.WriteAsync((work, ct) => work.Sql.ExecuteAsync($"create trigger full_disk before insert on inbox begin select raise(abort, 'database or disk is full'); end", ct));
        var (began, resumes) = (clock.Passed, discord.Gateway.Resumes);
        while (clock.Passed - began < TimeSpan.FromMinutes(1))
        {
            crowd.Say();
            await Task.Delay(TimeSpan.FromSeconds(6), clock);
        }

        await bot.WriteAsync((work, ct) => work.Sql.ExecuteAsync($"drop trigger full_disk", ct));
        began = clock.Passed;
        await bot.QuietAsync();
        output.WriteLine($"{crowd.Told.Count} stories in a minute without a database; {discord.Gateway.Resumes - resumes} resumes, all done {(clock.Passed - began).TotalSeconds:0.0} s after it");
        crowd.AssertToldOnce();
        Assert.Equal(1, discord.Gateway.Identifies);
        Assert.InRange(discord.Gateway.Resumes - resumes, 2, 15);
    }

    [Fact]
    public async Task No_day_has_more_than_a_hundred_introductions_however_often_it_is_started()
    {
        // So fast that a day of it can be waited for, with leaps where nothing happens.
        var clock = new FastClock(60);
        await using var discord = await DiscordServer.StartAsync(clock);
        var bot = await RunningDiscord.StartAsync(discord);
        var (starts, restarts, asked) = (new List<TimeSpan> { clock.Passed }, 0, 0);
        void Note()
        {
            while (starts.Count < discord.Gateway.Identifies)
                starts.Add(clock.Passed);
        }

        // A day and a half in which no session lasts.
        while (clock.Passed < TimeSpan.FromHours(36))
        {
            var before = discord.Gateway.Identifies;
            discord.Gateway.Invalidate(resumable: false);
            if (++asked % 40 == 0)
                (bot, restarts) = (await bot.RestartAsync(ready: false), restarts + 1);
            var waited = TimeProvider.System.GetTimestamp();
            while (discord.Gateway.Identifies == before && TimeProvider.System.GetElapsedTime(waited) < TimeSpan.FromMilliseconds(before < 100 ? 2000 : 300))
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            Note();
            if (discord.Gateway.Identifies == before)
                clock.Skip(TimeSpan.FromMinutes(40));
        }

        var most = starts.Max(first => starts.Count(at => at >= first && at < first + TimeSpan.FromHours(24) - TimeSpan.FromMinutes(1)));
        output.WriteLine($"{starts.Count} introductions in 36 hours, never more than {most} in a day, over {restarts} restarts; the hundredth after {starts[99].TotalMinutes:0} min");
        Assert.Contains(bot.Log.Lines, line => line.Contains("introduced itself to Discord too often today", StringComparison.Ordinal));
        await bot.DisposeAsync();
        Assert.Equal(100, most);
        Assert.True(starts.Count > 100 && restarts > 2, "the next day it may again");
    }

    [Fact]
    public async Task A_gateway_that_lets_nobody_in_for_a_while_uses_up_no_introductions()
    {
        var clock = new FastClock(60);
        await using var discord = await DiscordServer.StartAsync(clock);
        discord.Gateway.Faults.RefusedConnections = int.MaxValue;
        await using var bot = await RunningDiscord.StartAsync(discord, ready: false);
        await Task.Delay(TimeSpan.FromMinutes(5), clock);
        var tried = int.MaxValue - discord.Gateway.Faults.RefusedConnections;
        discord.Gateway.Faults.RefusedConnections = 0;
        await discord.ListeningAsync();
        output.WriteLine($"{tried} connections refused, {await bot.ScalarAsync<int>($"select count(*) from discord_identifies")} introduction noted");
        Assert.True(tried > 5, $"{tried} tries");
        Assert.Equal(1, await bot.ScalarAsync<int>($"select count(*) from discord_identifies"));
    }

    private static async Task RewindAsync(DiscordServer discord, RunningDiscord stopped, int by)
    {
        var silent = await RunningDiscord.StartAsync(discord, stopped, listens: false);
        await silent.WriteAsync((work, ct) => work.Sql.ExecuteAsync($"update discord_sessions set sequence = sequence - {by}", ct));
        await silent.StopAsync();
    }

    private static void Cut(DiscordServer discord, int which)
    {
        switch (which % 5)
        {
            case 0:
                discord.Gateway.CutInTheMiddle();
                break;
            case 1:
                discord.Gateway.Reconnect();
                break;
            case 2:
                discord.Gateway.Invalidate(resumable: true);
                break;
            case 3:
                discord.Gateway.Close(4000);
                break;
            default:
                discord.Gateway.CutAll();
                break;
        }
    }
}
