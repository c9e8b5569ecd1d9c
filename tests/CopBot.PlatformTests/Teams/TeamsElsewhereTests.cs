using CopBot.Core.Features.Gatherings;
using CopBot.Platforms.Teams.Manifest;
using CopBot.Tests.Support.FakeTeams;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CopBot.PlatformTests.Teams;

/// <summary>What happens beside the one team in which a community meets: other teams, chats without the bot, people who were forgotten.</summary>
public sealed class TeamsElsewhereTests
{
    [Fact]
    public async Task Whoever_leaves_one_of_two_teams_is_still_told_what_concerns_them()
    {
        await using var stage = await TeamsStage.StartAsync();
        var bo = stage.Ears.Account("bo");
        var second = stage.Server.AddTeam("Second");
        await stage.Server.InstallAsync(second, stage.Server.Team.Members[0]);
        await stage.Server.JoinAsync(second, bo);
        await stage.SayAsync("ana", "help");
        await stage.SayAsync("bo", "help");
        await stage.SayAsync("ana", "rotation create \"Core team\" seats=1 every=week day=monday");
        await stage.SayAsync("bo", "rotation join");
        await stage.Server.LeaveAsync(second, bo);
        await stage.Chat.WaitAsync(Duration.FromDays(8));
        Assert.Contains(stage.ForEyesOf("bo"), text => text.StartsWith("Your turn begins in Core team", StringComparison.Ordinal));

        await stage.Server.LeaveAsync(stage.Server.Team, bo);
        await stage.SayAsync("ana", "rotation list \"Core team\"");
        Assert.DoesNotContain(stage.ForEyesOf("ana")[^1].Split('\n'), line => line.StartsWith("Turn ", StringComparison.Ordinal) && line.Contains(" bo", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_share_from_a_chat_without_the_bot_is_logged_and_answered_alone_and_disturbs_nothing()
    {
        await using var stage = await TeamsStage.StartAsync();
        var (ana, bo) = (stage.Ears.Account("ana"), stage.Ears.Account("bo"));
        await stage.SayAsync("ana", "help");
        var chat = stage.Server.AddGroupChat("A lunch", botIn: false, ana, bo);
        var said = await stage.Server.SayAsync(bo, chat, "How we cut the time to recover by half");
        await stage.Server.RunOnMessageAsync(ana, said, TeamsManifest.LogAsShare);
        await stage.Server.SubmitAsync(ana, "Send");
        await stage.Ears.SettleAsync();
        Assert.Equal(1, (await stage.Chat.StoredAsync()).Claims);
        Assert.Contains(stage.ForEyesOf("ana"), text => text.Contains("How we cut the time to recover by half", StringComparison.Ordinal));
        Assert.DoesNotContain(stage.ForEyesOf("ana"), text => text.StartsWith("I can no longer post", StringComparison.Ordinal));

        await stage.SayAsync("ana", "gather plan \"Mob on the pager bot\" at=\"2026-01-15 15:00\"");
        await stage.SayAsync("bo", "gather join 1");
        await stage.Chat.Services.GetRequiredService<EventSyncWorker>().RunDueAsync(CancellationToken.None);
        Assert.Equal([bo.Email], Assert.Single(stage.Server.Graph.Events).Attendees);
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task Whoever_was_forgotten_and_writes_again_is_kept_anew()
    {
        await using var stage = await TeamsStage.StartAsync();
        await stage.SayAsync("ana", "help");
        await stage.SayAsync("bo", "help");
        var before = await stage.Chat.ScalarAsync<int>($"select count(*) from teams_people");
        await stage.SayAsync("bo", "forget me yes=yes");
        Assert.Equal(before - 1, await stage.Chat.ScalarAsync<int>($"select count(*) from teams_people"));
        await stage.SayAsync("bo", "help");
        Assert.Equal(before, await stage.Chat.ScalarAsync<int>($"select count(*) from teams_people"));
    }

    [Fact]
    public async Task A_line_that_names_people_whom_Teams_is_slow_to_tell_of_is_not_lost()
    {
        await using var stage = await TeamsStage.StartAsync();
        await stage.SayAsync("ana", "help");
        var names = (string[])["xa", "xb", "xc"];
        foreach (var name in names)
            stage.Server.Team.AddPerson(name);
        stage.Server.Faults.Always("GET /v3/conversations/{conversationId}/members/{memberId}", TeamsFault.Slow(TimeSpan.FromSeconds(20)));
        await stage.Server.AskAsync(stage.Ears.Account("ana"), stage.Server.Team.General, "kudos <at>xa</at> <at>xb</at> <at>xc</at> \"for the calm hand\"");
        stage.Server.Faults.Clear();
        Assert.Equal(200, stage.Server.Deliveries[^1].Status);
    }

    [Fact]
    public async Task A_form_sent_a_day_later_once_more_is_said_to_have_counted()
    {
        await using var stage = await TeamsStage.StartAsync();
        await stage.SayAsync("ana", "help");
        await stage.FillAsync("ana", "share", ("title", "Runbooks that cut MTTR"));
        await stage.Chat.WaitAsync(Duration.FromDays(1));
        await stage.Server.RedeliverAsync(stage.Server.Deliveries.Last(delivery => delivery.Name == "adaptiveCard/action"), newId: true);
        Assert.Equal("This form was sent already, and counted once.", (string?)stage.Server.Deliveries.Last(delivery => delivery.Name == "adaptiveCard/action").Answers[^1].Body!["value"]);
        Assert.Equal(1, (await stage.Chat.StoredAsync()).Claims);
    }
}
