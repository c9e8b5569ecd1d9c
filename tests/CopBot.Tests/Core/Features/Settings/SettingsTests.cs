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
        Assert.Equal("The settings of Reliability League.\nCommunity: Reliability League\nZone: `Europe/Madrid`\nMain channel: #general\nWeek starts on: Monday", await chat.AskAsync("mem", "settings"));
        Assert.Equal(
            "The settings are changed. They count from now on; what was booked stays as it is.\nCommunity: Night shift\nZone: `America/New_York`\nMain channel: #sre\nWeek starts on: Monday",
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
        Assert.Equal("`settings` has no “zon”. Did you mean `zone=…`? Nothing was stored.", await chat.AskAsync("lea", "settings zon=Europe/Madrid"));
        Assert.Contains("Zone: `Europe/Madrid`", await chat.AskAsync("lea", "settings"));
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

public sealed class SettingsOnPostgresTests() : SettingsTests(Product.Postgres);
