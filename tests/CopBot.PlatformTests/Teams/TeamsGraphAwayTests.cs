using CopBot.Core.Features.Gatherings;
using CopBot.Core.Features.Groups;
using CopBot.Core.Features.Rotations;
using CopBot.Tests.Platforms.Teams.Manifest;
using CopBot.Tests.Support.FakeTeams;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CopBot.PlatformTests.Teams;

/// <summary>Without Microsoft Graph the game goes on as with it, and whoever leads hears once what is missing.</summary>
public sealed class TeamsGraphAwayTests
{
    private static readonly string[] Script =
    [
        "ana: help", "bo: help", "cy: help",
        "ana: share \"Runbooks that cut MTTR\" topic=incidents",
        "ana: rotation create \"Core team\" seats=2 every=week day=monday",
        "ana: rotation create \"Hosts\" seats=1 every=week day=monday",
        "ana: rotation join \"Core team\"", "bo: rotation join \"Core team\"", "cy: rotation join \"Hosts\"",
        "ana: gather plan \"Mob on the pager bot\" at=\"2026-02-15 15:00\"",
        "bo: gather plan \"Talk on tracing\" at=\"2026-02-16 15:00\" kind=talk",
        "cy: gather join 1",
        "bo: kudos @ana \"for the runbooks\"",
        "wait",
        "ana: board", "bo: me", "cy: gather list", "ana: rotation list \"Core team\"",
    ];

    private static readonly (string Opening, string Permission)[] Notices =
    [
        ("The group of ", "TeamworkTag.ReadWrite.All"), ("Gatherings do not become events", "Calendars.ReadWrite"), ("That a turn begins does not get into people's activity feed", "TeamsActivity.Send.User"),
    ];

    [Fact]
    public async Task With_it_nobody_hears_of_it()
    {
        var (said, notices, server) = await PlayAsync(_ => Task.CompletedTask);
        Assert.Empty(notices);
        Assert.Contains(said, text => text.Contains("it is your turn", StringComparison.Ordinal) || text.Contains("Your turn begins", StringComparison.Ordinal));
        Assert.Equal((2, 2, 3), (server.Graph.Tags.Count, server.Graph.Events.Count, server.People.Sum(person => person.Feed.Count)));

        // A token ends with the hour, while the clock of the bot's credentials is the machine's: it is fetched anew.
        Assert.All(server.Graph.Requests.Where(request => request.Status != 401), request => Assert.True(request.Status is >= 200 and < 300 && TeamsPermissionsTests.Calls.ContainsKey(TeamsPermissionsTests.Anonymous(request.Route)), request.ToString()));
    }

    [Fact]
    public async Task Without_consent_it_goes_on_and_each_permission_is_asked_for_once()
    {
        var (said, notices, _) = await PlayAsync(server =>
        {
            server.Graph.Consents.Clear();
            server.Graph.PersonalConsents.Clear();
            server.Team.Consents.Clear();
            return Task.CompletedTask;
        });
        Assert.Equal(await UsualAsync(), said);
        Assert.Equal(Notices.Length, notices.Count);
        Assert.All(Notices, notice => Assert.Single(notices, text => text.StartsWith(notice.Opening, StringComparison.Ordinal) && text.Contains(notice.Permission, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("off")]
    [InlineData("throttled")]
    [InlineData("failing")]
    [InlineData("a page of a proxy")]
    public async Task While_it_is_away_it_goes_on_and_whoever_leads_is_told_once(string how)
    {
        var (said, notices, server) = await PlayAsync(server =>
        {
            switch (how)
            {
                case "off":
                    return server.Graph.TurnOffAsync();
                case "throttled":
                    server.Graph.Faults.Always("*", TeamsFault.Limited(30));
                    break;
                case "failing":
                    server.Graph.Faults.Always("*", TeamsFault.Error(503, "serviceUnavailable"));
                    break;
                default:
                    server.Graph.Faults.Always("*", TeamsFault.Html());
                    break;
            }

            return Task.CompletedTask;
        });
        Assert.Equal(await UsualAsync(), said);
        Assert.Equal(Notices.Length, notices.Count);
        Assert.All(Notices, notice => Assert.Single(notices, text => text.StartsWith(notice.Opening, StringComparison.Ordinal) && text.Contains("for now", StringComparison.Ordinal)));
        Assert.Empty(server.Graph.Tags);
    }

    private static async Task<IReadOnlyList<string>> UsualAsync() => (await PlayAsync(_ => Task.CompletedTask)).Said;

    private static async Task<(IReadOnlyList<string> Said, IReadOnlyList<string> Notices, TeamsServer Server)> PlayAsync(Func<TeamsServer, Task> prepare)
    {
        await using var stage = await TeamsStage.StartAsync();
        await prepare(stage.Server);
        foreach (var line in Script)
        {
            if (line == "wait")
                await stage.Chat.WaitAsync(Duration.FromDays(7));
            else
                await stage.SayAsync(line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..]);
            await LookAsync(stage);
        }

        // Long enough for everything that is tried again.
        for (var times = 0; times < 10; times++)
        {
            await stage.Chat.WaitAsync(Duration.FromMinutes(10));
            await LookAsync(stage);
        }

        var all = stage.Server.Posts.Select(post => (Where: post.Where.Person?.Name ?? post.Where.Name, Text: stage.Ears.TextOf(post))).ToList();
        bool IsNotice((string Where, string Text) one) => Notices.Any(notice => one.Text.StartsWith(notice.Opening, StringComparison.Ordinal));
        Assert.All(all.Where(IsNotice), one => Assert.Equal("ana", one.Where));
        Assert.Empty(stage.Problems);

        // Places are spoken to beside each other: what is said is the same each time, its order among them is not.
        return ([.. all.Where(one => !IsNotice(one)).Select(one => $"{one.Where}: {one.Text}").Order(StringComparer.Ordinal)], [.. all.Where(IsNotice).Select(one => one.Text)], stage.Server);
    }

    private static async Task LookAsync(TeamsStage stage)
    {
        await stage.Chat.Services.GetRequiredService<GroupSyncWorker>().RunDueAsync(CancellationToken.None);
        await stage.Chat.Services.GetRequiredService<EventSyncWorker>().RunDueAsync(CancellationToken.None);
        await stage.Chat.Services.GetRequiredService<TurnNoticeWorker>().RunDueAsync(CancellationToken.None);
        await stage.Ears.SettleAsync();
    }
}
