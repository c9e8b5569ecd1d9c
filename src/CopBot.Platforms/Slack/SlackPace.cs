using CopBot.Platforms.Slack.Api;
using NodaTime;

namespace CopBot.Platforms.Slack;

/// <summary>How fast the bot posts: about one message a second in each channel, a few at once (https://docs.slack.dev/apis/web-api/rate-limits).</summary>
public sealed class SlackPace(Pacer pacer)
{
    /// <summary>Messages a second in one channel.</summary>
    public double PerSecond { get; init; } = 1;

    /// <summary>Messages at once in one channel that was at rest.</summary>
    public int Burst { get; init; } = 3;

    /// <summary>Takes the channel's turn; zero when it is now, else how long until then.</summary>
    public Duration Take(string team, string channel) => pacer.Take(Key(team, channel), PerSecond, Burst);

    /// <summary>Lets a channel rest, as Slack asked.</summary>
    public void Rest(string team, string channel, Duration wait) => pacer.Rest(Key(team, channel), wait);

    private static string Key(string team, string channel) => $"post {team} {channel}";
}
