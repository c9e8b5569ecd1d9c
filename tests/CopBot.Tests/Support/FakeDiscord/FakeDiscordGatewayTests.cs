using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>The gateway, right and wrong.</summary>
public sealed class FakeDiscordGatewayTests
{
    [Theory]
    [InlineData("wrong token", 4004)]
    [InlineData("privileged", 4014)]
    [InlineData("unknown intent", 4013)]
    [InlineData("shard", 4010)]
    [InlineData("too few shards", 4011)]
    [InlineData("too early", 4003)]
    [InlineData("no op", 4001)]
    [InlineData("no json", 4002)]
    [InlineData("too long", 4002)]
    [InlineData("twice", 4005)]
    [InlineData("too often", 4008)]
    [InlineData("old version", 4012)]
    public async Task What_is_wrong_is_closed_with_its_code(string what, int code)
    {
        await using var discord = await DiscordServer.StartAsync();
        using var probe = new DiscordProbe(discord);
        await probe.OpenAsync(query: what == "old version" ? "?v=6&encoding=json" : "?v=10&encoding=json", hello: what != "old version");
        switch (what)
        {
            case "wrong token":
                await probe.IdentifyAsync(token: "wrong");
                break;
            case "privileged":
                await probe.IdentifyAsync(GatewayIntents.Guilds | GatewayIntents.MessageContent);
                break;
            case "unknown intent":
                await probe.IdentifyAsync(1 << 30);
                break;
            case "shard":
                await probe.IdentifyAsync(shard: new JsonArray(1, 1));
                break;
            case "too few shards":
                discord.Gateway.LeastShards = 2;
                await probe.IdentifyAsync();
                break;
            case "too early":
                await probe.FrameAsync(3, new JsonObject());
                break;
            case "no op":
                await probe.FrameAsync(77, new JsonObject());
                break;
            case "no json":
                await probe.TextAsync("{");
                break;
            case "too long":
                await probe.FrameAsync(1, new string('x', 4096));
                break;
            case "twice":
                await probe.IdentifyAsync();
                await probe.UntilAsync("READY");
                await probe.IdentifyAsync();
                break;
            case "too often":
                discord.Gateway.SendsPerMinute = 2;
                for (var beat = 0; beat < 3; beat++)
                    await probe.FrameAsync(1, null);
                break;
            default:
                break;
        }
        while (await probe.ReadAsync() is not null)
            continue;
        Assert.Equal(code, probe.Closed);
    }

    [Fact]
    public async Task What_was_missed_is_replayed_and_a_goodbye_ends_it()
    {
        await using var discord = await DiscordServer.StartAsync(new HandClock());
        var (anna, channel) = (discord.Guild.AddPerson("anna"), discord.Guild.AddChannel("general"));
        using var probe = new DiscordProbe(discord);
        Assert.Equal(41_250, (int)(await probe.OpenAsync(query: "?v=10&encoding=json&compress=zlib-stream"))!["d"]!["heartbeat_interval"]!);
        await probe.IdentifyAsync(GatewayIntents.Guilds | GatewayIntents.GuildMessages);
        var ready = await probe.UntilAsync("READY");
        Assert.Equal((discord.ResumeUrl.AbsoluteUri, true), ((string)ready["resume_gateway_url"]!, (bool)ready["guilds"]![0]!["unavailable"]!));
        Assert.Equal(discord.Guild.Id, (string)(await probe.UntilAsync("GUILD_CREATE"))["id"]!);
        discord.Say(anna, channel, "first");
        Assert.Equal("", (string)(await probe.UntilAsync("MESSAGE_CREATE"))["content"]!);
        probe.Cut();
        await discord.UntilAsync(() => !discord.Gateway.Sessions[0].Connected, "the cut");
        discord.Say(anna, channel, $"second {discord.BotUser.Mention}");
        await probe.OpenAsync(discord.ResumeUrl);
        await probe.ResumeAsync();
        Assert.Equal($"second {discord.BotUser.Mention}", (string)(await probe.UntilAsync("MESSAGE_CREATE"))["content"]!);
        await probe.UntilAsync("RESUMED");
        Assert.Equal(probe.Sequence, discord.Gateway.Sessions[0].Sequence);
        await probe.CloseAsync(1000);
        await discord.UntilAsync(() => discord.Gateway.Sessions.Count == 0, "the end of the session");
        await probe.OpenAsync(discord.ResumeUrl);
        await probe.ResumeAsync();
        var refused = await probe.ReadAsync();
        Assert.Equal((9, false), ((int)refused!["op"]!, (bool)refused["d"]!));
        Assert.Equal((1, 2, 1), (discord.Gateway.Identifies, discord.Gateway.Resumes, discord.Gateway.Resumed));
        Assert.Empty(discord.Breaches);
    }

