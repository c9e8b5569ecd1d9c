using System.Globalization;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>How a refusal for haste says when to come again.</summary>
public enum TeamsRetryAfter
{
    /// <summary>In whole seconds.</summary>
    Seconds,

    /// <summary>As a date.</summary>
    Date,

    /// <summary>Not at all.</summary>
    Silent,
}

/// <summary>How much a bot may say in a thread: 7 in a second, 8 in two, 60 in thirty, 1,800 in an hour. Off until a test asks for it.</summary>
public sealed class TeamsPace(TeamsServer server)
{
    private static readonly (int Most, TimeSpan In)[] Windows = [(7, TimeSpan.FromSeconds(1)), (8, TimeSpan.FromSeconds(2)), (60, TimeSpan.FromSeconds(30)), (1800, TimeSpan.FromHours(1))];
    private readonly Dictionary<string, List<DateTimeOffset>> said = [];

    public bool IsOn { get; set; }
    public TeamsRetryAfter Says { get; set; }

    /// <summary>How often somebody was refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Counts one; how long to wait, where it is too much.</summary>
    internal TimeSpan? Count(string conversation)
    {
        if (!IsOn)
            return null;
        var (now, thread) = (server.Clock.GetUtcNow(), conversation);
        if (!said.TryGetValue(thread, out var times))
            said[thread] = times = [];
        times.RemoveAll(time => now - time >= Windows[^1].In);
        var wait = Windows.Select(window => times.Count(time => now - time < window.In) < window.Most ? TimeSpan.Zero : times[^window.Most] + window.In - now).Max();
        if (wait <= TimeSpan.Zero)
        {
            times.Add(now);
            return null;
        }
        Refused++;
        return wait;
    }

    internal string? RetryAfterOf(TimeSpan wait) => Says switch
    {
        TeamsRetryAfter.Seconds => Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture),
        TeamsRetryAfter.Date => (server.Clock.GetUtcNow() + TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds))).ToString("R"),
        _ => null,
    };
}
