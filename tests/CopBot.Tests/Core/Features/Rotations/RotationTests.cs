using CopBot.Core.Chat;
using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Rotations;

public abstract class RotationTests(Product product)
{
    private const string Create = "rotation create \"Core team\" seats=2 every=2w day=monday at=09:00 roles=lead,moderator";
    private static readonly string[] People = ["ana", "bo", "cy", "dee", "eve"];

    [Fact]
    public async Task It_changes_over_by_itself_and_tells_the_channel_and_those_who_come_and_go_once()
    {
        await using var chat = await StartAsync();
        var preview = await PreviewAsync(chat);
        await chat.SayAsync("bo", "rotation note \"The room is booked\"");
        await chat.SayAsync("cy", "kudos @dee \"for the demo\"");

        var first = await chat.WaitAsync(Duration.FromDays(8));
        var post = Assert.Single(first, IsPost);
        Assert.StartsWith("Core team, until Mon 26 Jan 2026: ", post.Text);
        var coming = preview[0].Split([" (lead) and ", " (moderator)"], StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, coming.Length);
        foreach (var name in coming)
        {
            var told = first.Where(heard => heard.IsFor(name)).Select(heard => heard.Text).ToList();
            Assert.Equal(2, told.Count(text => text.Contains("ou are ", StringComparison.Ordinal) && text.Contains(" from Mon 12 Jan 09:00 on", StringComparison.Ordinal)));
            var note = Assert.Single(told, text => text.StartsWith("Your turn begins in Core team", StringComparison.Ordinal));
            Assert.Contains("“The room is booked” (bo)", note);
            Assert.Contains("People to thank: dee (1 kudos)", note);
            Assert.Equal(name == "ana" ? 2 : 1, await chat.ScalarAsync<int>($"select p.role from people p join handles h on h.person_id = p.id where h.name_key = {name}"));
        }

        var second = await chat.WaitAsync(Duration.FromDays(14));
        Assert.Single(second, IsPost);
        foreach (var name in coming)
        {
            Assert.StartsWith("Your turn in Core team is over, thank you.", Assert.Single(second, heard => heard.IsFor(name)).Text);
            Assert.Equal(name == "ana" ? 2 : 0, await chat.ScalarAsync<int>($"select p.role from people p join handles h on h.person_id = p.id where h.name_key = {name}"));
        }

        Assert.Equal($"Core team: {preview[1]} until Mon 9 Feb 2026 (turn 2).", await chat.AskAsync("ana", "rotation who"));
    }

    [Fact]
    public async Task Twelve_turns_are_foretold_and_happen_and_each_says_why()
    {
        await using var chat = await StartAsync();
        await chat.SayAsync("cy", "rotation away \"Core team\" from=2026-02-01 until=2026-02-20");
        var preview = await PreviewAsync(chat);
        Assert.Equal(12, preview.Count);
        Assert.DoesNotContain("cy (", preview[1] + preview[2]);
        await chat.WaitAsync(Duration.FromDays(7 * 24));
        for (var turn = 1; turn <= 12; turn++)
        {
            var why = await chat.AskAsync("ana", $"rotation why \"Core team\" turn={turn}");
            Assert.Contains($": {preview[turn - 1]}.", why.Split('\n')[0]);
            Assert.Equal(People.Length, why.Split('\n').Count(line => line.Contains(", because: ", StringComparison.Ordinal)));
        }

        Assert.Contains("rests: cy, because: away until Fri 20 Feb 2026", await chat.AskAsync("ana", "rotation why turn=2"));
        Assert.Contains("after 12 turns", await chat.AskAsync("ana", "rotation balance"));
    }

