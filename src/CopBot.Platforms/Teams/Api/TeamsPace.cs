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
    private readonly Dictionary<(string Conversation, bool Said), Count> counts = [];

    /// <summary>
    /// Takes the right to do it, until <see cref="Landed"/> says that it was answered; gives how long to wait where there is none now. When it arrives nobody here
    /// knows, so it counts from the first moment to the last at which it can have arrived.
    /// </summary>
    public Duration Take(TeamsCall call)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var key = (call.Conversation, call.IsSaid);
        lock (gate)
        {
            if (!counts.TryGetValue(key, out var count))
            {
                if (counts.Count >= MostKept)
                    Forget(now);
                counts[key] = count = new Count();
            }

            var before = count.Answered;
            before.RemoveAll(at => at <= now - Longest);
            foreach (var (most, within) in call.IsSaid ? Saying : Looking)
            {
                var room = most * Times - count.OnTheWay;
                if (room <= 0)
                    return within;

                // Of so many, the one that has to be out of the window before there is room.
                if (before.Count >= room && before[^room] > now - within)
                    return before[^room] + within - now;
            }

            count.OnTheWay++;
            return Duration.Zero;
        }
    }

    /// <summary>What was taken is over: it was answered, or nobody waits for its answer any more.</summary>
    public void Landed(TeamsCall call)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        lock (gate)
        {
            var count = counts[(call.Conversation, call.IsSaid)];
            count.OnTheWay--;
            count.Answered.Add(now);
        }
    }

    private void Forget(Instant now)
    {
        foreach (var quiet in counts.Where(one => one.Value.OnTheWay == 0 && (one.Value.Answered.Count == 0 || one.Value.Answered[^1] <= now - Longest)).Select(one => one.Key).ToList())
            counts.Remove(quiet);
    }

    private sealed class Count
    {
        public int OnTheWay { get; set; }

        public List<Instant> Answered { get; } = [];
    }
}
