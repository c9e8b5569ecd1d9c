using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Boards;

public abstract class BoardTests(Product product)
{
    [Fact]
    public async Task An_empty_board_says_how_to_be_the_first()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        Assert.Equal("Week of 5 January 2026: nobody has points yet. Be the first: `share \"What you learned\"`", await chat.AskAsync("ana", "board"));
        Assert.Equal("Week of 29 December 2025: nobody has points there.", await chat.AskAsync("ana", "board last"));
        Assert.Equal("There is nothing before all time. Try `board season last`.", await chat.AskAsync("ana", "board all last"));
    }

    [Fact]
    public async Task Ties_share_a_rank_in_the_order_in_which_people_came()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy", "dee");
        foreach (var name in (string[])["dee", "cy", "bo"])
            await chat.SayAsync(name, $"win \"{name}{name}{name} made it\"");
        await chat.SayAsync("ana", "share \"A tip\"");

        Assert.Equal(
            """
            Week of 5 January 2026: 3 share the lead with 8 points.
               1. bo 8
            →  1. cy 8
               1. dee 8
               4. ana 5
            `why` expands any number into the entries that sum to it.
            """, await chat.AskAsync("cy", "board"));
    }

    [Fact]
    public async Task Ten_rows_at_most_then_ones_own_line_then_how_many_more()
    {
        await using var chat = await Conversation.StartAsync(product);
        var names = Enumerable.Range(1, 13).Select(number => $"m{number:00}").ToArray();
        await chat.JoinAsync(names);
        for (var index = 0; index < names.Length; index++)
            await chat.SayAsync(names[index], $"{(index < 9 ? "win" : "share")} {new string((char)('a' + index), 8)}");

        Assert.Equal(
            """
            Week of 5 January 2026: 9 share the lead with 8 points.
               1. m01 8
               1. m02 8
               1. m03 8
               1. m04 8
               1. m05 8
               1. m06 8
               1. m07 8
               1. m08 8
               1. m09 8
              10. m10 5
            → 10. m13 5  (you)
               … and 2 more
            `why` expands any number into the entries that sum to it.
            """, await chat.AskAsync("m13", "board"));
        Assert.Contains("→ 10. m10 5\n   … and 3 more\n", await chat.AskAsync("m10", "board"));
        await chat.JoinAsync("idle");
        Assert.Contains("→ idle: no points yet\n", await chat.AskAsync("idle", "board"));
    }

    [Fact]
    public async Task Hidden_members_are_never_listed_and_see_their_own_line_alone()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "hid", "obs");
        await chat.SayAsync("hid", "win \"Nobody was paged\"");
        await chat.SayAsync("obs", "share \"A tip before looking on\"");
        await chat.SayAsync("hid", "privacy hidden");
        await chat.SayAsync("obs", "privacy observer");
        await chat.SayAsync("ana", "share \"A link\"");

        Assert.Contains("leads with 5 points.\n→  1. ana 5\n`why`", await chat.AskAsync("ana", "board"));
        Assert.Equal(
            """
            Week of 5 January 2026: of those who are shown, ana leads with 5 points.
            →  1. hid 8  (only you see this line)
               1. ana 5
            `why` expands any number into the entries that sum to it.
            """, await chat.AskAsync("hid", "board"));
        var ofKind = await chat.AskAsync("hid", "board kind=win");
        Assert.Contains("→  1. hid 8  (only you see this line)", ofKind);
        Assert.Contains("nobody has points yet", await chat.AskAsync("ana", "board kind=win"));
    }

    [Fact]
    public async Task Whoever_has_no_points_finds_that_in_their_own_line()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "zz");
        await chat.SayAsync("ana", "squad create Blue");
        await chat.SayAsync("ana", "squad join Blue");
        await chat.SayAsync("ana", "share \"A link\"");
        await chat.SayAsync("ana", "squad create Red");
        await chat.SayAsync("zz", "squad join Red");
        foreach (var line in (string[])["board", "board kind=share"])
            Assert.Contains("→ zz: no points yet\n", await chat.AskAsync("zz", line));
        Assert.Contains("→ Red: no points yet\n", await chat.AskAsync("zz", "board squads"));
        await chat.WaitAsync(Duration.FromDays(7));
        Assert.Contains("→ zz: no points\n", await chat.AskAsync("zz", "board last"));
        await chat.JoinAsync("alone");
        Assert.DoesNotContain("no points", await chat.AskAsync("alone", "board squads all"));
    }

    [Fact]
    public async Task An_empty_board_of_one_kind_names_a_command_that_earns_there()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        foreach (var (kind, example) in (IEnumerable<(string, string)>)[("kudos", "kudos @ana \"for reviewing the runbook\""), ("experiment-start", "experiment start"), ("share", "share \"")])
            Assert.Contains($"Be the first: `{example}", await chat.AskAsync("ana", $"board kind={kind} season"));
    }

    [Fact]
    public async Task An_alias_is_shown_by_alias_and_privacy_works_at_once_in_both_directions()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("bo", "win \"Nobody was paged\"");
        Assert.Contains("1. bo 8", await chat.AskAsync("ana", "board"));

        Assert.Equal("From now on others see you as Phoenix.", await chat.AskAsync("bo", "privacy alias Phoenix"));
        Assert.Contains("1. Phoenix 8", await chat.AskAsync("ana", "board"));
        Assert.DoesNotContain("bo", (await chat.AskAsync("ana", "board")).Replace("board", "", StringComparison.Ordinal));

        await chat.SayAsync("bo", "privacy hidden");
        foreach (var board in (string[])["board", "board all", "board kind=win"])
            Assert.Contains("nobody has points yet", await chat.AskAsync("ana", board));
        await chat.SayAsync("bo", "privacy public");
        foreach (var board in (string[])["board", "board all", "board kind=win"])
            Assert.Contains("1. bo 8", await chat.AskAsync("ana", board));
    }

    [Fact]
    public async Task Week_month_season_and_all_time_hold_what_fell_into_them_and_last_looks_back()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.SayAsync("ana", "win \"January\"");
        await chat.WaitAsync(Duration.FromDays(28));
        await chat.SayAsync("ana", "share \"February\" size=medium");
        await chat.WaitAsync(Duration.FromDays(7));
        await chat.SayAsync("ana", "share \"A week later\"");
        await chat.WaitAsync(Duration.FromDays(56));
        await chat.SayAsync("ana", "failure \"Spring\"");

        foreach (var (line, title, points) in ((string, string, int)[])
        [
            ("board", "Week of 6 April 2026", 8),
            ("board month", "April 2026", 8),
            ("board season", "Season 2026 Q2", 8),
            ("board all", "All time", 31),
            ("board season last", "Season 2026 Q1", 23),
        ])
        {
            Assert.StartsWith($"{title}: ana leads with {points} points.", await chat.AskAsync("ana", line));
        }

        Assert.StartsWith("Week of 30 March 2026: nobody has points there.", await chat.AskAsync("ana", "board last week"));
        Assert.StartsWith("March 2026: nobody has points there.", await chat.AskAsync("ana", "board month last"));
    }

    [Fact]
    public async Task The_week_turns_on_Monday_at_midnight_in_the_communitys_zone()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.WaitAsync(Duration.FromDays(7) - Duration.FromMinutes(9 * 60 + 1));
        await chat.SayAsync("ana", "win \"Sunday, 23:59 in Madrid\"");
        await chat.WaitAsync(Duration.FromMinutes(1));
        await chat.SayAsync("ana", "share \"Monday, midnight in Madrid\"");

        Assert.StartsWith("Week of 12 January 2026: ana leads with 5 points.", await chat.AskAsync("ana", "board"));
        Assert.StartsWith("Week of 5 January 2026: ana leads with 8 points.", await chat.AskAsync("ana", "board last"));
    }

    [Fact]
    public async Task One_kind_alone_makes_a_board()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", "win \"Nobody was paged\"");
        await chat.SayAsync("ana", "share \"A link\"");
        await chat.SayAsync("bo", "kudos @ana \"for the link\"");

        Assert.Contains("Week of 5 January 2026, share only: ana leads with 5 points.\n→  1. ana 5\n`why`", await chat.AskAsync("ana", "board kind=share"));
        Assert.Contains("1. ana 3\n→  2. bo 1\n", await chat.AskAsync("bo", "board all kind=kudos"));
        Assert.StartsWith("`kind` is one of share, experiment-start, experiment-result, mob, win, failure, outcome, kudos, used; did you mean `kudos`?", await chat.AskAsync("bo", "board kind=kudo"));
    }

    [Fact]
    public async Task Squads_compete_with_what_their_members_earned_while_in_them()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy");
        await chat.SayAsync("ana", "win \"Before there was a squad\"");
        await chat.SayAsync("ana", "squad create Blue");
        await chat.SayAsync("ana", "squad create Red");
        await chat.SayAsync("ana", "squad join Blue");
        await chat.SayAsync("bo", "squad join Blue");
        await chat.SayAsync("cy", "squad join Red");
        await chat.SayAsync("bo", "privacy hidden");
        await chat.SayAsync("ana", "share \"A link\"");
        await chat.SayAsync("bo", "failure \"Hidden, but it counts\"");
        await chat.SayAsync("cy", "share \"Another topic\" size=medium");
        await chat.SayAsync("ana", "squad join Red");
        await chat.SayAsync("ana", "failure \"Now for Red\"");

        Assert.Equal(
            """
            Week of 5 January 2026: Red leads with 18 points.
            →  1. Red 18
               2. Blue 13
            `why` expands any number into the entries that sum to it.
            """, await chat.AskAsync("ana", "board squads"));
        Assert.Contains("   1. Red 10\n→  2. Blue 5\n", await chat.AskAsync("bo", "board squads kind=share"));
    }
}

public sealed class BoardOnSqliteTests() : BoardTests(Product.Sqlite);