    [Fact]
    public async Task Intents_and_shards_decide_who_hears_what()
    {
        await using var discord = await DiscordServer.StartAsync(new HandClock());
        var (anna, channel) = (discord.Guild.AddPerson("anna"), discord.Guild.AddChannel("general"));
        using var probe = new DiscordProbe(discord);
        using var other = new DiscordProbe(discord);
        await probe.OpenAsync();
        await probe.IdentifyAsync(GatewayIntents.GuildMembers | GatewayIntents.DirectMessages);
        await probe.UntilAsync("READY");
        var session = discord.Gateway.Sessions[0];
        discord.Say(anna, channel, "unheard");
        discord.Direct(anna, "heard");
        discord.Guild.Leave(anna);
        Assert.Equal(["READY", "MESSAGE_CREATE", "GUILD_MEMBER_REMOVE"], session.Dispatched.Select(each => each.Type));
        var shard = (int)((ulong.Parse(discord.Guild.Id, System.Globalization.CultureInfo.InvariantCulture) >> 22) % 2);
        await other.OpenAsync();
        await other.IdentifyAsync(GatewayIntents.Guilds, shard: new JsonArray(1 - shard, 2));
        Assert.Empty((await other.UntilAsync("READY"))["guilds"]!.AsArray());
    }

    [Fact]
    public async Task Faults_of_the_gateway_happen_as_scripted()
    {
        await using var discord = await DiscordServer.StartAsync(new HandClock());
        var (anna, channel) = (discord.Guild.AddPerson("anna"), discord.Guild.AddChannel("general"));
        const int intents = GatewayIntents.GuildMessages;
        using var probe = new DiscordProbe(discord);
        discord.Gateway.Faults.RefusedConnections = 1;
        await Assert.ThrowsAsync<WebSocketException>(() => probe.OpenAsync());
        discord.Gateway.Faults.WithoutHello = 1;
        await probe.OpenAsync(hello: false);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe.ReadAsync(TimeSpan.FromMilliseconds(100)));
        await probe.OpenAsync();
        await probe.IdentifyAsync(intents);
        await probe.UntilAsync("READY");
        await probe.FrameAsync(1, null);
        Assert.Equal(11, (int)(await probe.ReadAsync())!["op"]!);

        // A gap: what comes next has a number that is one too high; a resume brings what is missing.
        (discord.Gateway.Faults.Dropped, discord.Gateway.Faults.Duplicated) = (1, 1);
        discord.Say(anna, channel, "lost on the way");
        discord.Say(anna, channel, "twice");
        discord.Say(anna, channel, "once");
        List<long> numbers = [];
        for (var frame = 0; frame < 3; frame++)
            numbers.Add((long)(await probe.ReadAsync())!["s"]!);
        Assert.Equal([3, 3, 4], numbers);

