using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using CopBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CopBot.Tests.Core.Features.Noise;

/// <summary>The edges of freezing and thawing.</summary>
public sealed class FreezeTests
{
    [Fact]
    public async Task One_that_begins_again_in_the_moment_in_which_it_ended_goes_on()
    {
        await using var chat = await Conversation.StartAsync();
        await chat.SayAsync("lea", "freeze incident \"Pager is down\"");
        await chat.SayAsync("lea", "thaw");
        Assert.Contains("is frozen", await chat.AskAsync("lea", "freeze incident \"It was not over\""));
        Assert.Equal(1, await chat.ScalarAsync<int>($"select count(*) from pauses where ended_at is null"));
    }

    [Theory]
    [InlineData("freeze incident \"Checkout is down\"", "#general is frozen already, during “Pager is down”; `thaw` ends it. Nothing was changed.")]
    [InlineData("freeze incident \"Checkout is down\" channels=#ops,#general", "#general is frozen already, during “Pager is down”; `thaw` ends it. Nothing was changed.")]
    [InlineData("freeze incident \"Checkout is down\" channels=ops", "A channel is written like `#general`; “ops” is none. Nothing was changed.")]
    [InlineData("freeze incident \"Checkout is down\" channels=\",\"", "Name a channel, such as `#general`. Nothing was changed.")]
    [InlineData("freeze incident", "`freeze incident` still needs `what`. Nothing was stored yet.")]
    [InlineData("thaw channels=#ops", "#ops is not frozen; #general is. Nothing was changed.")]
    [InlineData("thaw #ops", "#ops is not frozen; #general is. Nothing was changed.")]
    public async Task What_cannot_be_done_is_said_in_one_private_sentence(string line, string says)
    {
        await using var chat = await Conversation.StartAsync();
        await chat.SayAsync("lea", "freeze incident \"Pager is down\"");
        var answer = Assert.Single(await chat.SayAsync("lea", line));
        Assert.Equal("lea", answer.Only);
        Assert.StartsWith(says, answer.Text);
        Assert.Equal(1, await chat.ScalarAsync<int>($"select count(*) from freezes"));
        Assert.Equal("I speak again in #general. Nothing waited.", await chat.AskAsync("lea", "thaw"));
        Assert.Equal("No channel is frozen. Nothing was changed.", await chat.AskAsync("lea", "thaw"));
    }

    [Fact]
    public async Task A_channel_that_no_platform_has_is_named()
    {
        await using var chat = await Conversation.StartAsync();
        await chat.SayAsync("lea", "help");
        var refusal = await Assert.ThrowsAsync<Refusal>(() => chat.Store.ReadAsync(Community.First, (work, ct) => new Channels(work, work.Get<Posts>(), work.Get<GonePlaces>(), work.Get<Communities>(), [new OneChannel()]).NamedAsync("#general,#nowhere", ct), CancellationToken.None));
        Assert.Equal("I know no channel “#nowhere”. Name one that I am in, such as `#general`. Nothing was changed.", refusal.Message);
    }

    [Fact]
    public async Task A_freeze_outlasts_a_restart_and_what_waited_is_said_once()
    {
        await using var database = await TestDatabase.CreateAsync(Product.Sqlite);
        await using (var chat = await Conversation.OnAsync(database.Setting))
        {
            await chat.SayAsync("lea", "announce \"Notes\" every=day at=10:00");
            await chat.SayAsync("lea", "freeze incident \"Checkout is down\"");
            Assert.Empty(await chat.WaitAsync(Duration.FromDays(1)));
        }

        await using var again = await Conversation.OnAsync(database.Setting, start: Instant.FromUtc(2026, 1, 6, 8, 0));
        Assert.Empty(await again.WaitAsync(Duration.FromDays(1)));
        Assert.EndsWith("Mon 5 Jan 10:00: Notes\nTue 6 Jan 10:00: Notes", Assert.Single(await again.SayAsync(again.Event("lea", "thaw", eventId: "thaw")), one => one.IsPublic).Text);
        Assert.Empty(await again.WaitAsync(Duration.FromMinutes(1)));
    }

    [Fact]
    public async Task Thawing_at_night_tells_what_waited_in_the_morning()
    {
        await using var chat = await Conversation.StartAsync();
        await chat.SayAsync("lea", "settings hours=09:00-17:00");
        await chat.SayAsync("lea", "announce \"Notes\" every=day at=10:00");
        await chat.SayAsync("lea", "freeze incident \"Checkout is down\"");
        Assert.Empty(await chat.WaitAsync(Duration.FromHours(16)));
        Assert.Equal("I speak again in #general. 1 post waited, told in one message when the working hours begin, Tue 6 Jan 09:00. Deadlines moved by 16 hours.", Assert.Single(await chat.SayAsync("lea", "thaw")).Text);

        // It breaks again before the morning: still nothing is said.
        await chat.SayAsync("lea", "freeze incident \"Checkout is down again\"");
        Assert.Empty(await chat.WaitAsync(Duration.FromHours(12)));
        Assert.EndsWith("Mon 5 Jan 10:00: Notes\nTue 6 Jan 10:00: Notes", Assert.Single(await chat.SayAsync("lea", "thaw"), one => one.IsPublic).Text);
    }

