using CopBot.Core.Chat;
using CopBot.Platforms.Discord;
using CopBot.Platforms.Discord.Intake;
using CopBot.PlatformTests.Discord.Storms;
using CopBot.Tests.Platforms.Slack.Blocks;
using CopBot.Tests.Platforms.WebChat;
using CopBot.Tests.Support.FakeDiscord;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CopBot.PlatformTests.Discord;

/// <summary>What people call themselves, or what they did, pings nobody: not when it is said, not when it is changed, not for one person's eyes.</summary>
public sealed class DiscordHostileTests(ITestOutputHelper output)
{
    private const int Count = 5000;
    private const string OurLink = "https://example.org/r?a=1&b=2";

    [Fact]
    public async Task No_name_title_or_reason_pings_anybody_on_create_on_edit_or_in_private()
    {
        var clock = new FastClock(1);
        await using var discord = await DiscordServer.StartAsync(clock);
        discord.Limits.Usual = (1_000_000, TimeSpan.FromSeconds(1));
        var crowd = new DiscordCrowd(discord, channels: 1, people: 3, seed: 101);
        var (ana, victim, asker) = (crowd.People[0], crowd.People[1], crowd.People[2]);
        var role = discord.Guild.AddRole("all of us", mentionable: true);
        await using var bot = await RunningDiscord.StartAsync(discord, paced: false);
        await discord.UntilAsync(() => discord.GlobalCommands.Count > 0, "the commands");
        var asked = await discord.RunCommandAsync(asker, crowd.Channels[0], "cop pending");
        await bot.QuietAsync();
        var (platform, id) = (bot.Services.GetRequiredService<DiscordPlatform>(), 1_000_000L);
        var place = new Place(DiscordPlatform.PlatformName, discord.Guild.Id, crowd.Channels[0].Id);
        var (before, kinds) = (discord.Posts.Count, SampleMessages.Kinds.Values.ToList());

        Delivery Of(string text, Func<string, Block> kind) => new(Interlocked.Increment(ref id), 1, place, null, new Message($"{SampleMessages.Ana}, {SampleMessages.Eve} says “{new UserText(text)}” of {SampleMessages.Eve:name} and {text:code}", new Card([kind(text)])),
            person => person == SampleMessages.Ana ? "ana" : text, Instant.FromDateTimeOffset(clock.GetUtcNow()))
        { Accounts = person => person == SampleMessages.Ana ? ana.Id : null };

        var texts = HostileTexts.All(Count).Select((text, number) => text + Sting(number, victim, role, crowd.Channels[0])).ToList();
        await Parallel.ForEachAsync(texts.Index(), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (one, ct) =>
        {
            var delivery = Of(one.Item, kinds[one.Index % kinds.Count]);
            var said = await platform.SendAsync(delivery, ct);
            Assert.Equal(SendOutcomeKind.Sent, said.Kind);
            Assert.Equal(SendOutcomeKind.Sent, (await platform.SendAsync(Of(one.Item, kinds[(one.Index + 1) % kinds.Count]) with { Revises = said.MessageId }, ct)).Kind);
            Assert.Equal(SendOutcomeKind.Sent, (await platform.SendAsync(delivery with { Id = Interlocked.Increment(ref id), Only = asker.Id, ReplyTo = DiscordWayBack.OfInteraction(asked.Token, asked.Id) }, ct)).Kind);
        });

        var posts = discord.Posts.Skip(before).ToList();
        output.WriteLine($"{Count} texts: {posts.Count(post => post.OnlyUser is null)} messages, {posts.Sum(post => post.Edits.Count)} edits, {posts.Count(post => post.OnlyUser is not null)} for one person's eyes; pinged: {string.Join(", ", posts.SelectMany(post => post.Pinged).Distinct())}, who may be");
        Assert.Equal((Count, Count, Count), (posts.Count(post => post.OnlyUser is null), posts.Sum(post => post.Edits.Count), posts.Count(post => post.OnlyUser == asker)));
        AssertInert(posts, ana);
        Assert.All(posts.SelectMany(post => post.Edits.Count > 0 ? post.Content.Pinged : []), pinged => Assert.Fail($"an edit pinged {pinged}"));
        Assert.Empty(discord.Breaches);
    }

