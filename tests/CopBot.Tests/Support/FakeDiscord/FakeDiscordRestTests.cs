using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>What discord.js does not bring about: refusals, failures on the way, things that happen twice or too late.</summary>
public sealed class FakeDiscordRestTests
{
    private const string Messages = "POST /channels/{channel_id}/messages";

    [Fact]
    public async Task Who_does_not_say_who_they_are_is_turned_away()
    {
        await using var discord = await DiscordServer.StartAsync();
        using var probe = new DiscordProbe(discord);
        Assert.Equal((403, null), await probe.SendAsync("GET", "/users/@me", agent: "curl/8") is var (status, body, _) ? (status, body) : default);
        Assert.Equal(401, (await probe.SendAsync("GET", "/users/@me", token: "wrong")).Status);
        Assert.Equal(404, (await probe.SendAsync("GET", "/nothing")).Status);
        Assert.Equal(405, (await probe.SendAsync("DELETE", "/users/@me")).Status);
        Assert.Equal(200, (await probe.SendAsync("GET", "/users/@me")).Status);
        Assert.Equal((2, 2), (discord.Limits.InvalidRequests, discord.Limits.MostInvalidInTenMinutes));
        Assert.Contains("User-Agent", Assert.Single(discord.Breaches), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_without_explicit_mentions_is_a_breach_on_create_and_on_edit()
    {
        await using var discord = await DiscordServer.StartAsync();
        var (anna, channel) = (discord.Guild.AddPerson("anna"), discord.Guild.AddChannel("general"));
        using var probe = new DiscordProbe(discord);
        var (status, body, _) = await probe.SendAsync("POST", $"/channels/{channel.Id}/messages", new JsonObject { ["content"] = "hello" });
        Assert.Equal((400, 50035), (status, (int)body!["code"]!));
        Assert.Contains("explicit", (string)body["errors"]!["allowed_mentions"]!["_errors"]![0]!["message"]!, StringComparison.Ordinal);
        Assert.Single(discord.Breaches);
        var made = (await probe.SendAsync("POST", $"/channels/{channel.Id}/messages", DiscordProbe.Message("hello"))).Body!;
        Assert.Equal(400, (await probe.SendAsync("PATCH", $"/channels/{channel.Id}/messages/{made["id"]}", new JsonObject { ["content"] = "more" })).Status);
        Assert.Equal(2, discord.Breaches.Count);
        var edit = DiscordProbe.Message($"{anna.Mention} @everyone <@&{discord.Guild.BotRole!.Id}>");
        edit["allowed_mentions"] = JsonNode.Parse($$"""{"parse":["everyone"],"users":["{{anna.Id}}"]}""");
        Assert.Equal(200, (await probe.SendAsync("PATCH", $"/channels/{channel.Id}/messages/{made["id"]}", edit)).Status);
        Assert.Equal([anna.Mention, "@everyone"], discord.Posts[0].Pinged);
        Assert.Equal(("hello", 2), (discord.Posts[0].Edits[0].Text, discord.Breaches.Count));
        await probe.SendAsync("PUT", $"/channels/{channel.Id}/messages/{made["id"]}/reactions/%F0%9F%91%8D/@me");
        var seen = (await probe.SendAsync("GET", $"/channels/{channel.Id}/messages?limit=1")).Body![0]!;
        Assert.Equal((anna.Id, true, "👍"), ((string)seen["mentions"]![0]!["id"]!, (bool)seen["reactions"]![0]!["me"]!, (string)seen["reactions"]![0]!["emoji"]!["name"]!));
    }

    [Theory]
    [InlineData("""{"content":null}""", 400, 50006)]
    [InlineData("""{"embeds":[{"title":"x","description":"LONG4097"}]}""", 400, 50035)]
    [InlineData("""{"content":"LONG2001"}""", 400, 50035)]
    [InlineData("""{"content":"x","nonce":"LONG26"}""", 400, 50035)]
    [InlineData("""{"content":"x","colour":1}""", 400, 50035)]
    [InlineData("""{"content":"x","components":[{"type":1,"components":[{"type":2,"style":1,"label":"A","custom_id":"a"},{"type":2,"style":1,"label":"B","custom_id":"a"}]}]}""", 400, 50035)]
    [InlineData("""{"content":"x","components":[{"type":1,"components":[{"type":2,"style":5,"label":"A","url":"javascript:alert(1)"}]}]}""", 400, 50035)]
    [InlineData("""{"content":"x","components":[{"type":1,"components":[{"type":3,"custom_id":"a","options":[]}]}]}""", 400, 50035)]
    [InlineData("""{"content":"x","components":[{"type":1,"components":[{"type":2,"style":1,"label":"LONG81","custom_id":"a"}]}]}""", 400, 50035)]
    [InlineData("""{"embeds":[{"description":"LONG4000"},{"description":"LONG2001"}]}""", 400, 50035)]
    [InlineData("""{"content":"LONG2000","nonce":"LONG25","embeds":[{"description":"LONG4000"},{"description":"LONG2000"}]}""", 200, 0)]
    public async Task What_a_message_may_hold(string body, int status, int code)
    {
        await using var discord = await DiscordServer.StartAsync();
        var channel = discord.Guild.AddChannel("general");
        using var probe = new DiscordProbe(discord);
        var message = JsonNode.Parse(System.Text.RegularExpressions.Regex.Replace(body, "LONG([0-9]+)", match => new string('x', int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))))!.AsObject();
        message["allowed_mentions"] = new JsonObject { ["parse"] = new JsonArray() };
        if (body.Contains("colour", StringComparison.Ordinal))
            NeededSpecs.Discord();
        var (answered, answer, _) = await probe.SendAsync("POST", $"/channels/{channel.Id}/messages", message);
        Assert.Equal((status, code), (answered, (int?)answer!["code"] ?? 0));
        Assert.Equal(code == 50035, discord.Breaches.Count > 0);
    }

    [Fact]
    public async Task What_Discord_refuses_by_state_is_refused_without_being_a_breach()
    {
        await using var discord = await DiscordServer.StartAsync();
        var guild = discord.Guild;
        var (anna, shut, stranger) = (guild.AddPerson("anna"), guild.AddPerson("shut"), discord.AddUser("stranger"));
        shut.DirectMessagesClosed = true;
        var (open, hidden, mute, gone, forum) = (guild.AddChannel("open"), guild.AddChannel("hidden"), guild.AddChannel("mute"), guild.AddChannel("gone"), guild.AddChannel("forum", DiscordChannel.GuildForum));
        guild.Hide(hidden);
        guild.Overwrite(mute, new(discord.BotUser.Id, 1, 0, DiscordPermissions.SendMessages));
        guild.DeleteChannel(gone);
        var asleep = guild.AddThread(open, "asleep", anna);
        guild.Archive(asleep, locked: true);
        var hers = discord.Say(anna, open, "hers");
        var high = guild.AddRole("high");
        guild.Raise(high);
        using var probe = new DiscordProbe(discord);
        foreach (var (method, path, body, code) in new (string, string, JsonObject?, int)[]
        {
            ("POST", $"/channels/{hidden.Id}/messages", DiscordProbe.Message("x"), 50001),
            ("POST", $"/channels/{mute.Id}/messages", DiscordProbe.Message("x"), 50013),
            ("POST", $"/channels/{gone.Id}/messages", DiscordProbe.Message("x"), 10003),
            ("POST", $"/channels/{forum.Id}/messages", DiscordProbe.Message("x"), 50008),
            ("POST", $"/channels/{asleep.Id}/messages", DiscordProbe.Message("x"), 50083),
            ("POST", $"/channels/{discord.DirectOf(shut).Id}/messages", DiscordProbe.Message("x"), 50007),
            ("POST", $"/channels/{discord.DirectOf(stranger).Id}/messages", DiscordProbe.Message("x"), 50278),
            ("PATCH", $"/channels/{open.Id}/messages/{hers.Id}", DiscordProbe.Message("x"), 50005),
            ("PATCH", $"/channels/{open.Id}/messages/1", DiscordProbe.Message("x"), 10008),
            ("DELETE", $"/channels/{open.Id}/messages/{hers.Id}", null, 50013),
            ("PUT", $"/guilds/{guild.Id}/members/{anna.Id}/roles/{high.Id}", null, 50013),
            ("PUT", $"/guilds/{guild.Id}/members/{stranger.Id}/roles/{high.Id}", null, 10007),
            ("PUT", $"/guilds/{guild.Id}/members/{anna.Id}/roles/1", null, 10011),
            ("GET", "/guilds/1", null, 10004),
            ("POST", "/interactions/1/abc/callback", new() { ["type"] = 5 }, 10062),
        })
            Assert.Equal((path, code), (path, (int)(await probe.SendAsync(method, path, body)).Body!["code"]!));
        guild.KickBot();
        Assert.Equal(50001, (int)(await probe.SendAsync("GET", $"/guilds/{guild.Id}/roles")).Body!["code"]!);
        Assert.Empty(discord.Breaches);
    }

    [Fact]
    public async Task A_nonce_brings_back_what_was_said_also_after_a_cut()
    {
        var clock = new HandClock();
        await using var discord = await DiscordServer.StartAsync(clock);
        var channel = discord.Guild.AddChannel("general");
        using var probe = new DiscordProbe(discord);
        JsonObject Once()
        {
            var message = DiscordProbe.Message("once");
            (message["nonce"], message["enforce_nonce"]) = ("1", true);
            return message;
        }
        discord.Faults.Next(Messages, DiscordFault.CutBefore, DiscordFault.CutAfter);
        await Assert.ThrowsAsync<HttpRequestException>(() => probe.SendAsync("POST", $"/channels/{channel.Id}/messages", Once()));
        Assert.Empty(discord.Posts);
        await Assert.ThrowsAsync<HttpRequestException>(() => probe.SendAsync("POST", $"/channels/{channel.Id}/messages", Once()));
        var again = await probe.SendAsync("POST", $"/channels/{channel.Id}/messages", Once());
        Assert.Equal(Assert.Single(discord.Posts).Id, (string)again.Body!["id"]!);
        clock.Now += TimeSpan.FromMinutes(6);
        await probe.SendAsync("POST", $"/channels/{channel.Id}/messages", Once());
        Assert.Equal(2, discord.Posts.Count);
        Assert.Empty(discord.Breaches);
    }

    [Fact]
    public async Task Rates_are_limited_by_bucket_and_for_all()
    {
        var clock = new HandClock();
        await using var discord = await DiscordServer.StartAsync(clock);
        var (one, two) = (discord.Guild.AddChannel("one"), discord.Guild.AddChannel("two"));
        using var probe = new DiscordProbe(discord);
        discord.Limits.Set(Messages, 2, TimeSpan.FromSeconds(5));
        var first = await probe.SendAsync("POST", $"/channels/{one.Id}/messages", DiscordProbe.Message("1"));
        Assert.Equal(["1"], first.Whole.Headers.GetValues("X-RateLimit-Remaining"));
        await probe.SendAsync("POST", $"/channels/{one.Id}/messages", DiscordProbe.Message("2"));
        clock.Now += TimeSpan.FromSeconds(3.5);
        var third = await probe.SendAsync("POST", $"/channels/{one.Id}/messages", DiscordProbe.Message("3"));
        Assert.Equal((429, 1.5, false), (third.Status, (double)third.Body!["retry_after"]!, (bool)third.Body["global"]!));
        Assert.Equal(["user"], third.Whole.Headers.GetValues("X-RateLimit-Scope"));
        var other = await probe.SendAsync("POST", $"/channels/{two.Id}/messages", DiscordProbe.Message("4"));
        Assert.Equal(200, other.Status);
        Assert.Equal(first.Whole.Headers.GetValues("X-RateLimit-Bucket"), other.Whole.Headers.GetValues("X-RateLimit-Bucket"));
        clock.Now += TimeSpan.FromSeconds(1.5);
        Assert.Equal(200, (await probe.SendAsync("POST", $"/channels/{one.Id}/messages", DiscordProbe.Message("5"))).Status);

        discord.Limits.Global = 1;
        await probe.SendAsync("GET", "/users/@me");
        var all = await probe.SendAsync("GET", "/gateway/bot");
        Assert.Equal((429, true), (all.Status, (bool)all.Body!["global"]!));
        Assert.Equal(["true"], all.Whole.Headers.GetValues("X-RateLimit-Global"));
        discord.Limits.Global = 0;
        discord.Faults.Next("*", DiscordFault.Cloudflare, DiscordFault.SharedLimited(1), DiscordFault.Status(502));
        var banned = await probe.SendAsync("GET", "/users/@me");
        Assert.Equal((429, false), (banned.Status, banned.Whole.Headers.Contains("X-RateLimit-Scope")));
        Assert.Equal(429, (await probe.SendAsync("GET", "/users/@me")).Status);
        Assert.Equal(502, (await probe.SendAsync("GET", "/users/@me")).Status);
        Assert.Equal(3, discord.Limits.InvalidRequests);
        discord.Limits.InvalidAllowed = 3;
        await probe.SendAsync("GET", "/users/@me", token: "wrong");
        Assert.Equal(429, (await probe.SendAsync("GET", "/users/@me")).Status);
        Assert.True(discord.Limits.Banned);
    }

    [Fact]
    public async Task Events_of_a_guild_and_reasons_are_held_to_their_rules()
    {
        var clock = new HandClock();
        await using var discord = await DiscordServer.StartAsync(clock);
        using var probe = new DiscordProbe(discord);
        var path = $"/guilds/{discord.Guild.Id}/scheduled-events";
        JsonObject Event(double startsIn, double? endsIn) => new()
        {
            ["name"] = "Gathering",
            ["privacy_level"] = 2,
            ["entity_type"] = 3,
            ["entity_metadata"] = new JsonObject { ["location"] = "Here" },
            ["scheduled_start_time"] = clock.Now.AddHours(startsIn).ToString("O"),
            ["scheduled_end_time"] = endsIn is { } end ? clock.Now.AddHours(end).ToString("O") : null,
        };
        Assert.Equal(400, (await probe.SendAsync("POST", path, Event(-1, 1))).Status);
        Assert.Equal(400, (await probe.SendAsync("POST", path, Event(1, null))).Status);
        var made = await probe.SendAsync("POST", path, Event(1, 2), reason: "Because%20%C3%A9");
        Assert.Equal((200, "Because é"), (made.Status, discord.Guild.ScheduledEvents[0].Reason));
        Assert.Equal(400, (await probe.SendAsync("PATCH", $"{path}/{made.Body!["id"]}", new JsonObject { ["status"] = 3 })).Status);
        Assert.Equal(200, (await probe.SendAsync("PATCH", $"{path}/{made.Body["id"]}", new JsonObject { ["status"] = 2 })).Status);
        Assert.Equal(2, discord.Guild.ScheduledEvents[0].Status);
        Assert.Empty(discord.Breaches);
        Assert.Equal(400, (await probe.SendAsync("DELETE", $"{path}/{made.Body["id"]}", reason: new string('x', 513))).Status);
        Assert.Single(discord.Breaches);
        discord.Guild.BotRole!.Permissions &= ~DiscordPermissions.CreateEvents;
        Assert.Equal(50013, (int)(await probe.SendAsync("POST", path, Event(1, 2))).Body!["code"]!);
    }

    [Fact]
    public void Every_route_is_one_of_Discords()
    {
        var specs = NeededSpecs.Discord();
        Assert.Empty(DiscordRest.All.Where(route => !specs.Knows(route.Method, route.Path)).Select(route => route.Name));
    }
}

/// <summary>A clock that stands where a test puts it.</summary>
internal sealed class HandClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch.AddSeconds(1_767_600_000);

    public override DateTimeOffset GetUtcNow() => Now;
}
