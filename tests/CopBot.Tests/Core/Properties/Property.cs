using System.Diagnostics;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace CopBot.Tests.Core.Properties;

/// <summary>
/// Holds something against a fixed number of random cases. The seed is printed: <c>COPBOT_SEED=1,3</c> plays the same cases again and
/// <c>COPBOT_CASES=1000</c> plays more. A case that proves nothing is counted as such, and most of them must prove something.
/// </summary>
public static class Property
{
    /// <summary>How many scripts are played where nothing else is said; CI plays more.</summary>
    public const int Cases = 4;

    /// <summary>From so many cases on the share of those that prove something is no accident.</summary>
    private const int Conclusive = 40;

    private static int? Asked => int.TryParse(Environment.GetEnvironmentVariable("COPBOT_CASES"), CultureInfo.InvariantCulture, out var more) ? more : null;

    /// <summary>One in so many of a fixed list of cases; all of them where more are asked for, as CI does.</summary>
    public static IEnumerable<T> Share<T>(IEnumerable<T> all, int one) => Asked > Cases ? all : all.Where((_, at) => at % one == 0);

    /// <summary>Throws with the smallest failing case found. <paramref name="holds"/> throws where the property fails, and says whether the case could have failed.</summary>
    public static async Task HoldsAsync<T>(string name, Arbitrary<T> cases, int count, Func<T, Task<bool>> holds)
    {
        var (seed, gamma) = Seed();
        count = Asked ?? count;
        var output = TestContext.Current.TestOutputHelper;
        output?.WriteLine($"{name}: COPBOT_SEED={seed},{gamma}");
        var (played, telling) = (0, 0);
        var watch = Stopwatch.StartNew();

        // A handful of cases may by chance be telling in few: more are played before it is said that the rest proves nothing.
        for (var more = count; more > 0; more = 2 * telling < played ? Conclusive - played : 0)
        {
            var config = Config.QuickThrowOnFailure.WithMaxTest(more).WithQuietOnSuccess(true).WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(seed + (ulong)played, gamma), FSharpOption<int>.None)));

            // The cases are awaited by blocking, which must not take a thread of the test runner.
            await Task.Run(() => Check.One(name, config, Prop.ForAll(cases, async one =>
            {
                var could = await holds(one);
                played++;
                telling += could ? 1 : 0;
            })));
        }

        var share = 100 * telling / played;
        output?.WriteLine($"{name}: {telling} of {played} cases could have failed ({share} %), {watch.ElapsedMilliseconds} ms");
        Assert.True(share >= 50, $"{name}: only {share} % of the cases could have failed; the rest proves nothing (COPBOT_SEED={seed},{gamma})");
    }

    private static (ulong Seed, ulong Gamma) Seed()
    {
        if (Environment.GetEnvironmentVariable("COPBOT_SEED") is { Length: > 0 } given)
        {
            var parts = given.Split(',').Select(part => ulong.Parse(part, CultureInfo.InvariantCulture)).ToArray();
            return (parts[0], parts[1]);
        }

        return ((ulong)Random.Shared.Next(), (ulong)Random.Shared.Next() | 1);
    }
}