    [Fact]
    public async Task A_swap_is_taken_with_one_click_and_a_skip_keeps_the_debt()
    {
        await using var chat = await StartAsync();
        var preview = await PreviewAsync(chat);
        var asks = People.First(name => preview[1].Contains(name + " (lead)", StringComparison.Ordinal));
        var takes = People.First(name => !preview[1].Contains(name + " (", StringComparison.Ordinal));
        Assert.Equal("A swap is with somebody else, not with yourself. Nothing was changed.", await chat.AskAsync(asks, $"rotation swap turn=2 with=@{asks}"));
        Assert.StartsWith("You do not serve in turn 2", await chat.AskAsync(takes, "rotation swap turn=2"));

        var offered = await chat.SayAsync(asks, "rotation swap turn=2");
        Assert.Contains("is offered to 3 people", offered.Single(heard => heard.IsFor(asks)).Text);
        var click = Assert.Single(offered, heard => heard.IsFor(takes)).Message.Card!.Blocks.OfType<CopBot.Core.Chat.Buttons>().Single().Items[0].Line;
        var taken = await chat.SayAsync(takes, click);
        Assert.StartsWith("The seat is yours: lead in turn 2", taken.Single(heard => heard.IsFor(takes)).Text);
        Assert.StartsWith($"{takes} takes your seat in turn 2", taken.Single(heard => heard.IsFor(asks)).Text);
        Assert.StartsWith("Nobody offers you a seat in turn 2", await chat.AskAsync(People.First(name => name != asks && name != takes), "rotation take 2"));
        Assert.StartsWith($"{takes} (lead)", (await PreviewAsync(chat))[1]);

        // The turn begins early; the swap is still the second turn's.
        await chat.SayAsync("ana", "schedule run 1");
        await chat.SayAsync("ana", "schedule run 1");
        Assert.Contains($"{takes} (lead)", await chat.AskAsync("ana", "rotation who"));
        Assert.Contains($"lead: {takes}, because: took over from {asks}", await chat.AskAsync("ana", "rotation why"));

        var next = (await PreviewAsync(chat))[0];
        var skips = People.First(name => next.Contains(name + " (lead)", StringComparison.Ordinal));
        Assert.Contains("The turn stays due: next is turn 4", await chat.AskAsync(skips, "rotation skip"));
    }

    [Fact]
    public async Task Whoever_was_seated_by_a_lead_or_took_a_seat_over_can_skip_that_turn_as_well()
    {
        await using var chat = await StartAsync();
        await chat.SayAsync("ana", "rotation override turn=2 seat=moderator who=@eve reason=\"knows the venue\"");
        var preview = await PreviewAsync(chat);
        var takes = People.First(name => !preview[1].Contains(name + " (", StringComparison.Ordinal));
        await chat.SayAsync("eve", "rotation swap turn=2");
        Assert.StartsWith("The seat is yours", await chat.AskAsync(takes, "rotation take 2"));
        Assert.DoesNotContain("next is turn 2,", await chat.AskAsync(takes, "rotation skip turn=2"));
        Assert.Contains($"rests: {takes}, because: skips; the turn stays due", await chat.AskAsync("ana", "rotation why turn=2"));
        await chat.SayAsync("ana", "rotation override turn=3 seat=lead who=@eve reason=\"knows the venue\"");
        await chat.SayAsync("eve", "rotation skip turn=3");
        preview = await PreviewAsync(chat);
        Assert.DoesNotContain(takes + " (", preview[1]);
        Assert.DoesNotContain("eve (", preview[1] + preview[2]);
    }

