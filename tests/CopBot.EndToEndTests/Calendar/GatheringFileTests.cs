using System.Net;
using System.Text.RegularExpressions;
using CopBot.EndToEndTests.Support;

namespace CopBot.EndToEndTests.Calendar;

/// <summary>The calendar file of a gathering, read by a parser that is not ours.</summary>
public sealed partial class GatheringFileTests(IndependentParser parser) : IClassFixture<IndependentParser>
{
    private const string Zone = "Europe/Madrid";
    private static readonly int Year = TimeProvider.System.GetUtcNow().Year + 1;

    [Fact]
    public async Task An_independent_parser_reads_the_time_the_title_and_the_change()
    {
        await parser.InstallAsync();
        await using var host = await HostProcess.StartAsync();
        using var ana = await HttpVisitor.JoinAsync(host, "ana");
        await ana.SayAsync($"settings zone={Zone}");
        await ana.SayAsync($"gather plan \"Équipe; mob, 日本: the \\\\ pager\" kind=mob at=\"{Year}-07-15 15:00\" minutes=90 topic=alerting");
        await ana.HearsAsync("Gathering 1");
        var first = await ReadAsync(ana, 1);
        Assert.Equal(($"{Year}-07-15 15:00", 0), (first.Local, first.Sequence));
        Assert.Contains("Équipe; mob, 日本: the \\ pager", first.Summary);
        Assert.Equal(TimeSpan.FromMinutes(90), first.End - first.Begin);

        await ana.SayAsync($"gather move 1 at=\"{Year}-12-15 16:00\"");
        await ana.HearsAsync($"{Year} 16:00");
        var moved = await ReadAsync(ana, 2);
        Assert.Equal((first.Uid, $"{Year}-12-15 16:00"), (moved.Uid, moved.Local));
        Assert.True(moved.Sequence > first.Sequence);
    }

    [Fact]
    public async Task A_title_with_control_characters_is_refused_and_long_ones_are_folded()
    {
        await parser.InstallAsync();
        await using var host = await HostProcess.StartAsync();
        using var ana = await HttpVisitor.JoinAsync(host, "ana");
        await ana.SayAsync($"gather plan \"Mob\u0007BEGIN:VALARM\" at=\"{Year}-07-15 15:00\"");
        await ana.HearsAsync("Nothing was stored");
        var title = string.Concat(Enumerable.Repeat("Wörter 字 ", 12)).Trim();
        await ana.SayAsync($"gather plan \"{title}\" at=\"{Year}-07-15 15:00\"");
        await ana.HearsAsync("Gathering 1");
        Assert.Contains(title, (await ReadAsync(ana, 1)).Summary);
    }

    private async Task<ReadEvent> ReadAsync(HttpVisitor visitor, int files)
    {
        await visitor.SayAsync("gather ics 1");
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        while (true)
        {
            var found = File().Matches(await visitor.PageAsync());
            if (found.Count >= files)
                return Assert.Single((await parser.ReadAsync(WebUtility.HtmlDecode(found[^1].Value).ReplaceLineEndings("\r\n"), Zone)).Events);
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(20), "the calendar file did not come");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    [GeneratedRegex("BEGIN:VCALENDAR.*?END:VCALENDAR", RegexOptions.Singleline)]
    private static partial Regex File();
}
