using System.Collections.Concurrent;
using CopBot.Tests.Support.FakeSlack;

namespace CopBot.PlatformTests.Slack.Storms;

/// <summary>People who tell stories in some channels, one after the other.</summary>
public sealed class Crowd
{
    private readonly SlackServer slack;
    private readonly Random random;
    private readonly List<SlackUser> people;

    public Crowd(SlackServer slack, int channels, int people, Random random)
    {
        (this.slack, this.random) = (slack, random);
        this.people = [.. Enumerable.Range(0, people).Select(number => slack.Workspace.AddUser($"person{number}"))];
        Channels = [.. Enumerable.Range(0, channels).Select(number => slack.Workspace.AddChannel($"channel{number}"))];
    }

    public IReadOnlyList<SlackChannel> Channels { get; }

    /// <summary>What was told and acknowledged.</summary>
    public ConcurrentQueue<string> Told { get; } = [];

    /// <summary>What was not acknowledged, all repetitions included.</summary>
    public ConcurrentQueue<string> Unheard { get; } = [];

    /// <summary>How often somebody asked by a command for what only they see.</summary>
    public int Asked { get; private set; }

    /// <summary>How many copies were sent beyond one of each.</summary>
    public int Repeated { get; private set; }

    /// <summary>Everybody makes themselves known.</summary>
    public Task GreetAsync() => Task.WhenAll(people.Select(person => slack.Workspace.DirectAsync(person, "help")));

    /// <summary>Somebody types a command that is answered for their eyes alone.</summary>
    public async Task AskAsync()
    {
        var delivered = await slack.Workspace.SlashAsync(people[Asked % people.Count], Channels[Asked % Channels.Count], "/cop", "me");
        Assert.True(delivered.Acknowledged);
        Asked++;
    }

    /// <summary>Somebody tells a story; then a while passes. Gives its title.</summary>
    public async Task<string> SayAsync(TimeSpan pause, bool? in0 = null)
    {
        var title = RunningBot.NewTitle(random);
        SlackUser by;
        SlackChannel where;
        lock (random)
        {
            by = people[random.Next(people.Count)];
            where = in0 switch { true => Channels[0], false => Channels[random.Next(1, Channels.Count)], null => Channels[random.Next(Channels.Count)] };
        }

        var delivered = await slack.Workspace.SayAsync(by, where, $"{slack.Workspace.BotUser.Mention} win \"{title}\"");
        (delivered.Acknowledged ? Told : Unheard).Enqueue(title);
        lock (random)
            Repeated += Math.Max(0, delivered.Attempts - 1);
        if (pause > TimeSpan.Zero)
            await Task.Delay(pause, slack.Clock);
        return title;
    }

    /// <summary>Every story that was heard stands once, and each channel's messages stand in the order in which they were put into the outbox.</summary>
    public void AssertToldOnceInOrder(RunningBot bot)
    {
        var stands = bot.Told();
        Assert.Empty(Told.Except(stands.Keys));
        Assert.All(stands, story => Assert.Equal((story.Key, 1), (story.Key, story.Value)));
        foreach (var channel in Channels)
        {
            var rows = bot.Workspace.Posts.Where(post => post.Channel == channel.Id && RunningBot.KeyOf(post).Length > 0).Select(RunningBot.RowOf).ToList();
            Assert.Equal(rows.Order(), rows);
        }
    }
}
