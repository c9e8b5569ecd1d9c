using CopBot.Tests.Support.FakeDiscord;
using FakeGateway = CopBot.Tests.Support.FakeDiscord.DiscordGateway;

namespace CopBot.PlatformTests.Discord.Storms;

/// <summary>All that can go wrong at the gateway: the bot is back within a minute of its own time, or it stops and says what to change.</summary>
public sealed class GatewayTests(ITestOutputHelper output)
{
    private const int Faster = 15;
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    // What goes wrong, how it is brought about, and how many sessions there are in the end: one where it is gone on with.
    private static readonly Dictionary<string, (Action<FakeGateway> Happens, int Sessions)> Mishaps = new()
    {
        ["a cut"] = (gateway => gateway.CutAll(), 1),
        ["a cut in the middle of a frame"] = (gateway => gateway.CutInTheMiddle(), 1),
        ["op 7"] = (gateway => gateway.Reconnect(), 1),
        ["op 9 true"] = (gateway => gateway.Invalidate(resumable: true), 1),
        ["op 9 false"] = (gateway => gateway.Invalidate(resumable: false), 2),
        ["4000"] = (gateway => gateway.Close(4000), 1),
        ["4007"] = (gateway => gateway.Close(4007), 2),
        ["4008"] = (gateway => gateway.Close(4008), 1),
        ["4009"] = (gateway => gateway.Close(4009), 2),
        ["no hello, twice"] = (gateway => Then(gateway, faults => faults.WithoutHello = 2), 1),
        ["a refused resume"] = (gateway => Then(gateway, faults => faults.RefusedResumes = 1), 2),
        ["a resume put off"] = (gateway => Then(gateway, faults => faults.PostponedResumes = 1), 1),
        ["an identify refused at first"] = (gateway => Then(gateway, faults => (faults.RefusedResumes, faults.RefusedIdentifies) = (1, 1)), 2),
        ["resumes closed at once"] = (gateway => Then(gateway, faults => faults.ResumesClosedAtOnce = 50), 2),
        ["resumes cut at once"] = (gateway => Then(gateway, faults => (faults.ResumesClosedAtOnce, faults.CloseCodeAfterResume) = (50, null)), 2),
        ["connections refused"] = (gateway => Then(gateway, faults => faults.RefusedConnections = 2), 1),
        ["50 MB in a frame"] = (gateway => gateway.SendHuge(), 1),
        ["rubbish"] = (gateway => gateway.SendRubbish(), 1),
        ["bytes that are no text"] = (gateway => gateway.SendRubbish([0xff, 0xfe, 0x00, 0x9d]), 1),
        ["a member twice"] = (gateway => gateway.SendRubbish("""{"op":0,"op":0,"d":{"a":1,"a":2},"s":null,"t":"X"}"""), 1),
    };

