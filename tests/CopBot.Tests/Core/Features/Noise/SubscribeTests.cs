using System.Reflection;
using CopBot.Core.Chat;
using CopBot.Core.Features.Noise;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Noise;

/// <summary>Which channel hears what, and whose hours count.</summary>
public sealed class SubscribeTests
{
    [Fact]
    public async Task The_main_channel_hears_all_kinds_unless_it_does_without_and_others_what_they_subscribe_to()
    {
        await using var chat = await Conversation.StartAsync();
        Assert.Contains("\nannouncement: what a lead announces: #general\n", await chat.AskAsync("lea", "subscribe"));
        await chat.SayAsync("lea", "announce \"Notes\" every=day at=10:00");
        Assert.StartsWith("#ops gets what a lead announces from now on.\nannouncement: what a lead announces: #general and #ops\n", await chat.AskAsync("lea", "subscribe announcement in=#ops"));
        Assert.Equal(["#general", "#ops"], (await chat.WaitAsync(Duration.FromDays(1))).Select(one => one.Place));
        Assert.StartsWith("#general does without what a lead announces from now on.", await chat.AskAsync("lea", "unsubscribe announcement"));
        Assert.Equal(["#ops"], (await chat.WaitAsync(Duration.FromDays(1))).Select(one => one.Place));
        await chat.SayAsync("lea", "unsubscribe announcement in=#ops");
        Assert.Empty(await chat.WaitAsync(Duration.FromDays(1)));
        Assert.Equal("No channel gets announcements; `subscribe announcement in=#general` lets one. Nothing was stored.", await chat.AskAsync("lea", "announce \"More\" at=\"in 1 hour\""));
        await chat.SayAsync("lea", "subscribe announcement in=#general");
        Assert.Equal("Notes", Assert.Single(await chat.WaitAsync(Duration.FromDays(1))).Text);
    }

    [Theory]
    [InlineData("subscribe weak in=#ops", "`kind` is one of announcement, week, month, season, rotation, okrs, feedback, library; did you mean `week`?")]
    [InlineData("subscribe in=#ops", "Which kind of post? `subscribe week in=#ops` is one; `subscribe` alone lists them. Nothing was changed.")]
    [InlineData("subscribe week in=ops", "A channel is written like `#general`; “ops” is none. Nothing was changed.")]
    [InlineData("subscribe week in=#general", "#general gets the leaderboard of the week that closed already. Nothing was changed.")]
    [InlineData("unsubscribe week in=#ops", "#ops does not get the leaderboard of the week that closed already. Nothing was changed.")]
    public async Task What_is_unclear_changes_nothing(string line, string says)
    {
        await using var chat = await Conversation.StartAsync();
        Assert.StartsWith(says, await chat.AskAsync("lea", line));
        Assert.Equal(0, await chat.ScalarAsync<int>($"select count(*) from subscriptions"));
    }

    [Fact]
    public async Task In_private_a_channel_has_to_be_named()
    {
        await using var chat = await Conversation.StartAsync();
        Assert.Equal("Which channel? `subscribe week in=#general` names one. Nothing was changed.", await chat.WhisperAskAsync("lea", "subscribe week"));
    }

    [Fact]
    public void Every_kind_of_post_can_be_named_and_has_words()
    {
        foreach (var method in (string[])[nameof(SubscribeCommands.SubscribeAsync), nameof(SubscribeCommands.UnsubscribeAsync)])
            Assert.Equal(PostKinds.All.Select(PostKinds.NameOf), typeof(SubscribeCommands).GetMethod(method)!.GetParameters()[1].GetCustomAttribute<OneOfAttribute>()!.Values);
        Assert.All(PostKinds.All, kind => Assert.NotEmpty(PostKinds.WhatIs(kind)));
    }

