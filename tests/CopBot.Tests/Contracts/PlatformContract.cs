using CopBot.Core.Features.Groups;
using CopBot.Core.Features.Rotations;
using CopBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CopBot.Tests.Contracts;

/// <summary>What every chat platform owes its people, whatever it looks like there.</summary>
public abstract class PlatformContract
{
    private static readonly string[] HostileNames =
    [
        "<!channel>", "<!here|you>", "@everyone", "@here", "<@U0100001>", "<#C0100001|general>", "<http://evil.test|label>", "https://evil.test", "[label](https://evil.test)",
        "*bold* _it_ ~no~ `code`", "&lt;!channel&gt;", "</at>", "a\u202eb\u200bc", "n̴̢a̵m̶e̷", ":tada:", "line\nbreak", "{{binding}}", "=cmd()",
    ];

    /// <summary>A community of which nobody has spoken yet.</summary>
    protected abstract Task<PlatformStage> StartAsync();

    [Fact]
    public async Task What_is_for_all_stands_in_the_channel_and_what_is_for_one_only_before_their_eyes()
    {
        await using var stage = await StartAsync();
        await stage.SayAsync("ana", "share \"Runbooks that cut MTTR\"");
        Assert.Equal("#1 ana shared “Runbooks that cut MTTR” (small): 5 points for ana.", stage.Channel[0].Split('\n')[0]);

        await stage.SayAsync("bo", "me");
        Assert.Single(stage.Channel);
        Assert.Contains(stage.ForEyesOf("bo"), text => text.Contains("0 points", StringComparison.Ordinal) || text.Contains("no points", StringComparison.Ordinal));
        Assert.DoesNotContain(stage.ForEyesOf("ana"), text => text.Contains("no points", StringComparison.Ordinal));
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task Whoever_speaks_first_is_welcomed_in_their_direct_conversation()
    {
        await using var stage = await StartAsync();
        await stage.SayAsync("ana", "help");
        Assert.Contains(stage.ForEyesOf("ana"), text => text.StartsWith("Welcome to the Reliability League, ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_waited_is_brought_up_to_date_where_it_stands()
    {
        await using var stage = await StartAsync();
        await stage.SayAsync("bo", "help");
        await stage.SayAsync("ana", "share \"A workshop\" size=large");
        Assert.StartsWith("#1 ana shared “A workshop” (large): waiting.", stage.Channel[0], StringComparison.Ordinal);

        Assert.True(await stage.PressAsync("bo", "Confirm"));
        Assert.StartsWith("#1 “A workshop”: it counts.", stage.Channel[0], StringComparison.Ordinal);
        Assert.StartsWith("#1 “A workshop” is confirmed by bo", stage.Channel[1], StringComparison.Ordinal);
        Assert.Equal(20, await stage.Chat.PointsAsync("ana"));

        // The button went with the old wording.
        Assert.False(await stage.PressAsync("bo", "Confirm"));
    }

    [Fact]
    public async Task An_event_that_comes_ten_times_counts_and_is_answered_once()
    {
        await using var stage = await StartAsync();
        await stage.SayAsync("ana", "share \"Runbooks that cut MTTR\"", times: 10);
        Assert.Single(stage.Channel);
        Assert.Equal(5, await stage.Chat.PointsAsync("ana"));
        Assert.Single(stage.ForEyesOf("ana"), text => text.StartsWith("Welcome", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_name_and_no_title_makes_anything_live()
    {
        await using var stage = await StartAsync();
        await stage.SayAsync("ana", "help");
        foreach (var name in HostileNames)
        {
            await stage.SayAsync(name, $"share \"{name.Replace("\n", " ", StringComparison.Ordinal)} by me\"");
            await stage.SayAsync(name, "board");
        }

        await stage.SayAsync("ana", "pending");
        await stage.SayAsync("ana", "board");
        Assert.DoesNotContain(stage.LiveThings(), thing => thing.Contains("evil", StringComparison.Ordinal) || thing.Contains("channel", StringComparison.Ordinal) || thing.Contains("everyone", StringComparison.Ordinal) || thing.Contains("here", StringComparison.Ordinal));
        Assert.Empty(stage.Problems);
        Assert.InRange(stage.Channel.Count, HostileNames.Length / 2, int.MaxValue);
    }

    [Fact]
    public async Task What_does_not_fit_is_shortened_and_still_arrives()
    {
        await using var stage = await StartAsync();
        await stage.SayAsync("ana", "squad create Blue");
        for (var member = 0; member < 40; member++)
        {
            var name = $"member{member:00}" + new string('x', 20);
            await stage.SayAsync(name, $"share \"{new string((char)('a' + member % 26), 290)}\" size=large link=https://example.org/{new string('y', 1500)}");
        }

        await stage.SayAsync("ana", "pending");
        await stage.SayAsync("ana", "help");
        Assert.Contains(stage.ForEyesOf("ana"), text => text.Contains("more", StringComparison.Ordinal));
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task A_form_says_what_is_wrong_at_the_field_and_stores_only_what_is_right()
    {
        await using var stage = await StartAsync();
        await stage.SayAsync("ana", "help");
        var wrong = await stage.FillAsync("ana", "share", ("title", "Look at <!channel>"), ("size", "medium"));
        Assert.Contains("addresses everybody at once", wrong["title"]);
        Assert.Equal((0, 0), await stage.Chat.StoredAsync());

        Assert.Empty(await stage.FillAsync("ana", "share", ("title", "How to read a flame graph"), ("size", "medium")));
        Assert.Equal(10, await stage.Chat.PointsAsync("ana"));
        Assert.Contains(stage.Channel, text => text.StartsWith("#1 ana shared “How to read a flame graph” (medium)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_group_of_a_rotation_follows_who_serves_and_is_mended()
    {
        await using var stage = await StartAsync();
        foreach (var name in (string[])["ana", "bo", "cy"])
            await stage.SayAsync(name, "help");
        await stage.SayAsync("ana", "rotation create \"Core team\" seats=2 every=week day=monday");
        foreach (var name in (string[])["ana", "bo", "cy"])
            await stage.SayAsync(name, "rotation join");
        await stage.Chat.WaitAsync(Duration.FromDays(7));
        await SyncAsync(stage);
        var serving = stage.Group("Core team");
        Assert.NotNull(serving);
        Assert.Equal(2, serving.Count);

        await stage.MeddleAsync("Core team");
        await stage.Chat.WaitAsync(Duration.FromDays(1));
        await SyncAsync(stage);
        Assert.Equal(serving.Order(), stage.Group("Core team")!.Order());

        await stage.Chat.WaitAsync(Duration.FromDays(6));
        await SyncAsync(stage);
        Assert.NotEqual(serving.Order(), stage.Group("Core team")!.Order());
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task A_channel_that_is_gone_is_told_once_and_what_waited_follows_when_it_is_back()
    {
        await using var stage = await StartAsync();
        await stage.SayAsync("ana", "help");
        await stage.SayAsync("ana", "announce \"Stand-up\" every=day at=10:00");
        var before = stage.Channel.Count;
        await stage.SetGoneAsync(true);
        await stage.Chat.WaitAsync(Duration.FromDays(2));
        Assert.Equal(before, stage.Channel.Count);
        Assert.Single(stage.ForEyesOf("ana"), text => text.StartsWith("I can no longer post in #general", StringComparison.Ordinal));

        await stage.SetGoneAsync(false);
        await stage.Chat.WaitAsync(Duration.FromDays(1));
        Assert.Contains(stage.Channel.Skip(before), text => text.Contains("Stand-up", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_left_serves_no_turn_until_they_are_back()
    {
        await using var stage = await StartAsync();
        foreach (var name in (string[])["ana", "bo", "cy"])
            await stage.SayAsync(name, "help");
        await stage.SayAsync("ana", "rotation create \"Core team\" seats=1 every=week day=monday");
        foreach (var name in (string[])["ana", "bo"])
            await stage.SayAsync(name, "rotation join");
        await stage.SetLeftAsync("bo", left: true);
        await stage.SayAsync("ana", "rotation list \"Core team\"");
        Assert.DoesNotContain("bo", Turns(stage), StringComparison.Ordinal);

        await stage.SetLeftAsync("bo", left: false);
        await stage.SayAsync("ana", "rotation list \"Core team\"");
        Assert.Contains("bo", Turns(stage), StringComparison.Ordinal);
    }

    // Who serves in the turns to come.
    private static string Turns(PlatformStage stage) => string.Join('\n', stage.ForEyesOf("ana")[^1].Split('\n').Where(line => line.StartsWith("Turn ", StringComparison.Ordinal)));

    private static Task SyncAsync(PlatformStage stage) => stage.Chat.Services.GetRequiredService<GroupSyncWorker>().RunDueAsync(CancellationToken.None);
}
