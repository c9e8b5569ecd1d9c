using CopBot.Core.Chat;
using CopBot.Core.Features.Gatherings;
using CopBot.Core.Features.Groups;
using CopBot.Platforms.Discord;
using CopBot.PlatformTests.Discord.Storms;
using CopBot.Tests.Support.FakeDiscord;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CopBot.PlatformTests.Discord;

/// <summary>What becomes of a thing that Discord made and whose answer was lost, where no key keeps it from being made twice.</summary>
public sealed class DiscordLossTests
{
    [Fact]
    public async Task A_post_in_a_forum_is_found_again_and_one_that_wants_a_tag_says_so()
    {
        await using var discord = await DiscordServer.StartAsync(new FastClock(20));
        var forum = discord.Guild.AddChannel("league", DiscordChannel.GuildForum);
        discord.Guild.AddChannel("general");
        await using var bot = await RunningDiscord.StartAsync(discord, paced: false);
        discord.Faults.Next("POST /channels/{channel_id}/threads", DiscordFault.CutAfter);
        await PostAsync(bot, forum, "Week 3: the board");
        Assert.Single(discord.Posts);
        Assert.Equal("Week 3: the board", discord.Posts[0].Channel.Name);

        forum.RequiresTag = true;
        forum.Tags.Add(("123456789012345678", "news"));
        await PostAsync(bot, forum, "Week 4: the board");
        Assert.Single(discord.Posts);
        Assert.Contains("wants a tag for each post", await bot.ScalarAsync<string>($"select reason from gone_places"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_history_may_not_be_read_a_lost_message_is_listed_and_not_said_again()
    {
        var clock = new FastClock(30);
        await using var discord = await DiscordServer.StartAsync(clock);
        var general = discord.Guild.AddChannel("general");
        var bot = await RunningDiscord.StartAsync(discord);
        discord.Guild.Overwrite(general, new(discord.Guild.Id, 0, 0, DiscordPermissions.ReadMessageHistory));
        await bot.QuietAsync();
        discord.Faults.Always("POST /channels/{channel_id}/messages", DiscordFault.CutAfter);
        discord.Gateway.Deafen();
        await bot.WriteAsync((work, ct) => work.Get<Outbox>().PostAsync(new Place(DiscordPlatform.PlatformName, discord.Guild.Id, general.Id), "Said once", ct));
        await discord.UntilAsync(() => discord.Posts.Count == 1, "said");
        await bot.StopAsync();
        discord.Faults.Clear();
        discord.Gateway.ForgetSessions();
        clock.Skip(TimeSpan.FromMinutes(6));
        await using var next = await RunningDiscord.StartAsync(discord, bot);
        await next.QuietAsync();
        Assert.Single(discord.Posts);
        Assert.Equal(1, await next.ScalarAsync<int>($"select count(*) from outbox where body is not null"));
    }

    [Fact]
    public async Task A_role_whose_answer_was_lost_is_the_bots_own_the_next_time()
    {
        await using var stage = await DiscordStage.StartAsync();
        await stage.SayAsync("ana", "help");
        await stage.SayAsync("ana", "rotation create \"Core team\" seats=1 every=week day=monday");
        await stage.SayAsync("ana", "rotation join");
        stage.Server.Faults.Next("POST /guilds/{guild_id}/roles", DiscordFault.CutAfter);
        await stage.Chat.WaitAsync(Duration.FromDays(8));
        var worker = stage.Chat.Services.GetRequiredService<GroupSyncWorker>();
        await worker.RunDueAsync(CancellationToken.None);
        await stage.Ears.SettleAsync();
        Assert.Equal([], stage.Group("Core team"));
        await stage.Chat.WaitAsync(Duration.FromMinutes(2));
        await worker.RunDueAsync(CancellationToken.None);
        Assert.Equal(["ana"], stage.Group("Core team"));
        Assert.Single(stage.Guild.Roles, role => role.Name == "Core team");
        Assert.DoesNotContain(stage.ForEyesOf("ana"), text => text.Contains("somebody else made", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_event_whose_answer_was_lost_is_found_again_though_its_gathering_moved()
    {
        await using var stage = await DiscordStage.StartAsync();
        await stage.SayAsync("ana", "gather plan \"Mob on the pager bot\" kind=mob at=\"2026-01-15 15:00\" minutes=90 topic=alerting");
        var worker = stage.Chat.Services.GetRequiredService<EventSyncWorker>();
        stage.Server.Faults.Next("POST /guilds/{guild_id}/scheduled-events", DiscordFault.CutAfter);
        await worker.RunDueAsync(CancellationToken.None);
        await stage.SayAsync("ana", "gather move 1 at=\"2026-01-16 10:00\"");
        await stage.Chat.WaitAsync(Duration.FromMinutes(5));
        await worker.RunDueAsync(CancellationToken.None);
        Assert.StartsWith("2026-01-16T09:00:00", (string?)Assert.Single(stage.Guild.ScheduledEvents).Body["scheduled_start_time"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_ended_early_is_told_from_the_bots_own_and_the_answer_comes_in_private()
    {
        await using var stage = await DiscordStage.StartAsync();
        await stage.SayAsync("ana", "help");
        stage.Server.Faults.Always("PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original", DiscordFault.Status(401, """{"code":50027,"message":"Invalid Webhook Token"}"""));
        await stage.Server.RunCommandAsync(stage.Ears.Account("ana"), stage.General, "cop me");
        await stage.Ears.SettleAsync();
        Assert.StartsWith("You have 0 points this week.", stage.ForEyesOf("ana")[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thread_where_the_bot_may_not_write_is_answered_beside_it_and_silences_nothing()
    {
        await using var stage = await DiscordStage.StartAsync();
        await stage.SayAsync("ana", "help");
        await stage.SayAsync("bo", "help");
        var bo = stage.Ears.Account("bo");
        var thread = stage.Guild.AddThread(stage.General, "an incident", bo);
        stage.Guild.Overwrite(stage.General, new(stage.Guild.BotRole!.Id, 0, 0, DiscordPermissions.SendMessagesInThreads));
        stage.Guild.Overwrite(stage.General, new(stage.Guild.Id, 0, 0, DiscordPermissions.SendMessagesInThreads));
        await stage.Ears.SettleAsync();
        stage.Server.Say(bo, thread, $"{stage.Server.BotUser.Mention} win \"In the thread\"");
        await stage.Ears.SettleAsync();
        Assert.Contains(stage.Channel, text => text.Contains("In the thread", StringComparison.Ordinal));
        Assert.Equal(0, await stage.Chat.ScalarAsync<int>($"select count(*) from gone_places"));
    }

    [Fact]
    public async Task A_form_that_is_asked_for_twice_by_one_click_opens_once_and_nothing_is_said()
    {
        await using var stage = await DiscordStage.StartAsync();
        var ana = stage.Ears.Account("ana");
        await stage.SayAsync("ana", "help");
        var before = stage.Server.Posts.Count;
        var asked = await stage.Server.RunCommandAsync(ana, stage.General, "cop share");
        stage.Server.Gateway.Dispatch("INTERACTION_CREATE", asked.Payload.DeepClone().AsObject());
        await stage.Ears.SettleAsync();
        Assert.NotNull(stage.Server.ModalOf(ana));
        Assert.Equal(before, stage.Server.Posts.Count);
    }

    [Fact]
    public async Task A_main_channel_that_nobody_can_find_is_refused()
    {
        await using var stage = await DiscordStage.StartAsync();
        await stage.SayAsync("ana", "help");
        await stage.Server.RunCommandAsync(stage.Ears.Account("ana"), stage.General, "cop settings", ("channel", "#nope"));
        await stage.Ears.SettleAsync();
        Assert.StartsWith("I know no channel “#nope”.", stage.ForEyesOf("ana")[^1], StringComparison.Ordinal);
    }

    private static async Task PostAsync(RunningDiscord bot, DiscordChannel forum, string text)
    {
        await bot.WriteAsync((work, ct) => work.Get<Outbox>().PostAsync(new Place(DiscordPlatform.PlatformName, forum.Guild!.Id, forum.Id), text, ct));
        await bot.QuietAsync();
    }
}
