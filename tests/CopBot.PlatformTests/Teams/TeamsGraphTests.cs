using CopBot.Core.Features.Gatherings;
using CopBot.Core.Features.Groups;
using CopBot.Core.Features.Rotations;
using CopBot.Tests.Support.FakeTeams;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CopBot.PlatformTests.Teams;

/// <summary>What Microsoft Graph does for the League: calendars, tags, the activity feed, chats with people who never wrote.</summary>
public sealed class TeamsGraphTests
{
    [Fact]
    public async Task A_gathering_is_in_the_calendar_of_its_planner_and_those_who_join_are_invited()
    {
        await using var stage = await TeamsStage.StartAsync();
        await stage.SayAsync("ana", "gather plan \"Mob on the pager bot\" kind=mob at=\"2026-01-15 15:00\" minutes=90 topic=alerting");
        await EventsAsync(stage);
        var planned = Assert.Single(stage.Server.Graph.Events);
        Assert.Equal(("Mob on the pager bot", "ana"), (planned.Subject, planned.Organizer.Name));
        Assert.Equal(("2026-01-15T14:00:00", "2026-01-15T15:30:00"), ((string?)planned.Body["start"]!["dateTime"], (string?)planned.Body["end"]!["dateTime"]));
        Assert.Empty(planned.Attendees);

        await stage.SayAsync("bo", "gather join 1");
        await stage.SayAsync("cy", "privacy hidden");
        await stage.SayAsync("cy", "gather join 1");
        await EventsAsync(stage);
        Assert.Equal([stage.Ears.Account("bo").Email], Assert.Single(stage.Server.Graph.Events).Attendees);

        // Each change is mailed to everybody, so nothing is written that is as it was.
        var written = stage.Server.Graph.Count("PATCH /users/{id}/events/{event}");
        await stage.Chat.WaitAsync(Duration.FromHours(2));
        await EventsAsync(stage);
        Assert.Equal(written, stage.Server.Graph.Count("PATCH /users/{id}/events/{event}"));

        await stage.SayAsync("bo", "privacy hidden");
        await stage.Chat.WaitAsync(Duration.FromHours(2));
        await EventsAsync(stage);
        Assert.Empty(stage.Server.Graph.Events[0].Attendees);

        await stage.SayAsync("ana", "gather move 1 at=\"2026-01-16 10:00\"");
        await EventsAsync(stage);
        Assert.Equal("2026-01-16T09:00:00", (string?)Assert.Single(stage.Server.Graph.Events).Body["start"]!["dateTime"]);
        await stage.SayAsync("ana", "gather cancel 1");
        await EventsAsync(stage);
        Assert.Empty(stage.Server.Graph.Events);
        Assert.True(planned.Deleted);
        Assert.Empty(stage.Problems);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_event_whose_answer_was_lost_is_made_once_and_shows_what_is_so_now(bool refusesTwice)
    {
        await using var stage = await TeamsStage.StartAsync();
        stage.Server.Graph.RefusesTransactionsTwice = refusesTwice;
        stage.Server.Graph.Faults.Next("POST /users/{id}/events", TeamsFault.CutAfter);
        await stage.SayAsync("ana", "gather plan \"It's a mob\" at=\"2026-01-15 15:00\"");
        await EventsAsync(stage);
        await stage.SayAsync("bo", "gather join 1");
        await EventsAsync(stage);
        Assert.Equal([stage.Ears.Account("bo").Email], Assert.Single(stage.Server.Graph.Events).Attendees);
        await stage.SayAsync("ana", "gather cancel 1");
        await EventsAsync(stage);
        Assert.Empty(stage.Server.Graph.Events);
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task A_tag_whose_answer_was_lost_is_made_once_and_one_of_others_is_left_alone()
    {
        await using var stage = await TeamsStage.StartAsync();
        stage.Server.Graph.Faults.Next("POST /teams/{id}/tags", TeamsFault.CutAfter);
        await RotateAsync(stage, "Core team");
        await GroupsAsync(stage);
        await stage.Chat.WaitAsync(Duration.FromMinutes(5));
        await GroupsAsync(stage);
        Assert.Equal(["ana", "bo"], Assert.Single(stage.Server.Graph.Tags).Members.Select(member => member.Person.Name).Order());

        await stage.SayAsync("ana", "rotation remove \"Core team\" yes=yes");
        await GroupsAsync(stage);
        Assert.Empty(stage.Server.Graph.Tags);

        // Whoever made another of that name keeps it, and whoever leads is told once.
        var theirs = stage.Server.Graph.AddTag(stage.Server.Team, "Core team", stage.Ears.Account("cy"));
        await RotateAsync(stage, "Core team");
        for (var times = 0; times < 3; times++)
        {
            await GroupsAsync(stage);
            await stage.Chat.WaitAsync(Duration.FromHours(2));
        }

        Assert.Equal("cy", Assert.Single(theirs.Members).Person.Name);
        Assert.Single(stage.ForEyesOf("ana"), text => text.Contains("has a tag “Core team” that somebody else made; rename one of the two", StringComparison.Ordinal));
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task Whose_turn_begins_has_it_in_the_activity_feed_once()
    {
        await using var stage = await TeamsStage.StartAsync();
        stage.Server.Graph.Faults.Next("POST /users/{id}/teamwork/sendActivityNotification", TeamsFault.Limited(20));
        await RotateAsync(stage, "Core team");
        await FeedAsync(stage);
        Assert.Empty(stage.Ears.Account("ana").Feed);
        for (var times = 0; times < 3; times++)
        {
            await stage.Chat.WaitAsync(Duration.FromMinutes(1));
            await FeedAsync(stage);
        }

        foreach (var name in (string[])["ana", "bo"])
        {
            var line = Assert.Single(stage.Ears.Account(name).Feed);
            Assert.Equal("{actor}: it is your turn, Core team", line.Text);
            Assert.StartsWith("Core team, until ", line.Preview, StringComparison.Ordinal);
            Assert.Single(stage.ForEyesOf(name), text => text.StartsWith("Your turn begins in Core team", StringComparison.Ordinal));
        }

        // Both go on: that is no news.
        await stage.Chat.WaitAsync(Duration.FromDays(7));
        await FeedAsync(stage);
        Assert.Single(stage.Ears.Account("ana").Feed);
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task Whoever_never_wrote_gets_the_app_before_the_first_word_and_whoever_removed_it_does_not()
    {
        await using var stage = await TeamsStage.StartAsync();
        await stage.SayAsync("ana", "help");
        var bo = stage.Server.Team.AddPerson("bo");
        await stage.Server.AskAsync(stage.Ears.Account("ana"), stage.Server.Team.General, "mob \"Mend the pager bot\" with=<at>bo</at> minutes=90");
        await stage.Ears.SettleAsync();
        await stage.Server.SettledAsync();
        await stage.Chat.WaitAsync(Duration.FromMinutes(1));
        await stage.Ears.SettleAsync();
        Assert.True(bo.HasApp);
        Assert.Contains(stage.Server.Posts, post => post.Where == bo.Chat && stage.Ears.TextOf(post).Contains("Mend the pager bot", StringComparison.Ordinal));

        await stage.Server.UninstallAsync(bo);
        await stage.Server.AskAsync(stage.Ears.Account("ana"), stage.Server.Team.General, "mob \"Mend it again\" with=<at>bo</at> minutes=90");
        await stage.Ears.SettleAsync();
        await stage.Server.SettledAsync();
        await stage.Chat.WaitAsync(Duration.FromMinutes(1));
        await stage.Ears.SettleAsync();
        Assert.False(bo.HasApp);
        Assert.Equal(1, stage.Server.Graph.Count("POST /users/{id}/teamwork/installedApps"));
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task Without_its_permission_nobody_is_reached_first_and_whoever_leads_hears_it_once()
    {
        await using var stage = await TeamsStage.StartAsync();
        stage.Server.Graph.Consents.Remove("TeamsAppInstallation.ReadWriteAndConsentSelfForUser.All");
        await stage.SayAsync("ana", "help");
        foreach (var name in (string[])["bo", "cy"])
        {
            stage.Server.Team.AddPerson(name);
            await stage.Server.AskAsync(stage.Ears.Account("ana"), stage.Server.Team.General, $"mob \"Mend the pager of {name}\" with=<at>{name}</at> minutes=90");
            await stage.Ears.SettleAsync();
        }

        await stage.Chat.WaitAsync(Duration.FromHours(1));
        await stage.Ears.SettleAsync();
        Assert.Single(stage.ForEyesOf("ana"), text => text.StartsWith("I cannot speak to people alone before they have added me for themselves", StringComparison.Ordinal) && text.Contains("TeamsAppInstallation.ReadWriteAndConsentSelfForUser.All", StringComparison.Ordinal));
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task What_is_held_of_a_calendar_is_shown_and_goes_with_them()
    {
        await using var stage = await TeamsStage.StartAsync();
        await stage.SayAsync("bo", "help");
        await stage.SayAsync("ana", "gather plan \"Mob on the pager bot\" at=\"2026-01-15 15:00\"");
        await EventsAsync(stage);
        await stage.SayAsync("ana", "my data");
        Assert.Contains(stage.ForEyesOf("ana"), text => text.Contains("teamsCalendarEvents", StringComparison.Ordinal));
        await stage.SayAsync("ana", "forget me yes=yes");
        await EventsAsync(stage);
        Assert.Empty(stage.Server.Graph.Events);
        Assert.Equal(0, await stage.Chat.ScalarAsync<int>($"select count(*) from teams_events"));
    }

    private static async Task RotateAsync(TeamsStage stage, string name)
    {
        foreach (var person in (string[])["ana", "bo"])
            await stage.SayAsync(person, "help");
        await stage.SayAsync("ana", $"rotation create \"{name}\" seats=2 every=week day=monday");
        foreach (var person in (string[])["ana", "bo"])
            await stage.SayAsync(person, "rotation join");
        await stage.Chat.WaitAsync(Duration.FromDays(7));
    }

    private static Task EventsAsync(TeamsStage stage) => LookAsync(stage, stage.Chat.Services.GetRequiredService<EventSyncWorker>().RunDueAsync);

    private static Task GroupsAsync(TeamsStage stage) => LookAsync(stage, stage.Chat.Services.GetRequiredService<GroupSyncWorker>().RunDueAsync);

    private static Task FeedAsync(TeamsStage stage) => LookAsync(stage, stage.Chat.Services.GetRequiredService<TurnNoticeWorker>().RunDueAsync);

    private static async Task LookAsync(TeamsStage stage, Func<CancellationToken, Task> look)
    {
        await look(CancellationToken.None);
        await stage.Ears.SettleAsync();
    }
}
