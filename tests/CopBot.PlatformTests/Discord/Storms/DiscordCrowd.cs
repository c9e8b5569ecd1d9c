using System.Collections.Concurrent;
using CopBot.Tests.Support.FakeDiscord;

namespace CopBot.PlatformTests.Discord.Storms;

/// <summary>People who tell stories in some channels of a server.</summary>
public sealed class DiscordCrowd
{
    private readonly DiscordServer discord;
    private readonly Random random;

    public DiscordCrowd(DiscordServer discord, int channels, int people, int seed)
    {
        (this.discord, random) = (discord, new Random(seed));
        discord.Guild.AddChannel("general");
        People = [.. Enumerable.Range(0, people).Select(number => discord.Guild.AddPerson($"person{number}"))];
        Channels = [.. Enumerable.Range(0, channels).Select(number => discord.Guild.AddChannel($"channel{number}"))];
    }

    public IReadOnlyList<DiscordUser> People { get; }

    public IReadOnlyList<DiscordChannel> Channels { get; }

    /// <summary>The titles of what was told.</summary>
    public ConcurrentQueue<string> Told { get; } = [];

    /// <summary>Everybody makes themselves known.</summary>
    public Task GreetAsync(RunningDiscord bot)
    {
        foreach (var person in People)
            discord.Direct(person, "help");
        return bot.QuietAsync();
    }

    /// <summary>Somebody tells a story.</summary>
    public string Say(DiscordChannel? where = null, bool kept = true)
    {
        var title = RunningDiscord.NewTitle(random);
        discord.Say(People[random.Next(People.Count)], where ?? Channels[random.Next(Channels.Count)], $"{discord.BotUser.Mention} win \"{title}\"");
        if (kept)
            Told.Enqueue(title);
        return title;
    }

    /// <summary>Every story stands there once.</summary>
    public void AssertToldOnce()
    {
        var stands = RunningDiscord.StoriesOf(discord);
        Assert.Empty(Told.Except(stands.Keys));
        Assert.All(stands, story => Assert.Equal((story.Key, 1), (story.Key, story.Value)));
    }
}
