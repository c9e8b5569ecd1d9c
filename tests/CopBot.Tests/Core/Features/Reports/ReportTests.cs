using CopBot.Core.Chat;
using CopBot.Core.Features.Claims;
using CopBot.Core.Features.League;
using CopBot.Core.Storage;
using CopBot.Tests.Support;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Tests.Core.Features.Reports;

public abstract class ReportTests(Product product)
{
    private static readonly string[] People = ["ana", "bo", "cy", "dee", "eve", "fay"];

    [Fact]
    public async Task The_month_on_one_page_is_what_the_rows_add_up_to()
    {
        await using var chat = await Conversation.StartAsync(product);
        await PlayAsync(chat);
        var report = await chat.AskAsync("ana", "report month");
        var (claims, entries) = await chat.Store.ReadAsync(Community.First, async (work, ct) => (await work.Db.Set<Claim>().ToListAsync(ct), await work.Db.Set<LedgerEntry>().ToListAsync(ct)), CancellationToken.None);
        var january = claims.Where(claim => claim.State == ClaimState.Counted && claim.Day is { Year: 2026, Month: 1 }).ToList();
        var people = entries.Where(entry => january.Any(claim => claim.Id == entry.ClaimId) && entry.Reverses is null && entries.All(back => back.Reverses != entry.Id)).Select(entry => entry.PersonId).Distinct().Count();
        var (shares, mobs) = (january.Count(claim => claim.Kind == "share"), january.Count(claim => claim.Kind == "mob"));
        Assert.Equal((6, 1, 6), (shares, mobs, people));

        Assert.StartsWith($"January 2026 so far: {shares} shares, {mobs} mob session, 1 experiment begun and 1 finished, 2 outcomes.", report);
        Assert.Contains($"\nShares: {shares} (none the month before); used by another squad never\n", report);
        Assert.Contains($"\nCollaboration: {mobs} mob session (none the month before), 1 across squads, 90 minutes; 0 kudos\n", report);
        Assert.Contains($"\nPeople: {people} took part, from 2 squads\n", report);
        Assert.Contains("\nExperiments: 1 begun; 1 finished: 0 proven, 1 disproved, 0 inconclusive\n", report);
        var hours = january.Where(claim => claim is { Kind: "outcome", Unit: not null } && claim.Unit.Equals("hours", StringComparison.OrdinalIgnoreCase)).ToList();
        Assert.Equal((60m, 40m), (hours.Sum(claim => claim.BeforeValue), hours.Sum(claim => claim.AfterValue)));
        Assert.Contains("\nOutcomes, savings: 2 in hours: from 60 to 40, 20 less (33 %)\n", report);
    }

