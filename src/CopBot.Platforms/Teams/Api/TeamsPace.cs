using NodaTime;

namespace CopBot.Platforms.Teams.Api;

/// <summary>
/// How fast the bot may do something in one conversation (bots/how-to/rate-limit, “Per bot per thread limit”): several windows, of which each has to have room.
/// </summary>
public sealed class TeamsPace(TimeProvider time)
{
    // Beyond so many conversations those that were quiet for an hour are forgotten.
    private const int MostKept = 5_000;
    private static readonly Duration Longest = Duration.FromHours(1);

    private static readonly (int Most, Duration Within)[] Saying = [(7, Duration.FromSeconds(1)), (8, Duration.FromSeconds(2)), (60, Duration.FromSeconds(30)), (1800, Longest)];
    private static readonly (int Most, Duration Within)[] Looking = [(14, Duration.FromSeconds(1)), (16, Duration.FromSeconds(2)), (120, Duration.FromSeconds(30)), (3600, Longest)];

    /// <summary>How many times as fast as Teams allows; tests whose clock stands need more.</summary>
    public int Times { get; init; } = 1;

    private readonly Lock gate = new();
    private readonly Dictionary<(string Conversation, bool Said), List<Instant>> done = [];

    /// <summary>Takes the right to do it; gives how long to wait where there is none now.</summary>
    public Duration Take(TeamsCall call)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var key = (call.Conversation, call.IsSaid);
        lock (gate)
        {
            if (!done.TryGetValue(key, out var before))
            {
                if (done.Count >= MostKept)
                    Forget(now);
                done[key] = before = [];
            }

            before.RemoveAll(at => at <= now - Longest);
            foreach (var (most, within) in call.IsSaid ? Saying : Looking)
            {
                // Of so many, the one that has to be out of the window before there is room.
                if (before.Count >= most * Times && before[^(most * Times)] > now - within)
                    return before[^(most * Times)] + within - now;
            }

            before.Add(now);
            return Duration.Zero;
        }
    }

    private void Forget(Instant now)
    {
        foreach (var quiet in done.Where(one => one.Value.Count == 0 || one.Value[^1] <= now - Longest).Select(one => one.Key).ToList())
            done.Remove(quiet);
    }
}
