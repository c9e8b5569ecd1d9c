using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Closings;

public abstract class GraceTests(Product product)
{
    // Monday 12 January 2026, midnight in Madrid.
    private static readonly Instant Midnight = Instant.FromUtc(2026, 1, 11, 23, 0);

    private static readonly (string Name, string Text, int SecondsBefore)[] Late =
    [
        ("ana", "share \"Reading traces\" size=medium", 55),
        ("ana", "share \"Reading logs\" size=medium format=code", 50),
        ("ana", "share \"Reading metrics\" size=medium format=demo", 45),
        ("ana", "share \"Reading profiles\" size=medium format=lab", 40),
        ("ana", "share \"Reading dumps\" size=medium format=code", 35),
        ("bo", "kudos @ana \"for all of it\"", 30),
        ("bo", "share \"A tip\"", 20),
        ("cy", "win \"Nobody was paged\"", 10),
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_was_said_before_midnight_and_arrives_within_ten_minutes_counts_in_whatever_order(int seed)
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy");
        await chat.WaitAsync(Midnight - chat.Clock.Now + Duration.FromSeconds(1));
        var random = new Random(seed);
        var order = seed == 0 ? Late : Late.OrderBy(_ => random.Next()).ToArray();
        foreach (var (name, text, before) in order)
        {
            await chat.SayAsync(chat.Event(name, text) with { At = Midnight - Duration.FromSeconds(before) });
            await chat.WaitAsync(Duration.FromSeconds(60));
        }

        var post = Assert.Single(await chat.WaitAsync(Duration.FromHours(10))).Text;
        Assert.Contains("People\n   1. ana 60\n   2. cy 8\n   3. bo 6\n", post, StringComparison.Ordinal);
        Assert.Contains("nobody has points yet", await chat.AskAsync("ana", "board"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_arrives_later_or_was_said_after_midnight_counts_for_the_new_week()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("bo", "share \"In time\"");
        await chat.WaitAsync(Midnight - chat.Clock.Now + Duration.FromSeconds(1));
        await chat.SayAsync(chat.Event("ana", "share \"Just after\"") with { At = Midnight });
        await chat.WaitAsync(Duration.FromMinutes(10));
        await chat.SayAsync(chat.Event("ana", "share \"Far too late\"") with { At = Midnight - Duration.FromSeconds(1) });
        Assert.Contains("People\n   1. bo 5\nHero", Assert.Single(await chat.WaitAsync(Duration.FromHours(10))).Text, StringComparison.Ordinal);
        Assert.StartsWith("Week of 12 January 2026: ana leads with 10 points.", await chat.AskAsync("ana", "board"), StringComparison.Ordinal);
    }
}

public sealed class GraceOnSqliteTests() : GraceTests(Product.Sqlite);