    [Fact]
    public async Task Percentages_are_not_added_up_few_people_not_told_and_what_nobody_attended_not_held()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        foreach (var (name, line) in ((string, string)[])
        [
            ("ana", "okr add \"Train\" until=2026-03-31"), ("ana", "kr add 1 \"In training\" target=30 unit=people"), ("ana", "okr activate 1"), ("ana", "okr checkin 1 2"),
            ("ana", "mob \"Fix cron\" with=@bo minutes=45"), ("bo", "confirm 1"),
            ("ana", "outcome 1 category=quality before=90 after=95 unit=% \"Coverage\""), ("bo", "confirm 2"), ("bo", "outcome 1 category=quality before=80 after=90 unit=% \"Success\""), ("ana", "confirm 3"),
            ("ana", "gather plan \"Nobody came\" kind=talk at=\"2026-01-05 10:00\" minutes=30"),
        ])
            await chat.SayAsync(name, line);
        Assert.Equal("Gathering 1 is that, at that time: `gather join 1`. Nothing was stored.", await chat.AskAsync("ana", "gather plan \"nobody came\" kind=talk at=\"2026-01-05 10:00\""));
        await chat.WaitAsync(Duration.FromHours(3));
        await chat.SayAsync("ana", "gather missed 1");
        var report = await chat.AskAsync("ana", "report month");
        Assert.Contains("\nOutcomes, quality: 2 in %: from 85 to 92.5 on average, 7.5 more\n", report);
        Assert.Contains("In training: fewer than five of 30 people\n", report);
        Assert.Contains("\nGatherings: 1 planned of which nobody said that they were there\n", report);
    }

    [Fact]
    public async Task What_is_void_is_not_in_it_any_more()
    {
        await using var chat = await Conversation.StartAsync(product);
        await PlayAsync(chat);
        await chat.SayAsync("ana", "void 1 reason=\"twice\"");
        Assert.StartsWith("January 2026 so far: 5 shares, 1 mob session", await chat.AskAsync("ana", "report month"));
    }

    [Fact]
    public async Task A_month_that_is_over_stays_what_it_was()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        (string Name, string Line)[] january =
        [
            ("ana", "okr add \"Train people\" until=2026-06-30"),
            ("ana", "kr add 1 \"Trained\" baseline=10 target=30 unit=hours"),
            ("ana", "kr add 1 \"Mobbers\" target=6 unit=people measure=\"count people of mob\""),
            ("ana", "okr activate 1"),
            ("ana", "okr checkin 1 12"),
            ("ana", "mob \"Mend the pager bot\" with=@bo minutes=90"),
            ("bo", "confirm 1"),
            ("ana", "gap add \"Chaos testing\" need=\"Survive\" importance=5 level=1"),
        ];
        foreach (var (name, line) in january)
            Assert.DoesNotContain("Nothing was", await chat.AskAsync(name, line));
        await chat.WaitAsync(Duration.FromDays(29));
        var before = await chat.AskAsync("ana", "report month 2026-01");
        Assert.Contains("- Trained: 12 hours, from 10 to 30 (10 %, behind)\n- Mobbers: fewer than five of 6 people\n", before);
        foreach (var line in (string[])["okr checkin 1 30", "gap add \"Load testing\" need=\"Survive\" importance=5 level=0", "gap close 1 reason=done", "okr close 1 achieved"])
            await chat.SayAsync("ana", line);
        Assert.Equal(before, await chat.AskAsync("ana", "report month 2026-01"));
    }

    [Fact]
    public async Task Part_of_a_month_is_not_said_to_be_less_than_a_whole_one()
    {
        await using var chat = await Conversation.StartAsync(product);
        await PlayAsync(chat);
        await chat.WaitAsync(Duration.FromDays(31));
        await chat.SayAsync("ana", "share \"What February taught\"");
        Assert.Contains("\nShares: 1 (6 in the whole month before); ", await chat.AskAsync("ana", "report month"));
        await chat.WaitAsync(Duration.FromDays(28));
        Assert.Contains("\nShares: 1 (5 fewer than the month before); ", await chat.AskAsync("ana", "report month 2026-02"));
    }

    [Fact]
    public async Task It_names_nobody_and_tells_no_small_count_of_people()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync(People);
        foreach (var name in People.Take(4))
            await chat.SayAsync(name, $"share \"What {Title(name)} is good for\"");
        var report = await chat.AskAsync("ana", "report month");
        Assert.Contains("\nPeople: fewer than five took part, from 0 squads\n", report);
        Assert.DoesNotMatch($"\\b({string.Join('|', People)})\\b", report);
        Assert.Contains("fewer than five took part in the last 28 days", await chat.AskAsync("ana", "health"));
        await chat.SayAsync("eve", "share \"Something else entirely\"");
        Assert.Contains("\nPeople: 5 took part", await chat.AskAsync("ana", "report month"));
    }

    [Fact]
    public async Task The_markdown_is_a_file_in_which_titles_are_no_markup()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        await chat.SayAsync("ana", "okr add \"Fewer | pages & _nights_ #1\" until=2026-03-31");
        await chat.SayAsync("ana", "kr add 1 \"`Alerts` *a* week\" target=5");
        await chat.SayAsync("ana", "okr activate 1");
        var document = Assert.Single((await chat.SayAsync("ana", "report month"))[^1].Message.Card!.Blocks.OfType<Document>());
        Assert.Equal(("report-2026-01.md", "text/markdown"), (document.Name, document.MediaType));
        Assert.Contains("**1. Fewer \\| pages \\& \\_nights\\_ \\#1** (active)", document.Content);
        Assert.Contains("- \\`Alerts\\` \\*a\\* week: 0 of 5 (0 %)", document.Content);
    }

    [Fact]
    public async Task Each_lead_is_given_the_last_month_on_the_first_when_that_is_wanted()
    {
        await using var chat = await Conversation.StartAsync(product);
        await PlayAsync(chat);
        Assert.StartsWith("On the first of each month at 09:00 every lead is given the report of the month before, in private", await chat.AskAsync("ana", "report monthly on"));
        Assert.StartsWith("The report comes by itself already, by schedule", await chat.AskAsync("ana", "report monthly"));
        var told = Assert.Single(await chat.WaitAsync(Duration.FromDays(31)), one => one.Text.StartsWith("January 2026: 6 shares", StringComparison.Ordinal));
        Assert.True(told.IsFor("ana"));
        await chat.SayAsync("ana", "report monthly off");
        Assert.DoesNotContain(await chat.WaitAsync(Duration.FromDays(31)), one => one.Text.StartsWith("February 2026", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("report month 2026-13", "“2026-13” is no month; write it like `2026-01`, or `last`. Nothing was changed.")]
    [InlineData("report month 2026-02", "February 2026 has not begun. Nothing was changed.")]
    [InlineData("report month 1999-02", "That is more than 10 years ago. Nothing was changed.")]
    [InlineData("report monthly off", "The report does not come by itself. Nothing was changed.")]
    [InlineData("report close", "No report has an address; `report page` makes one. Nothing was changed.")]
    public async Task What_is_no_month_gets_one_sentence(string line, string says)
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        Assert.Equal(says, Assert.Single(await chat.SayAsync("ana", line)).Text);
    }

    [Fact]
    public async Task Health_tells_who_is_silent_behind_and_loud_in_counts_alone()
    {
        await using var chat = await Conversation.StartAsync(product);
        await PlayAsync(chat);
        await chat.SayAsync("ana", "squad create Quiet");
        foreach (var name in (string[])["gus", "hal", "ida", "jo", "kim"])
            await chat.SayAsync(name, "squad join Quiet");
        var health = await chat.AskAsync("ana", "health");
        Assert.Contains("\nLadder: 11 know the bot; 6 took part in the last 28 days, 6 with something of their own, fewer than five ran a mob session or an experiment\n", health);
        Assert.Contains("\nFirst-timers: 6 in the last 28 days\n", health);
        Assert.Contains("\nConcentration: half of the points went to fewer than five of 6 people\n", health);
        Assert.Contains("\nSquads: silent for 28 days: Quiet\n", health);
        Assert.Contains("\nNoise: 0 posts unasked in #general this week, without a budget\n", health);
        Assert.StartsWith("Only the core team may use `health`", await chat.AskAsync("bo", "health"));
    }

    private static async Task PlayAsync(Conversation chat)
    {
        await chat.JoinAsync(People);
        await chat.SayAsync("ana", "squad create Blue");
        await chat.SayAsync("ana", "squad create Red");
        foreach (var name in People)
            await chat.SayAsync(name, $"squad join {(name is "ana" or "cy" or "eve" ? "Blue" : "Red")}");
        foreach (var name in People)
            await chat.SayAsync(name, $"share \"What {Title(name)} is good for\" topic=alerting");
        (string Name, string Line)[] steps =
        [
            ("ana", "mob \"Mend the pager bot\" with=@bo,@cy minutes=90"),
            ("bo", "confirm 7"),
            ("dee", "experiment start \"Canary at one percent\" measure=rollbacks"),
            ("dee", "experiment result 8 disproved learned=\"it hides slow leaks\" next=\"longer canaries\""),
            ("ana", "confirm 8"),
            ("dee", "outcome 8 savings 40 25 hours"),
            ("ana", "confirm 9"),
            ("eve", "outcome 7 savings 20 15 Hours"),
            ("ana", "mob \"Nobody confirms this one\" with=@bo"),
        ];
        foreach (var (name, line) in steps)
            await chat.SayAsync(name, line);
        await chat.SayAsync("bo", "confirm 10");
    }

    private static string Title(string name) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)))[..12];
}

public sealed class ReportOnSqliteTests() : ReportTests(Product.Sqlite);