    public static TheoryData<string> All => [.. Mishaps.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public async Task It_is_back_within_a_minute(string what)
    {
        var (clock, discord, crowd, bot) = await StartAsync();
        await using var server = discord;
        await using var one = bot;
        var (happens, sessions) = Mishaps[what];
        var (began, connections) = (clock.Passed, discord.Gateway.Connections);
        happens(discord.Gateway);

        // Where the session is gone on with, what is said meanwhile arrives; else what is said afterwards.
        if (sessions == 1)
            crowd.Say();
        await discord.UntilAsync(() => discord.Gateway.Connections > connections && discord.Gateway.Open.Any(open => open.Session is { Connected: true }) && bot.Gateway.Up == 1 && discord.Gateway.Identifies >= sessions, $"back after {what}");
        crowd.Say();
        await bot.QuietAsync();
        var took = clock.Passed - began;
        output.WriteLine($"{what}: back and answering after {took.TotalSeconds:0.0} s; {discord.Gateway.Identifies} sessions begun, {discord.Gateway.Resumes} resumes, {discord.Gateway.Connections} connections");
        crowd.AssertToldOnce();
        Assert.True(took < Minute, $"it took {took}");
        Assert.Equal(sessions, discord.Gateway.Identifies);
        if (what.StartsWith("resumes ", StringComparison.Ordinal))
            Assert.Equal(2, discord.Gateway.Resumes);
        Assert.Empty(discord.Breaches);
        Assert.Empty(bot.Log.Critical);
    }

    [Fact]
    public async Task A_quiet_beginning_is_no_reason_to_begin_again()
    {
        // Quiet is told by the clock, so on a busy machine that may not run far ahead of the work.
        var (_, discord, crowd, bot) = await StartAsync(clock: new FastClock(4));
        await using var server = discord;
        await using var one = bot;
        for (var number = 0; number < 20; number++)
            crowd.Say();
        await bot.QuietAsync();
        output.WriteLine($"{discord.Gateway.Connections} connection, {discord.Gateway.Identifies} session");
        crowd.AssertToldOnce();
        Assert.Equal((1, 1), (discord.Gateway.Connections, discord.Gateway.Identifies));
    }

    [Fact]
    public async Task A_gap_in_the_numbers_is_asked_for_and_what_comes_twice_is_done_once()
    {
        var (clock, discord, crowd, bot) = await StartAsync();
        await using var server = discord;
        await using var one = bot;
        var began = clock.Passed;
        discord.Gateway.Faults.Dropped = 1;
        crowd.Say();
        crowd.Say();
        await bot.QuietAsync();
        var took = clock.Passed - began;
        discord.Gateway.Faults.Duplicated = 10;
        for (var number = 0; number < 10; number++)
            crowd.Say();
        await bot.QuietAsync();
        output.WriteLine($"the gap was filled after {took.TotalSeconds:0.0} s by {discord.Gateway.Resumed} resume");
        crowd.AssertToldOnce();
        Assert.True(took < Minute && discord.Gateway is { Resumed: 1, Identifies: 1 });
    }

    [Fact]
    public async Task Heartbeats_that_nobody_answers_end_the_connection()
    {
        var (clock, discord, crowd, bot) = await StartAsync();
        await using var server = discord;
        await using var one = bot;
        var (began, beats) = (clock.Passed, discord.Gateway.Heartbeats);
        discord.Gateway.Faults.WithoutAck = true;
        await discord.UntilAsync(() => discord.Gateway.Heartbeats > beats, "a heartbeat");
        var unanswered = clock.Passed;
        await discord.UntilAsync(() => discord.Gateway.Resumes > 0, "another connection");
        discord.Gateway.Faults.WithoutAck = false;
        var took = clock.Passed - unanswered;
        crowd.Say();
        await bot.QuietAsync();
        output.WriteLine($"gone on {took.TotalSeconds:0.0} s after the first beat that nobody answered ({(clock.Passed - began).TotalSeconds:0.0} s in all)");
        crowd.AssertToldOnce();
        Assert.True(took < Minute, $"it took {took}");
        Assert.Equal(1, discord.Gateway.Identifies);
    }

    [Fact]
    public async Task A_connection_that_lives_and_brings_nothing_is_found_out_within_five_minutes()
    {
        var (clock, discord, crowd, bot) = await StartAsync();
        await using var server = discord;
        await using var one = bot;
        clock.Run(30);
        var began = clock.Passed;
        discord.Gateway.Deafen();
        crowd.Say();
        await discord.UntilAsync(() => discord.Gateway.Resumed > 0, "gone on over another connection");
        await bot.QuietAsync();
        var took = clock.Passed - began;
        output.WriteLine($"deaf: noticed, and what was said meanwhile answered, after {took.TotalSeconds:0} s; {discord.Gateway.Heartbeats} heartbeats, all answered");
        crowd.AssertToldOnce();
        Assert.True(took < TimeSpan.FromMinutes(5), $"it took {took}");
        Assert.Equal(1, discord.Gateway.Identifies);
    }

    [Theory]
    [InlineData(4004, false, "Reset Token")]
    [InlineData(4004, true, "Reset Token")]
    [InlineData(4014, false, "Server Members Intent")]
    [InlineData(4014, true, "Server Members Intent")]
    [InlineData(4010, false, "Start again")]
    [InlineData(4011, false, "Start again")]
    [InlineData(4012, false, "newer one")]
    [InlineData(4013, false, "newer version")]
    public async Task What_will_never_be_right_stops_it_with_words_that_help(int code, bool atFirst, string help)
    {
        await using var discord = await DiscordServer.StartAsync(new FastClock(Faster));
        if (atFirst)
            discord.Gateway.Faults.CloseCodeOnIdentify = code;
        await using var bot = await RunningDiscord.StartAsync(discord, ready: !atFirst);
        if (!atFirst)
            discord.Gateway.Close(code);
        await bot.Listening.WaitAsync(TimeSpan.FromMinutes(1));
        output.WriteLine($"{code}: {Assert.Single(bot.Log.Critical)}");
        Assert.Contains(help, bot.Log.Critical[0], StringComparison.Ordinal);
        Assert.Equal((code, 0, 1), (bot.Gateway.Refusal, bot.Gateway.Up, discord.Gateway.Connections));
    }

    [Fact]
    public async Task A_token_that_is_not_valid_at_the_start_is_not_tried_for_ever()
    {
        await using var discord = await DiscordServer.StartAsync(new FastClock(Faster));
        discord.Faults.Always("*", DiscordFault.Status(401, """{"message": "401: Unauthorized", "code": 0}"""));
        await using var bot = await RunningDiscord.StartAsync(discord, ready: false);
        await bot.Listening.WaitAsync(TimeSpan.FromMinutes(1));
        output.WriteLine(Assert.Single(bot.Log.Critical));
        Assert.Contains("Reset Token", bot.Log.Critical[0], StringComparison.Ordinal);
        Assert.Equal((4004, 0), (bot.Gateway.Refusal, discord.Gateway.Connections));
    }

    [Fact]
    public async Task A_login_that_is_put_off_and_fails_succeeds_within_a_minute()
    {
        var clock = new FastClock(Faster);
        await using var discord = await DiscordServer.StartAsync(clock);
        discord.Faults.Next("GET /gateway/bot", DiscordFault.RouteLimited(6), DiscordFault.Status(500), DiscordFault.GloballyLimited(3.5), DiscordFault.Cloudflare, DiscordFault.CutBefore, DiscordFault.Status(502));
        var began = clock.Passed;
        await using var bot = await RunningDiscord.StartAsync(discord);
        var took = clock.Passed - began;
        output.WriteLine($"up after {took.TotalSeconds:0.0} s, {discord.Requests.Count(request => request.Path == "/gateway/bot")} times asked where the gateway is");
        Assert.True(took < Minute, $"it took {took}");
        Assert.Equal(1, discord.Gateway.Identifies);
    }

    [Fact]
    public async Task A_network_that_is_away_for_a_while_costs_no_session_and_no_word()
    {
        var (clock, discord, crowd, bot) = await StartAsync();
        await using var server = discord;
        await using var one = bot;
        var began = clock.Passed;
        discord.Gateway.Faults.RefusedConnections = 1000;
        discord.Faults.Always("GET /gateway/bot", DiscordFault.CutBefore);
        discord.Gateway.CutAll();
        while (clock.Passed - began < TimeSpan.FromMinutes(2))
        {
            crowd.Say();
            await Task.Delay(TimeSpan.FromSeconds(10), clock);
        }

        (discord.Gateway.Faults.RefusedConnections, began) = (0, clock.Passed);
        discord.Faults.Clear();
        await discord.UntilAsync(() => bot.Gateway.Up == 1, "back");
        await bot.QuietAsync();
        var took = clock.Passed - began;
        output.WriteLine($"away for two minutes, back {took.TotalSeconds:0.0} s after; {crowd.Told.Count} stories said meanwhile, {discord.Gateway.Identifies} session");
        crowd.AssertToldOnce();
        Assert.True(took < Minute, $"it took {took}");
        Assert.Equal(1, discord.Gateway.Identifies);
    }

    private static void Then(FakeGateway gateway, Action<GatewayFaults> fault)
    {
        fault(gateway.Faults);
        gateway.CutAll();
    }

    private static async Task<(FastClock Clock, DiscordServer Discord, DiscordCrowd Crowd, RunningDiscord Bot)> StartAsync(FastClock? clock = null)
    {
        clock ??= new FastClock(Faster);
        var discord = await DiscordServer.StartAsync(clock);
        var crowd = new DiscordCrowd(discord, channels: 3, people: 5, seed: 61);
        var bot = await RunningDiscord.StartAsync(discord);
        await crowd.GreetAsync(bot);
        return (clock, discord, crowd, bot);
    }
}