    [Fact]
    public async Task What_waits_for_the_morning_or_the_digest_waits_on_when_the_channel_freezes()
    {
        await using var chat = await Conversation.StartAsync();
        await chat.SayAsync("lea", "settings hours=\"mon-fri 09:00-17:00\" budget=1");
        await chat.SayAsync("lea", "announce \"First\" at=\"2026-01-06 10:00\"");
        await chat.SayAsync("lea", "announce \"Second\" at=\"2026-01-06 11:00\"");
        await chat.SayAsync("lea", "announce \"Third\" at=\"2026-01-10 11:00\"");
        Assert.Equal("First", Assert.Single(await chat.WaitAsync(Duration.FromDays(6))).Text);
        await chat.SayAsync("lea", "freeze incident \"Checkout is down\"");
        Assert.Empty(await chat.WaitAsync(Duration.FromDays(2)));
        Assert.Equal("Catching up: 2 posts waited while it was quiet here.\nTue 6 Jan 11:00: Second\nSat 10 Jan 11:00: Third", Assert.Single(await chat.SayAsync("lea", "thaw"), one => one.IsPublic).Text);
        Assert.Empty(await chat.WaitAsync(Duration.FromDays(10)));
    }

    [Fact]
    public async Task What_waits_follows_the_rules_as_they_change()
    {
        await using var chat = await Conversation.StartAsync();
        await chat.SayAsync("lea", "settings hours=\"mon-fri 09:00-17:00\" budget=1");
        await chat.SayAsync("lea", "announce \"First\" at=\"2026-01-06 10:00\"");
        await chat.SayAsync("lea", "announce \"Second\" at=\"2026-01-06 11:00\"");
        await chat.SayAsync("lea", "announce \"Third\" at=\"2026-01-06 18:00\"");
        Assert.Equal("First", Assert.Single(await chat.WaitAsync(Duration.FromHours(34))).Text);
        await chat.SayAsync("lea", "settings hours=\"mon-fri 08:00-17:00\"");
        Assert.Empty(await chat.WaitAsync(Duration.Zero));
        Assert.Contains("“Third” in #general, until the working hours begin, Wed 7 Jan 08:00", await chat.AskAsync("lea", "held"));

        await chat.SayAsync("lea", "settings hours=off budget=off");
        Assert.Equal(["1 post waited for the new week.\nTue 6 Jan 11:00: Second", "Third"], (await chat.WaitAsync(Duration.Zero)).Select(one => one.Text));
    }

    [Fact]
    public async Task A_catch_up_keeps_cards_without_what_could_be_clicked_and_shortens_only_what_is_too_long()
    {
        await using var chat = await Conversation.StartAsync();
        await chat.SayAsync("lea", "freeze incident \"Checkout is down\"");
        var board = new Message("The week is over.", Card.Of(new Ranking([new(1, "ana", 8)]), new Buttons([new("Why", "why")])));
        foreach (var message in (Message[])[board, .. Enumerable.Range(1, 4).Select(number => new Message($"{number}{new UserText(new string('x', 1_990))}"))])
            await chat.Store.WriteAsync(Community.First, (work, ct) => work.Get<Channels>().PostAsync(PostKind.Week, message, null, ct), CancellationToken.None);

        var said = Assert.Single(await chat.SayAsync("lea", "thaw"), one => one.IsPublic).Text.Split('\n');
        Assert.Equal(["Catching up: 5 posts waited while it was quiet here.", "Mon 5 Jan 09:00: The week is over.", "   1. ana 8"], said[..3]);
        Assert.Equal([2008, 2008, 138, 138], said[3..].Select(line => line.Length));
    }

    [Fact]
    public async Task A_freeze_in_one_community_leaves_the_other_alone()
    {
        await using var chat = await Conversation.StartAsync();
        var communities = chat.Services.GetRequiredService<Communities>();
        communities.Map(chat.Platform, "south", 2);
        await communities.CreateAsync(chat.Store, CancellationToken.None);
        foreach (var workspace in (string[])[LocalNames.Platform, "south"])
        {
            await chat.SayAsync(chat.Event("lea", "announce \"Notes\" every=day at=10:00", workspace: workspace));
            await chat.SayAsync(chat.Event("lea", "share \"A workshop on postmortems\" size=large", workspace: workspace));
        }

        await chat.SayAsync(chat.Event("lea", "freeze incident \"Checkout is down\"", workspace: "south"));
        var heard = await chat.WaitAsync(Duration.FromDays(12));
        Assert.All(heard, one => Assert.Equal(LocalNames.Platform, one.Workspace));
        Assert.Equal(13, heard.Count);
        Assert.True((await chat.SayAsync("lea", "win \"Nobody was paged\""))[^1].IsPublic);
        Assert.StartsWith("No post waits.", await chat.AskAsync("lea", "held"));
    }

    private sealed class OneChannel : IPlatform
    {
        public string Name => "one";

        public IReadOnlyList<string> Workspaces => ["w"];

        public Place MainPlace(Community community, string workspace) => new(Name, workspace, "#general");

        public Task<SendOutcome> SendAsync(Delivery delivery, CancellationToken ct) => Task.FromResult(SendOutcome.Sent);
    }
}