    [Fact]
    public async Task Nobody_rests_for_having_served_last_beside_somebody_who_served_last_too()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy");
        await chat.SayAsync("ana", Create);
        foreach (var name in (string[])["ana", "bo", "cy"])
            await chat.SayAsync(name, "rotation join");
        for (var turn = 2; turn <= 6; turn++)
        {
            var why = await chat.AskAsync("ana", $"rotation why turn={turn}");
            Assert.DoesNotContain("because: served in the turn before", why);
            Assert.DoesNotContain("because: nobody else is there", why);
        }
    }

    [Fact]
    public async Task A_lead_seats_somebody_with_a_reason_and_a_turn_that_is_over_stays_as_it_was()
    {
        await using var chat = await StartAsync();
        Assert.StartsWith("Only a CoP lead may use `rotation override`.", await chat.AskAsync("bo", "rotation override turn=2 seat=lead who=@bo reason=\"why not\""));
        Assert.Equal("eve is moderator in turn 2 of Core team, Mon 26 Jan 2026.", await chat.AskAsync("ana", "rotation override turn=2 seat=moderator who=@eve reason=\"knows the venue\""));
        Assert.Contains("eve (moderator)", (await PreviewAsync(chat))[1]);
        await chat.WaitAsync(Duration.FromDays(22));
        Assert.Contains("moderator: eve, because: seated by a lead: “knows the venue”", await chat.AskAsync("bo", "rotation why"));
        Assert.Equal("Turn 1 of Core team is over; the next one is turn 3. Nothing was changed.", await chat.AskAsync("ana", "rotation override turn=1 seat=lead who=@eve reason=late"));
        Assert.Equal(1, await chat.ScalarAsync<int>($"select count(*) from audit where act = {"rotation override"}"));
    }

    [Fact]
    public async Task A_lead_replaces_somebody_in_the_turn_under_way()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "bo", "cy", "dee");
        await chat.SayAsync("lea", "rotation create Watch seats=1 every=1w day=monday at=09:00");
        foreach (var name in (string[])["bo", "cy"])
            await chat.SayAsync(name, "rotation join Watch");
        await chat.WaitAsync(Duration.FromDays(7) + Duration.FromHours(1));
        var first = (await chat.AskAsync("lea", "rotation who")).Contains("bo (", StringComparison.Ordinal) ? "bo" : "cy";
        var other = first == "bo" ? "cy" : "bo";

        var heard = await chat.SayAsync("lea", $"rotation override turn=1 seat=1 who=@{other} reason=\"caught a cold\"");
        Assert.Equal($"{other} is seat 1 of Watch instead of {first} from now until the next change-over.", heard.Single(one => one.IsPublic).Text);
        Assert.StartsWith("lea seats you in Watch, from now until the next change-over: seat 1. The reason: “caught a cold”.", heard.Single(one => one.Place == "@" + other).Text, StringComparison.Ordinal);
        Assert.StartsWith("Your seat in Watch goes to somebody else from now on, by a lead.", heard.Single(one => one.Place == "@" + first).Text, StringComparison.Ordinal);
        Assert.Contains($"{other} (", await chat.AskAsync("lea", "rotation who"), StringComparison.Ordinal);
        Assert.Equal(1, await chat.ScalarAsync<int>($"select count(*) from people where role = {Role.Core}"));
        Assert.Contains($"seat 1: {other}, because: seated by a lead: “caught a cold”", await chat.AskAsync("lea", "rotation why"), StringComparison.Ordinal);
        Assert.Contains($"{first}, because: handed over to {other}", await chat.AskAsync("lea", "rotation why"), StringComparison.Ordinal);

        Assert.Equal($"{other} is seat 1 already. Nothing was changed.", await chat.AskAsync("lea", $"rotation override turn=1 seat=1 who=@{other} reason=again"));
        Assert.Equal("dee is not in Watch. Nothing was changed.", await chat.AskAsync("lea", "rotation override turn=1 seat=1 who=@dee reason=again"));
        Assert.Contains(await chat.WaitAsync(Duration.FromDays(7)), one => one.Text.StartsWith($"Watch, until Mon 26 Jan 2026: {first} (", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_lead_says_for_somebody_is_told_to_them()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "bo", "cy");
        await chat.SayAsync("lea", "rotation create Watch seats=1 every=1w day=monday at=09:00");
        foreach (var name in (string[])["bo", "cy"])
            await chat.SayAsync(name, "rotation join Watch");
        foreach (var line in (string[])["rotation skip Watch who=@bo", "rotation away Watch until=2026-01-09 who=@bo", "rotation leave Watch who=@bo"])
            Assert.StartsWith("lea said for you", Assert.Single(await chat.SayAsync("lea", line), one => one.Place == "@bo").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_schedule_is_not_cancelled_behind_its_back()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.SayAsync("lea", "rotation create \"Core team\" seats=1 every=1w day=monday at=09:00");
        Assert.Equal(
            "Schedule 1 belongs to rotation “Core team”. `rotation remove rotation=\"Core team\"` ends that; `schedule pause 1` lets it rest. Nothing was changed.",
            await chat.AskAsync("lea", "schedule cancel 1"));
        Assert.Contains("next Mon 12 Jan 2026", await chat.AskAsync("lea", "schedule list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lead_hears_once_that_nobody_serves()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.SayAsync("lea", "rotation create Watch seats=1 every=1w day=monday at=09:00");
        Assert.StartsWith("Nobody serves in Watch, turn 1", Assert.Single(await chat.WaitAsync(Duration.FromDays(30))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_often_it_changes_is_understood_in_the_communitys_language()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.SayAsync("ana", "settings language=es");
        Assert.Contains("changing every second Tuesday at 09:00", (await chat.SayAsync("ana", "rotation create Guardia seats=1 every=\"2 semanas\" day=martes")).Single().Text);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_in_one_sentence_and_the_schedule_runs_on()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync(People);
        Assert.StartsWith("There is no rotation yet.", await chat.AskAsync("bo", "rotation list"));
        Assert.StartsWith("`every` is 1 to 52 weeks, not 0.", await chat.AskAsync("ana", "rotation create X seats=2 every=0w day=monday"));
        Assert.StartsWith("`every` is 1 to 52 weeks, not -1.", await chat.AskAsync("ana", "rotation create X seats=2 every=-1w day=monday"));
        Assert.StartsWith("`every` is 1 to 52 weeks, not 99999.", await chat.AskAsync("ana", "rotation create X seats=2 every=99999w"));
        Assert.StartsWith("`day` is a weekday such as `monday`, not “montag”. Nothing was stored.", await chat.AskAsync("ana", "rotation create X seats=2 every=2w day=montag"));
        Assert.StartsWith("`every` names the day already, “monday”; leave `day` out. Nothing was stored.", await chat.AskAsync("ana", "rotation create X seats=2 every=monday day=tuesday"));
        Assert.StartsWith("`seats` is 1 to 8, not 0.", await chat.AskAsync("ana", "rotation create X seats=0 every=2w"));
        Assert.StartsWith("3 roles do not fit on 2 seats", await chat.AskAsync("ana", "rotation create X seats=2 every=2w roles=a,b,c"));
        await chat.SayAsync("ana", Create);
        Assert.StartsWith("There is a rotation core TEAM already", await chat.AskAsync("ana", "rotation create \"core TEAM\" seats=1 every=week"));
        Assert.StartsWith("Nobody is in Core team yet", await chat.AskAsync("bo", "rotation next"));
        Assert.StartsWith("There is no rotation Core taem. Did you mean `rotation join \"Core team\"`?", await chat.AskAsync("bo", "rotation join \"Core taem\""));
        Assert.StartsWith("There is no rotation Ops; there is Core team. Nothing was changed.", await chat.AskAsync("bo", "rotation join Ops"));
        await chat.SayAsync("bo", "rotation join");
        Assert.Contains("2 seats and 1 person: some seats stay empty until more join.", await chat.AskAsync("bo", "rotation list"));
        Assert.StartsWith("You are in Core team already.", await chat.AskAsync("bo", "rotation join"));
        Assert.StartsWith("Only a lead may say that for somebody else.", await chat.AskAsync("bo", "rotation join who=@cy"));
        Assert.Equal("Thu 1 Jan 2026 is over; today is Mon 5 Jan 2026. Nothing was stored.", await chat.AskAsync("bo", "rotation away from=2025-12-01 until=2026-01-01"));
        Assert.Contains("Everybody is away in turn 1, so nobody will serve.", await chat.AskAsync("bo", "rotation away until=2026-01-20"));

        // Everybody is away: the leads hear it, the channel does not, and the next turn comes.
        var heard = await chat.WaitAsync(Duration.FromDays(8));
        Assert.StartsWith("Nobody serves in Core team, turn 1: everybody is away.", Assert.Single(heard).Text);
        Assert.StartsWith("This removes Core team with its 1 past turn,", await chat.AskAsync("ana", "rotation remove"));
        Assert.True(heard[0].IsFor("ana"));
        Assert.Contains("1 of 2 seats stays empty", Assert.Single(await chat.WaitAsync(Duration.FromDays(14)), IsPost).Text);
        await chat.SayAsync("ana", "rotation remove yes=yes");
        Assert.StartsWith("There is no rotation yet.", await chat.AskAsync("bo", "rotation who"));
        Assert.Equal(0, await chat.ScalarAsync<int>($"select p.role from people p join handles h on h.person_id = p.id where h.name_key = {"bo"}"));
    }

    [Fact]
    public async Task A_change_over_that_was_missed_is_made_up_for_within_three_days_and_shown_as_missed_after()
    {
        await using var chat = await StartAsync();
        chat.Clock.MoveTo(chat.Clock.Now + Duration.FromDays(9));
        Assert.Single(await chat.WaitAsync(Duration.FromSeconds(1)), IsPost);
        chat.Clock.MoveTo(chat.Clock.Now + Duration.FromDays(16));
        Assert.Empty(await chat.WaitAsync(Duration.FromSeconds(1)));
        Assert.Contains("1 missed", await chat.AskAsync("ana", "schedule list"));
        Assert.Contains("(turn 1)", await chat.AskAsync("ana", "rotation who"));
    }

    [Fact]
    public async Task Whoever_was_reminded_and_is_replaced_is_told()
    {
        await using var chat = await StartAsync();
        var heard = await chat.WaitAsync(Duration.FromDays(5));
        var reminded = People.Where(name => heard.Any(one => one.IsFor(name) && one.Text.StartsWith("You are ", StringComparison.Ordinal))).ToList();
        Assert.Equal(2, reminded.Count);
        await chat.SayAsync(reminded[0], "rotation skip");
        Assert.StartsWith("I reminded you of a turn in Core team: you do not serve in it after all", Assert.Single(await chat.WaitAsync(Duration.FromDays(3)), one => one.IsFor(reminded[0])).Text);
    }

    private async Task<Conversation> StartAsync()
    {
        var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync(People);
        await chat.SayAsync("ana", Create);
        foreach (var name in People)
            await chat.SayAsync(name, "rotation join \"Core team\"");
        return chat;
    }

    private static bool IsPost(Heard heard) => heard.IsPublic && heard.Text.StartsWith("Core team, until ", StringComparison.Ordinal);

    private static async Task<List<string>> PreviewAsync(Conversation chat) =>
        [.. (await chat.AskAsync("ana", "rotation list")).Split('\n').Where(line => line.StartsWith("Turn ", StringComparison.Ordinal)).Select(line => line.Split(": ", 3)[2])];
}

public sealed class RotationOnSqliteTests() : RotationTests(Product.Sqlite);
