using CopBot.Core.Features.Gatherings;
using CopBot.Tests.Support.FakeDiscord;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CopBot.PlatformTests.Discord;

/// <summary>Played with Discord's own means: commands with options, forms, menus, what is offered while one types, reactions, threads, events.</summary>
public sealed class DiscordCommandTests
{
    [Fact]
    public async Task A_command_is_thought_about_in_private_and_what_is_for_all_stands_in_the_channel()
    {
        await using var stage = await DiscordStage.StartAsync();
        var ana = stage.Ears.Account("ana");
        var shared = await DoAsync(stage, stage.Server.RunCommandAsync(ana, stage.General, "cop share", ("title", "Runbooks that cut MTTR"), ("size", "medium")));
        Assert.Equal(5, shared.Callback);
        Assert.True(shared.Original!.Deleted, "“thinking …” still stands there");
        Assert.Contains(stage.Channel, text => text.StartsWith("#1 ana shared “Runbooks that cut MTTR” (medium): 10 points for ana.", StringComparison.Ordinal));

        var me = await DoAsync(stage, stage.Server.RunCommandAsync(ana, stage.General, "cop me"));
        Assert.Equal(ana, me.Original!.OnlyUser);
        Assert.Contains("10 points", stage.Ears.TextOf(me.Original), StringComparison.Ordinal);
        Assert.DoesNotContain(stage.Server.SeenBy(stage.Ears.Account("bo"), stage.General), message => message == me.Original);

        var wrong = await DoAsync(stage, stage.Server.RunCommandAsync(ana, stage.General, "cop confirm", ("number", 77L)));
        Assert.StartsWith("There is no #77", stage.Ears.TextOf(wrong.Original!), StringComparison.Ordinal);
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task The_same_interaction_delivered_again_counts_once()
    {
        await using var stage = await DiscordStage.StartAsync();
        var shared = await DoAsync(stage, stage.Server.RunCommandAsync(stage.Ears.Account("ana"), stage.General, "cop win", ("title", "Nobody was paged all weekend")));
        var points = await stage.Chat.PointsAsync("ana");
        for (var time = 0; time < 5; time++)
            stage.Server.Gateway.Dispatch("INTERACTION_CREATE", shared.Payload.DeepClone().AsObject());
        await stage.Ears.SettleAsync();
        Assert.Equal(points, await stage.Chat.PointsAsync("ana"));
        Assert.Single(stage.Channel);
    }

    [Fact]
    public async Task A_form_has_what_is_known_and_asks_for_the_rest()
    {
        await using var stage = await DiscordStage.StartAsync();
        var (ana, bo) = (stage.Ears.Account("ana"), stage.Ears.Account("bo"));
        await stage.SayAsync("bo", "help");
        var opened = await stage.Server.RunCommandAsync(ana, stage.General, "cop kudos", ("to", bo));
        Assert.Equal(9, opened.Callback);
        Assert.Contains(opened.Modal!.Inputs, input => (string?)input["custom_id"] == "reason");
        await DoAsync(stage, stage.Server.SubmitAsync(ana, ("reason", "for reviewing the dashboards at night")));
        Assert.Contains(stage.Channel, text => text.Contains("for reviewing the dashboards at night", StringComparison.Ordinal));
        Assert.True(await stage.Chat.PointsAsync("bo") > 0);
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task The_menus_of_a_message_and_of_a_person_open_forms()
    {
        await using var stage = await DiscordStage.StartAsync();
        var (ana, bo) = (stage.Ears.Account("ana"), stage.Ears.Account("bo"));
        await stage.SayAsync("bo", "help");
        var said = stage.Server.Say(bo, stage.General, "How we cut the time to recover by half");
        var log = await stage.Server.RunOnMessageAsync(ana, said, "Log as share");
        Assert.Equal("How we cut the time to recover by half", (string?)log.Modal!.Inputs.First(input => (string?)input["custom_id"] == "title")["value"]);
        stage.Server.CloseModal(ana);

        foreach (var thanks in (DiscordInteraction[])[await stage.Server.RunOnMessageAsync(ana, said, "Thank"), await stage.Server.RunOnUserAsync(ana, stage.General, bo, "Thank")])
        {
            Assert.NotNull(thanks.Modal);
            stage.Server.CloseModal(ana);
        }

        await stage.Server.RunOnUserAsync(ana, stage.General, bo, "Thank");
        await DoAsync(stage, stage.Server.SubmitAsync(ana, ("reason", "for the calm hand in the incident")));
        Assert.Contains(stage.Channel, text => text.Contains("for the calm hand in the incident", StringComparison.Ordinal));
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task Values_are_offered_while_one_types()
    {
        await using var stage = await DiscordStage.StartAsync();
        var ana = stage.Ears.Account("ana");
        await stage.SayAsync("bo", "share \"Canaries for the brave\" topic=delivery");
        await stage.SayAsync("cy", "privacy hidden");
        await stage.SayAsync("cy", "share \"A secret of mine\" topic=incidents");
        var claims = await stage.Server.AutocompleteAsync(ana, stage.General, "cop used", ("number", "cana"));
        Assert.Equal(["#1 Canaries for the brave"], claims.Choices.Select(choice => choice.Name));
        var all = await stage.Server.AutocompleteAsync(ana, stage.General, "cop used", ("number", ""));
        Assert.DoesNotContain(all.Choices, choice => choice.Name.Contains("secret", StringComparison.Ordinal));
        var topics = await stage.Server.AutocompleteAsync(ana, stage.General, "cop share", ("topic", "del"));
        Assert.Equal(["delivery"], topics.Choices.Select(choice => choice.Name));
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task A_taco_thanks_whoever_wrote_the_message_and_nothing_else_does()
    {
        await using var stage = await DiscordStage.StartAsync();
        var (ana, bo) = (stage.Ears.Account("ana"), stage.Ears.Account("bo"));
        await stage.SayAsync("ana", "help");
        await stage.SayAsync("bo", "help");
        var said = stage.Server.Say(bo, stage.General, "The retry storm is over, and here is why it began");
        stage.Server.React(ana, said, "👀");
        await stage.Ears.SettleAsync();
        Assert.Equal(0, await stage.Chat.PointsAsync("bo"));

        stage.Server.React(ana, said, "🌮");
        stage.Server.Unreact(ana, said, "🌮");
        stage.Server.React(ana, said, "🌮");
        await stage.Ears.SettleAsync();
        var points = await stage.Chat.PointsAsync("bo");
        Assert.True(points > 0);
        Assert.DoesNotContain("here is why it began", string.Join('\n', await stage.Chat.Store.ReadAsync(1, (work, ct) => work.Sql.ListAsync($"select coalesce(text, '') from inbox", row => row.Text(0), ct), CancellationToken.None)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_thread_the_answer_stands_in_the_thread_and_a_forum_gets_a_post_with_a_title()
    {
        await using var stage = await DiscordStage.StartAsync();
        var ana = stage.Ears.Account("ana");
        var thread = stage.Guild.AddThread(stage.General, "an incident", ana);
        await DoAsync(stage, stage.Server.RunCommandAsync(ana, thread, "cop win", ("title", "Found it in ten minutes")));
        Assert.Single(stage.Server.Posts, post => post.Channel == thread && post.OnlyUser is null);

        var forum = stage.Guild.CreateChannel("league", DiscordChannel.GuildForum);
        await stage.Ears.SettleAsync();
        await stage.SayAsync("ana", "settings channel=#league");
        await stage.SayAsync("ana", "announce \"Stand-up in the forum\" at=\"in 1 hour\"");
        await stage.Chat.WaitAsync(Duration.FromHours(2));
        var post = Assert.Single(stage.Server.Posts, post => post.Channel.Parent == forum);
        Assert.Contains("Stand-up in the forum", post.Channel.Name, StringComparison.Ordinal);
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task A_gathering_is_an_event_of_the_server_that_moves_and_is_called_off_with_it()
    {
        await using var stage = await DiscordStage.StartAsync();
        await stage.SayAsync("ana", "gather plan \"Mob on the pager bot\" kind=mob at=\"2026-01-15 15:00\" minutes=90 topic=alerting");
        var worker = stage.Chat.Services.GetRequiredService<EventSyncWorker>();
        await worker.RunDueAsync(CancellationToken.None);
        var planned = Assert.Single(stage.Guild.ScheduledEvents);
        Assert.Equal("Mob on the pager bot", planned.Name);
        Assert.StartsWith("2026-01-15T14:00:00", (string?)planned.Body["scheduled_start_time"], StringComparison.Ordinal);

        await stage.SayAsync("ana", "gather move 1 at=\"2026-01-16 10:00\"");
        await worker.RunDueAsync(CancellationToken.None);
        Assert.StartsWith("2026-01-16T09:00:00", (string?)Assert.Single(stage.Guild.ScheduledEvents).Body["scheduled_start_time"], StringComparison.Ordinal);

        await stage.SayAsync("ana", "gather cancel 1");
        await worker.RunDueAsync(CancellationToken.None);
        Assert.DoesNotContain(stage.Guild.ScheduledEvents, one => one.Status is 1 or 2);
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task Without_the_right_to_make_events_the_lead_is_told_once_and_the_gathering_goes_on()
    {
        await using var stage = await DiscordStage.StartAsync();
        await stage.SayAsync("ana", "help");
        stage.Guild.BotRole!.Permissions &= ~DiscordPermissions.CreateEvents;
        stage.Server.Gateway.Dispatch("GUILD_ROLE_UPDATE", new()
        {
            ["guild_id"] = stage.Guild.Id,
            ["role"] = new System.Text.Json.Nodes.JsonObject { ["id"] = stage.Guild.BotRole.Id, ["name"] = "CopBot", ["position"] = 1, ["permissions"] = stage.Guild.BotRole.Permissions.ToString(System.Globalization.CultureInfo.InvariantCulture) },
        });
        var worker = stage.Chat.Services.GetRequiredService<EventSyncWorker>();
        for (var number = 1; number <= 3; number++)
        {
            await stage.SayAsync("ana", $"gather plan \"Mob number {number}\" at=\"2026-01-1{number} 15:00\"");
            await worker.RunDueAsync(CancellationToken.None);
        }

        await stage.Ears.SettleAsync();
        Assert.Single(stage.ForEyesOf("ana"), text => text.StartsWith("Gatherings do not become events: I lack “Create Events” in The League", StringComparison.Ordinal));
        Assert.Empty(stage.Guild.ScheduledEvents);
    }

    [Fact]
    public async Task Whoever_uses_the_app_where_the_bot_is_not_is_answered_alone()
    {
        await using var stage = await DiscordStage.StartAsync();
        var ana = stage.Ears.Account("ana");
        await stage.SayAsync("ana", "help");
        var elsewhere = stage.Server.AddGuild("Elsewhere", botIn: false);
        elsewhere.Join(ana);
        ana.HasInstalledApp = true;
        var talk = elsewhere.AddChannel("talk");
        var done = await DoAsync(stage, stage.Server.RunCommandAsync(ana, talk, "cop win", ("title", "Played from elsewhere")));
        Assert.Equal(ana, done.Original!.OnlyUser);
        Assert.Contains("Played from elsewhere", stage.Ears.TextOf(done.Original), StringComparison.Ordinal);
        Assert.DoesNotContain(stage.Server.Posts, post => post.Channel == talk && post.OnlyUser is null);
        Assert.Empty(stage.Problems);
    }

    private static async Task<DiscordInteraction> DoAsync(DiscordStage stage, Task<DiscordInteraction> action)
    {
        var interaction = await action;
        await stage.Ears.SettleAsync();
        return interaction;
    }
}