    [Fact]
    public async Task Claims_of_people_with_such_names_are_said_and_changed_in_place_and_ping_nobody()
    {
        const int People = 150;
        await using var discord = await DiscordServer.StartAsync(new FastClock(5));
        var crowd = new DiscordCrowd(discord, channels: 3, people: 2, seed: 102);
        var (colleague, victim, random) = (crowd.People[0], crowd.People[1], new Random(103));
        var role = discord.Guild.AddRole("all of us", mentionable: true);
        var texts = HostileTexts.All(600).Where(text => text.Length is > 0 and < 200 && !text.Any(char.IsSurrogate) && !text.Contains('\0', StringComparison.Ordinal)).Take(People).ToList();
        var named = texts.Select((text, number) => (User: discord.Guild.AddPerson($"someone{number}", nick: Short(text + Sting(number, victim, role, crowd.Channels[0]), 32)), Title: $"{text} {random.Next():x} {random.Next():x} {Sting(number, victim, role, crowd.Channels[0])}".Replace('"', '”'))).ToList();
        await using var bot = await RunningDiscord.StartAsync(discord, paced: false);
        foreach (var (user, title) in named)
            discord.Say(user, crowd.Channels[0], $"{discord.BotUser.Mention} share \"{title}\" size=large");
        await bot.QuietAsync();
        var claims = await bot.ScalarAsync<int>($"select count(*) from claims");
        for (var number = 1; number <= claims; number++)
            discord.Say(colleague, crowd.Channels[0], $"{discord.BotUser.Mention} confirm {number}");
        await bot.QuietAsync();
        var edited = discord.Posts.Count(post => post.Edits.Count > 0);
        output.WriteLine($"{named.Count} people, {claims} claims, {discord.Posts.Count} messages, {edited} of them changed in place; pinged: {discord.Posts.SelectMany(post => post.Pinged).Distinct().Count()} people");
        Assert.True(claims > People / 3 && edited > People / 3, $"{claims} claims, {edited} edited");
        AssertInert(discord.Posts, [colleague, .. named.Select(one => one.User)]);
        Assert.Empty(discord.Breaches);
    }

    [Fact]
    public async Task What_pings_would_be_seen()
    {
        await using var discord = await DiscordServer.StartAsync();
        var crowd = new DiscordCrowd(discord, channels: 1, people: 1, seed: 104);
        await using var bot = await RunningDiscord.StartAsync(discord);
        var body = new System.Text.Json.Nodes.JsonObject { ["content"] = $"hello {crowd.People[0].Mention}" };
        await bot.Services.GetRequiredService<CopBot.Platforms.Discord.Api.DiscordApi>().CallAsync(CopBot.Platforms.Discord.Api.DiscordRoute.Post(crowd.Channels[0].Id), body, CancellationToken.None);
        Assert.NotEmpty(discord.Breaches);
        Assert.All(discord.Posts, post => Assert.NotEmpty(DiscordLive.In(post)));
    }

    // What Discord itself would make live, of real people, roles and channels.
    private static string Sting(int number, DiscordUser victim, DiscordRole role, DiscordChannel channel) => (number % 12) switch
    {
        0 => $"<@{victim.Id}>",
        1 => $"<@!{victim.Id}>",
        2 => $"<@&{role.Id}>",
        3 => "@everyone",
        4 => $"<#{channel.Id}>",
        5 => "@here",
        6 => "</cop:1234567890>",
        7 => "<:party:1234567890>",
        8 => "<t:1767600000:R>",
        9 => "[x](https://evil.example)",
        10 => $"\\<@{victim.Id}>",
        _ => $"`<@{victim.Id}>``",
    };

    private static string Short(string text, int most) => text.Length <= most ? text : text[^most..];

    private static void AssertInert(IEnumerable<DiscordMessage> posts, params DiscordUser[] addressed)
    {
        var may = addressed.Select(user => user.Mention).ToHashSet();
        foreach (var post in posts)
        {
            Assert.Empty(post.Pinged.Except(may));
            Assert.All(DiscordLive.In(post), thing => Assert.True(may.Contains(thing) || thing.StartsWith(OurLink, StringComparison.Ordinal), $"{thing} is live in {RunningDiscord.TextOf(post)}"));
        }
    }
}
