using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Settings;

public abstract class SettingsTests(Product product)
{
    [Fact]
    public async Task Everybody_sees_the_settings_and_a_lead_changes_them()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "mem");
        Assert.Equal("The settings of Reliability League.\nCommunity: Reliability League\nZone: `Europe/Madrid`\nMain channel: #general\nWeek starts on: Monday\nThe closed week is posted: monday 09:00\nWorking hours: off\nPosts per channel and week: any number\nDates are understood in: English\nAnnouncements need a second lead: no", await chat.AskAsync("mem", "settings"));
        Assert.Equal(
            "The settings are changed. They count from now on; what was booked stays as it is.\nCommunity: Night shift\nZone: `America/New_York`\nMain channel: #sre\nWeek starts on: Monday\nThe closed week is posted: monday 09:00\nWorking hours: off\nPosts per channel and week: any number\nDates are understood in: English\nAnnouncements need a second lead: no",
            await chat.AskAsync("lea", "settings zone=america/new_york name=\"Night shift\" channel=#sre"));
        Assert.Contains("Zone: `America/New_York`", await chat.AskAsync("mem", "settings"));
        Assert.Equal(1, await chat.ScalarAsync<int>($"select count(*) from audit where act = {"settings"}"));
    }

    [Fact]
    public async Task A_setting_that_cannot_be_is_named_with_a_right_example()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea");
        Assert.Equal("There is no zone “Europe/Madird”. Did you mean `settings zone=Europe/Madrid`? Nothing was changed.", await chat.AskAsync("lea", "settings zone=Europe/Madird"));
        Assert.Equal("A channel is written like `#general`. Nothing was changed.", await chat.AskAsync("lea", "settings channel=general"));
        Assert.Equal("`week` is a weekday and a time such as `settings week=\"monday 09:00\"`, or `off`, not “soon”. Nothing was changed.", await chat.AskAsync("lea", "settings week=soon"));
        Assert.Equal("Working hours are written like `settings hours=\"mon-fri 09:00-17:00\"`, or `off` for any time, not “17:00-09:00”. Nothing was changed.", await chat.AskAsync("lea", "settings hours=17:00-09:00"));
        Assert.Equal("`budget` is a number of posts from 1 to 100, or `off`, not “0”. Nothing was changed.", await chat.AskAsync("lea", "settings budget=0"));
        Assert.Equal("`settings` has no “zon”. Did you mean `zone=…`? Nothing was stored.", await chat.AskAsync("lea", "settings zon=Europe/Madrid"));
        Assert.Contains("Zone: `Europe/Madrid`", await chat.AskAsync("lea", "settings"));
    }

    [Fact]
    public async Task What_is_said_unasked_has_its_times_and_each_can_be_turned_off()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea");
        Assert.EndsWith(
            "The closed week is posted: friday 16:00\nWorking hours: mon-thu 08:30-16:00\nPosts per channel and week: 3\nDates are understood in: English\nAnnouncements need a second lead: yes",
            await chat.AskAsync("lea", "settings week=\"Friday 16:00\" hours=\"mon-thu 8:30-16\" budget=3 approval=on"));
        Assert.EndsWith(
            "The closed week is posted: off\nWorking hours: off\nPosts per channel and week: any number\nDates are understood in: English\nAnnouncements need a second lead: no",
            await chat.AskAsync("lea", "settings week=off hours=off budget=off approval=off"));
    }

    [Fact]
    public async Task The_week_turns_at_midnight_of_the_zone_that_a_lead_chose()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.SayAsync("lea", "settings zone=Pacific/Auckland");

        // 11:30 UTC on Sunday 11 January is half past midnight on Monday in Auckland.
        await chat.WaitAsync(Duration.FromDays(6) + Duration.FromMinutes(210));
        await chat.SayAsync("lea", "win \"Nobody was paged\"");
        Assert.StartsWith("Week of 12 January 2026: lea leads", await chat.AskAsync("lea", "board"));
    }
}

public sealed class SettingsOnSqliteTests() : SettingsTests(Product.Sqlite);