        discord.Gateway.Reconnect();
        Assert.Equal(7, (int)(await probe.ReadAsync())!["op"]!);
        probe.Cut();
        discord.Gateway.Faults.ResumesClosedAtOnce = 1;
        await probe.OpenAsync(discord.ResumeUrl);
        await probe.ResumeAsync(from: 1);
        Assert.Equal([2, 3, 4, 5], await ReadAll(probe));
        Assert.Equal(4000, probe.Closed);
        discord.Gateway.Faults.PostponedResumes = 1;
        await probe.OpenAsync(discord.ResumeUrl);
        await probe.ResumeAsync();
        Assert.True((bool)(await probe.ReadAsync())!["d"]!);
        (discord.Gateway.Faults.Deaf, discord.Gateway.Faults.WithoutAck) = (1, true);
        await probe.ResumeAsync();
        await probe.UntilAsync("RESUMED");
        discord.Say(anna, channel, "to the deaf");
        await probe.FrameAsync(1, null);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe.ReadAsync(TimeSpan.FromMilliseconds(100)));
        await probe.OpenAsync(discord.ResumeUrl);
        await probe.ResumeAsync();
        await probe.UntilAsync("RESUMED");
        discord.Gateway.SendRubbish();
        await Assert.ThrowsAnyAsync<System.Text.Json.JsonException>(() => probe.ReadAsync());
        discord.Gateway.SendHuge(200_000);
        Assert.Equal("HUGE", (string?)(await probe.ReadAsync())!["t"]);
        discord.Gateway.Invalidate(resumable: false);
        Assert.False((bool)(await probe.ReadAsync())!["d"]!);
        Assert.Empty(discord.Gateway.Sessions);
        discord.Gateway.CutInTheMiddle();
        await Assert.ThrowsAsync<WebSocketException>(() => probe.ReadAsync());
        Assert.Empty(discord.Breaches);
    }

    [Fact]
    public async Task A_heartbeat_that_tells_of_more_than_there_was_is_a_breach()
    {
        await using var discord = await DiscordServer.StartAsync();
        using var probe = new DiscordProbe(discord);
        await probe.OpenAsync();
        await probe.FrameAsync(1, 7);
        await probe.ReadAsync();
        await probe.IdentifyAsync();
        await probe.UntilAsync("GUILD_CREATE");
        await probe.FrameAsync(1, probe.Sequence);
        await probe.ReadAsync();
        Assert.Empty(discord.Breaches);
        await probe.FrameAsync(1, probe.Sequence + 1);
        await probe.ReadAsync();
        Assert.Contains("heartbeat", Assert.Single(discord.Breaches), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_hundred_cuts_lose_nothing_that_a_resume_brings()
    {
        await using var discord = await DiscordServer.StartAsync(new HandClock());
        var (anna, channel) = (discord.Guild.AddPerson("anna"), discord.Guild.AddChannel("general"));
        using var probe = new DiscordProbe(discord);
        await probe.OpenAsync();
        await probe.IdentifyAsync(GatewayIntents.GuildMessages);
        await probe.UntilAsync("READY");
        List<string> heard = [];
        for (var cut = 0; cut < 200; cut++)
        {
            for (var message = 0; message < 10; message++)
                discord.Say(anna, channel, "x");
            // Some of them are read before the cut, others were already on their way.
            for (var read = 0; read < cut % 10; read++)
                heard.Add((string)(await probe.ReadAsync())!["d"]!["id"]!);
            probe.Cut();
            await probe.OpenAsync(discord.ResumeUrl);
            await probe.ResumeAsync();
            while (await probe.ReadAsync() is { } frame && (string?)frame["t"] != "RESUMED")
                heard.Add((string)frame["d"]!["id"]!);
        }
        Assert.Equal(discord.AllMessages.Select(message => message.Id), heard);
        Assert.Equal((1, 200), (discord.Gateway.Identifies, discord.Gateway.Resumed));
    }

    [Fact]
    public async Task Sessions_are_started_at_the_pace_allowed_and_only_so_often()
    {
        var clock = new HandClock();
        await using var discord = await DiscordServer.StartAsync(clock);
        discord.Gateway.IdentifyPause = TimeSpan.FromSeconds(5);
        discord.Gateway.StartsRemaining = 3;
        using var probe = new DiscordProbe(discord);
        var old = discord.Token;
        List<int> answers = [];
        foreach (var pause in (int[])[0, 1, 5, 5])
        {
            clock.Now += TimeSpan.FromSeconds(pause);
            await probe.OpenAsync();
            await probe.IdentifyAsync(token: old);
            answers.Add(await probe.ReadAsync() is { } frame ? (int)frame["op"]! : probe.Closed!.Value);
        }
        Assert.Equal([0, 9, 0, 4004], answers);
        Assert.NotEqual(old, discord.Token);
    }

    [Fact]
    public async Task Members_come_in_chunks()
    {
        await using var discord = await DiscordServer.StartAsync(new HandClock());
        for (var person = 0; person < 1500; person++)
            discord.Guild.AddPerson($"p{person}");
        using var probe = new DiscordProbe(discord);
        await probe.OpenAsync();
        await probe.IdentifyAsync(GatewayIntents.Guilds | GatewayIntents.GuildMembers);
        await probe.UntilAsync("GUILD_CREATE");
        await probe.FrameAsync(8, new JsonObject { ["guild_id"] = discord.Guild.Id, ["query"] = "", ["limit"] = 0, ["nonce"] = "n" });
        var (first, second) = (await probe.UntilAsync("GUILD_MEMBERS_CHUNK"), await probe.UntilAsync("GUILD_MEMBERS_CHUNK"));
        Assert.Equal((1000, 502, 2, "n"), (first["members"]!.AsArray().Count, second["members"]!.AsArray().Count, (int)second["chunk_count"]!, (string)second["nonce"]!));
        await probe.FrameAsync(8, new JsonObject { ["guild_id"] = discord.Guild.Id, ["query"] = "", ["limit"] = 0 });
        Assert.Equal(30, (double)(await probe.UntilAsync("RATE_LIMITED"))["retry_after"]!);
        Assert.Empty(discord.Breaches);
    }

    private static async Task<List<long>> ReadAll(DiscordProbe probe)
    {
        List<long> numbers = [];
        while (await probe.ReadAsync() is { } frame)
            numbers.Add((long)frame["s"]!);
        return numbers;
    }
}
