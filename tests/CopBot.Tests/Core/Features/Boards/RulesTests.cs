using System.Globalization;
using CopBot.Core.Content;
using CopBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Tests.Core.Features.Boards;

public abstract class RulesTests(Product product)
{
    [Fact]
    public async Task Rules_tell_every_number_of_the_pack()
    {
        await using var chat = await Conversation.StartAsync(product);
        var policy = chat.Services.GetRequiredService<PointsPolicy>();
        var rules = await chat.AskAsync("ana", "rules");

        Assert.StartsWith($"The rules of the game, policy version {policy.Version}.", rules);
        foreach (var kind in policy.Kinds.Values)
        {
            var line = Assert.Single(rules.Split('\n'), line => line.StartsWith(kind.Title + ": ", StringComparison.Ordinal));
            foreach (var number in kind.Points.Values.Select(points => points.ToString(CultureInfo.InvariantCulture)).Concat(kind.Times.Values.Select(times => times.ToString("0.##", CultureInfo.InvariantCulture))))
                Assert.Matches($@"\b{number}\b", line);
            Assert.All(kind.Limits, limit => Assert.Contains(limit.Says, line));
            Assert.Contains(kind.Says, line);
        }

        Assert.All(policy.Sizes, size => Assert.Contains($"{size.Key}: {size.Value}", rules));
        Assert.All(policy.Caps, cap => Assert.Contains(cap.Says, rules));
        Assert.Contains("What waits expires after 14 days. You can take something back for 24 hours. A title that is 90 % like one of the last 30 days waits for confirmation. Nobody confirms their own. Whoever leaves a squad counts as within it for 7 days more where reuse is concerned.", rules);
    }

    [Fact]
    public async Task Rules_of_one_kind_say_when_it_counts()
    {
        await using var chat = await Conversation.StartAsync(product);
        Assert.Contains("Mob session: taking part 10, hosting 5; counts when another participant confirms.", await chat.AskAsync("ana", "rules mob"));
        Assert.Contains("Share: small 5, medium 10, large 20, huge 40; code × 1.5, demo × 1.5, lab × 1.5; counts at once; large and huge when another member confirms.", await chat.AskAsync("ana", "rules share"));
        Assert.Contains("Win: 8; counts at once.", await chat.AskAsync("ana", "rules kind=win"));
        Assert.Contains("Experiment started: with a measure 5, without a measure 0; counts at once.", await chat.AskAsync("ana", "rules experiment-start"));
        Assert.Contains("Kudos: received 3, given 1; counts at once;", await chat.AskAsync("ana", "rules kudos"));
        Assert.StartsWith("`kind` is one of", await chat.AskAsync("ana", "rules nonsense"));
    }
}

public sealed class RulesOnSqliteTests() : RulesTests(Product.Sqlite);
