namespace CopBot.Benchmarks.Leagues;

/// <summary>Titles as people write them. Any two differ in at least three of their six parts, so none is taken for a copy of another.</summary>
public static class Titles
{
    private const int Words = 37;

    private static readonly string[][] Parts =
    [
        "Halving|Runbook for|Lessons from|A week without|Tracing|Budgeting|Rehearsing|Drawing a map of|Retiring|Automating|Measuring|Taming|A checklist for|Pairing on|Questions about|Dashboards for|How we found|Rolling back|Sharding|A field guide to|Untangling|Watching|Simulating|Naming|Bisecting|Postmortem on|Cutting|A talk about|Teaching|Forecasting|Isolating|Throttling|A template for|Documenting|Reviewing|Debugging|Replaying".Split('|'),
        "noisy pages|cold starts|retry storms|slow queries|expired certificates|queue backlogs|flaky deploys|memory leaks|clock skew|orphaned volumes|dropped packets|cache stampedes|stale replicas|thundering herds|half-open sockets|silent alerts|manual failovers|unbounded logs|zombie jobs|config drift|kernel panics|lock convoys|disk pressure|DNS timeouts|quota limits|bad rollouts|lost heartbeats|split brains|hot partitions|schema changes|secret sprawl|batch overruns|toil|on-call fatigue|alert floods|capacity cliffs|rate limits".Split('|'),
        "billing|search|checkout|the data lake|identity|the edge proxies|payroll|media storage|the build farm|notifications|fraud scoring|ticketing|mobile sync|reporting|the mail relay|session handling|catalogue import|the feature store|pricing|warehouse sync|the public API|invoicing|the message bus|geocoding|recommendations|the backup vault|chat support|streaming|the test cluster|onboarding|partner feeds|the load balancers|metering|image resizing|the wiki|analytics|the scheduler".Split('|'),
        "with burn-rate windows|using synthetic probes|through canaries|by chaos drills|with one kernel flag|using histograms|by cutting scope|through load tests|with blue-green pools|by reading core dumps|with error budgets|using eBPF|through game days|by naming owners|with backpressure|using shadow traffic|by deleting code|through two dry runs|with jitter|using feature flags|by asking support|with a timeline|using flame graphs|through pairing|with idempotent jobs|by paging less|with circuit breakers|using a queue|through tabletop exercises|with smaller batches|by drawing arrows|using checksums|with health checks|through static analysis|by raising limits|using leases|with a second pair of eyes".Split('|'),
        "before Black Friday|after the outage in spring|during the migration|on a quiet Tuesday|in the night shift|while hiring|at month end|under double traffic|since the last review|for the audit|across three regions|on spot machines|behind the firewall|without downtime|at a third of the cost|in ninety minutes|from the first page on|despite old firmware|with a team of four|for the second time|over the weekend|in one sprint|until the vendor answered|ahead of launch|between two freezes|on borrowed hardware|in the smallest region|after a reorganisation|with half the dashboards|during a power cut|at three in the morning|for new joiners|on the legacy cluster|within the error budget|after the merger|in dry season|next to the release train".Split('|'),
        "a write-up|slides|a recording|notes for juniors|the long version|an honest account|part of a series|with numbers|with code|for managers|a demo|worth an hour|short and practical|with exercises|a comic strip|from the trenches|the missing manual|with questions|in five charts|as a story|a draft|for sceptics|the sequel|an experiment log|lightning talk|with a lab|in plain words|a reading list|with a cheat sheet|a retrospective|by two rookies|step by step|a warning|the happy ending|a bet|with templates|an open question".Split('|'),
    ];

    /// <summary>The title of a number; there are 37⁴ of them.</summary>
    public static string Of(int number)
    {
        // The digits of the number are the coefficients of a cubic polynomial over a prime field: two such meet in three points at most.
        return $"{Part(0)} {Part(1)} in {Part(2)} {Part(3)} {Part(4)}: {Part(5)}";

        string Part(int x)
        {
            var value = 0;
            for (var (rest, digit) = (number, 0); digit < 4; rest /= Words, digit++)
                value = (value * x + rest % Words) % Words;
            return Parts[x][value];
        }
    }
}