    [Fact]
    public async Task Announcements_can_be_meant_for_some_channels_alone()
    {
        await using var chat = await Conversation.StartAsync();
        await chat.Store.WriteAsync(
            Community.First,
            async (work, ct) => await work.Get<Channels>().PostAsync(PostKind.Announcement, "Only here", null, ct, await work.Get<Channels>().NamedAsync("#ops,#night", ct)),
            CancellationToken.None);
        Assert.Equal(["#ops", "#night"], (await chat.SayAsync("lea", "help")).Where(one => one.Text == "Only here").Select(one => one.Place));
    }

    [Fact]
    public async Task A_persons_hours_come_before_the_communitys_and_those_before_the_usual()
    {
        await using var chat = await Conversation.StartAsync();
        await chat.JoinAsync("lea", "bo");
        var sunday = Instant.FromUtc(2026, 1, 11, 12, 0);
        async Task<Instant> NextAsync(bool usual) => await chat.Store.ReadAsync(
            Community.First,
            async (work, ct) => await work.Get<Availability>().NextAsync(await work.Sql.FirstAsync($"select person_id from handles where name_key = {"bo"}", row => row.Person(0), ct), sunday, ct, usual),
            CancellationToken.None);

        Assert.Equal((sunday, Instant.FromUtc(2026, 1, 12, 8, 0)), (await NextAsync(usual: false), await NextAsync(usual: true)));
        await chat.SayAsync("lea", "settings hours=10:00-12:00");
        Assert.Equal(Instant.FromUtc(2026, 1, 12, 9, 0), await NextAsync(usual: true));
        await chat.SayAsync("bo", "hours zone=Europe/Lisbon");
        Assert.Equal(Instant.FromUtc(2026, 1, 12, 10, 0), await NextAsync(usual: false));
        await chat.SayAsync("bo", "hours sat-sun 13:00-14:00");
        Assert.Equal(Instant.FromUtc(2026, 1, 11, 13, 0), await NextAsync(usual: false));
    }

    [Fact]
    public async Task Two_accounts_that_become_one_keep_the_hours_of_either()
    {
        await using var chat = await Conversation.StartAsync();
        await chat.JoinAsync("lea", "ana", "phone");
        await chat.SayAsync("phone", "hours mon-wed 12:00-16:00 zone=Europe/Lisbon");
        var code = (await chat.AskAsync("ana", "link")).Split('`')[1];
        await chat.SayAsync("phone", $"link {code} yes=yes");
        Assert.StartsWith("Reminders reach you `mon-wed 12:00-16:00`, Europe/Lisbon time.", await chat.AskAsync("ana", "hours"));
    }

    [Fact]
    public async Task A_deadline_moves_by_each_pause_that_it_meets()
    {
        await using var chat = await Conversation.StartAsync();
        var start = chat.Clock.Now;
        Instant Day(double day) => start + Duration.FromDays(day);
        foreach (var (began, ended) in (IEnumerable<(double, double)>)[(1, 2), (4, 6), (9.5, 10.5), (30, 40)])
        {
            await chat.Store.WriteAsync(
                Community.First,
                async (work, ct) =>
                {
                    await work.Get<Pauses>().BeginAsync(Day(began), ct);
                    await work.Get<Pauses>().EndAsync(Day(ended), ct);
                }, CancellationToken.None);
        }

        async Task<double> DueAsync(double from, double within) => (await chat.Store.ReadAsync(Community.First, (work, ct) => work.Get<Pauses>().DueAsync(Day(from), Duration.FromDays(within), ct), CancellationToken.None) - start).TotalDays;
        Assert.Equal(0.5, await DueAsync(0, 0.5));
        Assert.Equal(3, await DueAsync(0, 2));
        Assert.Equal(3.5, await DueAsync(1.5, 1.5));
        Assert.Equal(9, await DueAsync(0, 6));

        // Seven days end on the tenth, in the third pause, which its own two days brought near.
        Assert.Equal(11, await DueAsync(0, 7));
    }
}
