using CopBot.Core.Content;
using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Wheel;

public abstract class WheelTests(Product product)
{
    private static readonly IReadOnlyList<Scenario> Scenarios = PackReader.Read(PackReader.DefaultFolder).Scenarios;

    [Fact]
    public async Task An_incident_is_played_step_by_step_and_ends_in_the_backlog_and_the_league()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy");
        var heard = await chat.SayAsync("bo", "wheel spin players=@ana,@cy");
        var scenario = await DrawnAsync(chat);
        var sheet = Assert.Single(heard, one => one.IsFor("ana"));
        Assert.StartsWith($"You are the game master of spin 1, “{scenario.Title}”. This is for you alone", sheet.Text);
        Assert.All(scenario.Steps, step => Assert.Contains($"\nMinute {step.Minute}: {step.Says}\n", sheet.Text));
        var spun = Assert.Single(heard, one => one.IsPublic);
        Assert.Equal(
            $"""
            Spin 1 of the Wheel of Misfortune: “{scenario.Title}”. {scenario.Opening}
            Game master: @ana (never had it)
            Incident commander: @cy (never had it)
            Operations: @bo (never had it)
            Nothing of this is real. The game master knows what comes; say aloud what you do.
              [What happens next] wheel next
              [A hint] wheel reveal
              [Debrief] wheel end
            """, spun.Text);
        Assert.Equal(2, heard.Count);

        var next = Assert.Single(await chat.SayAsync("ana", "wheel next"), one => one.IsPublic);
        Assert.StartsWith($"Minute {scenario.Steps[0].Minute}: {scenario.Steps[0].Says}\nStep 1 of {scenario.Steps.Count}.\n", next.Text);
        Assert.Equal($"Hint 1 of {scenario.Hints.Count}: {scenario.Hints[0]}", await AllHearAsync(chat, "cy", "wheel reveal"));
        Assert.Equal($"Spin 1, “{scenario.Title}”: 1 of {scenario.Steps.Count} steps told.\nGame master: ana (never had it)\nIncident commander: cy (never had it)\nOperations: bo (never had it)", await chat.AskAsync("bo", "wheel roles"));
        for (var step = 2; step <= scenario.Steps.Count; step++)
            Assert.Contains($"Step {step} of {scenario.Steps.Count}{(step == scenario.Steps.Count ? ", the last one" : "")}.", await AllHearAsync(chat, "ana", "wheel next"));
        Assert.Equal("That was all there is to know. `wheel end` begins the debrief. Nothing was changed.", await AllHearAsync(chat, "ana", "wheel next"));

        await chat.WaitAsync(Duration.FromMinutes(45));
        Assert.StartsWith($"Spin 1 is over its height: what did “{scenario.Title}” teach?\nQuestion 1: {scenario.Debrief[0]}\n", await AllHearAsync(chat, "ana", "wheel end"));
        var ending = await chat.SayAsync("ana", "wheel end debrief=\"Alert on too little; Drill the restore; alert on TOO little\"");
        var ended = Assert.Single(ending, one => one.IsPublic && one.Text.StartsWith('#')).Text;
        Assert.All(ending, one => Assert.True(one.Text == ended || one.Text == "Spin 1 is over: 2 things stand in the backlog.", one.Text));
        Assert.Equal(
            $"""
            #1 ana hosted the mob session “Wheel of Misfortune: {scenario.Title}” with @bo and @cy, 45 minutes: waiting.
            Gap 1: “Alert on too little”
            Gap 2: “Drill the restore”
            Topic: incidents
            It counts when another participant types `confirm 1`, within 14 days.
              [Confirm] confirm 1
            """, ended.Replace("@cy and @bo", "@bo and @cy", StringComparison.Ordinal));
        await chat.SayAsync("cy", "confirm 1");
        Assert.Equal((15, 10, 10), (await chat.PointsAsync("ana"), await chat.PointsAsync("bo"), await chat.PointsAsync("cy")));
        Assert.Contains($"\nNeed: {scenario.Need}\n", await chat.AskAsync("bo", "gap show 2"));
        Assert.Equal("No wheel runs here. `wheel spin players=@name` starts one. Nothing was changed.", await chat.AskAsync("bo", "wheel next"));
    }

    [Fact]
    public async Task Whoever_only_looks_on_has_no_role()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy");
        await chat.SayAsync("cy", "privacy observer");
        Assert.Equal("They only look on, so you would play alone: name somebody who takes part. Nothing was stored.", await chat.AskAsync("bo", "wheel spin players=@cy"));
        var heard = await chat.SayAsync("bo", "wheel spin players=@ana,@cy");
        Assert.Contains(
            """

            Game master: @ana (never had it)
            Incident commander: @bo (never had it)
            Nothing of this is real. The game master knows what comes; say aloud what you do.
            Whoever only looks on has no role.

            """, Assert.Single(heard, one => one.IsPublic).Text);
        Assert.DoesNotContain(heard, one => one.IsFor("cy"));
    }

    [Fact]
    public async Task Nothing_comes_back_within_six_spins_and_roles_go_round()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        var drawn = new List<string>();
        for (var spin = 1; spin <= 14; spin++)
        {
            var roles = (await chat.SayAsync("ana", "wheel spin players=@bo")).Single(one => one.IsPublic).Text.Split('\n');
            Assert.StartsWith(spin % 2 == 1 ? "Game master: @bo" : "Game master: @ana", roles[1]);
            Assert.EndsWith(spin < 3 ? "(never had it)" : "(idle 1 spin)", roles[1]);
            drawn.Add((await DrawnAsync(chat)).Name);
            Assert.Equal($"Spin {spin} is called off.", await chat.AskAsync("bo", "wheel cancel"));
        }

        for (var spin = 1; spin < drawn.Count; spin++)
            Assert.DoesNotContain(drawn[spin], drawn[Math.Max(0, spin - 6)..spin]);
        Assert.True(drawn.Distinct().Count() >= 7);
        Assert.Equal(0, await chat.ScalarAsync<int>($"select count(*) from claims"));
    }

    [Fact]
    public async Task A_hidden_player_is_told_alone_and_named_nowhere()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "hid");
        await chat.SayAsync("hid", "privacy hidden");
        var heard = await chat.SayAsync("bo", "wheel spin players=@ana,@hid");
        var spun = Assert.Single(heard, one => one.IsPublic).Text;
        Assert.Contains("\nIncident commander: someone (never had it)\n", spun);
        Assert.StartsWith("You play Incident commander in spin 1 of the Wheel of Misfortune,", Assert.Single(heard, one => one.IsFor("hid")).Text);
        var told = await chat.SayAsync("hid", "wheel next");
        Assert.StartsWith("Minute ", Assert.Single(told, one => one.IsPublic).Text);
        Assert.Equal("It is told where spin 1 runs.", Assert.Single(told, one => one.IsFor("hid")).Text);
        Assert.Contains("with @ana and one other", await chat.AskAsync("bo", "wheel end debrief=\"Drill it\""));
    }

    [Fact]
    public async Task What_a_hidden_player_spins_and_ends_is_heard_by_all_who_play()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "hid");
        await chat.SayAsync("hid", "privacy hidden");
        var heard = await chat.SayAsync("hid", "wheel spin players=@ana,@bo");
        Assert.Contains("\nGame master: @ana (never had it)\nIncident commander: @bo (never had it)\nOperations: someone (never had it)\n", Assert.Single(heard, one => one.IsPublic).Text);
        Assert.Equal(["It is told where spin 1 runs.", "You play Operations in spin 1"], heard.Where(one => one.IsFor("hid")).Select(one => one.Text.Split(" of the Wheel")[0]).Order());
        Assert.StartsWith("Spin 1 is over its height", Assert.Single(await chat.SayAsync("hid", "wheel end"), one => one.IsPublic).Text);
        Assert.Equal("Spin 1 is over: 1 thing stands in the backlog.", Assert.Single(await chat.SayAsync("hid", "wheel end debrief=\"Drill it\""), one => one.IsPublic).Text);
        await chat.SayAsync("hid", "wheel spin players=@ana");
        Assert.Equal("Spin 2 is called off.", Assert.Single(await chat.SayAsync("hid", "wheel cancel"), one => one.IsPublic).Text);
    }

    [Fact]
    public async Task One_wheel_runs_in_a_channel_and_only_its_players_turn_it()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy", "obs");
        await chat.SayAsync("obs", "privacy observer");
        Assert.Equal("Nobody plays alone: name at least one more, `players=@name`. Nothing was stored.", await chat.AskAsync("ana", "wheel spin players=@ana"));
        Assert.StartsWith("I do not know “@nobody”.", await chat.AskAsync("ana", "wheel spin players=@nobody"));
        Assert.StartsWith("You only look on.", await chat.AskAsync("obs", "wheel spin players=@ana"));
        Assert.Equal("Spin the wheel in a channel, where all who play hear what happens. Nothing was stored.", await chat.WhisperAskAsync("ana", "wheel spin players=@bo"));
        Assert.Equal("No wheel runs here. `wheel spin players=@name` starts one.", await chat.AskAsync("ana", "wheel roles"));
        Assert.Equal(0, await chat.ScalarAsync<int>($"select count(*) from wheel_spins"));

        await chat.SayAsync("bo", "wheel spin players=@ana");
        Assert.Equal("Spin 1 runs in this channel; `wheel end` ends it first. Nothing was stored.", await chat.AskAsync("cy", "wheel spin players=@ana"));
        Assert.Equal("You do not play in spin 1; its players and the core team go on with it. Nothing was changed.", await chat.AskAsync("cy", "wheel next"));
        Assert.Equal("You do not play in spin 1: a player ends it, and `wheel cancel` by the core team calls it off. Nothing was changed.", await chat.AskAsync("cy", "wheel end debrief=\"Drill it\""));
        Assert.Equal("`debrief` names 1 to 10 things, separated by semicolons. Nothing was stored.", await chat.AskAsync("ana", "wheel end debrief=\"; ;\""));
        Assert.EndsWith("has 121 characters; a thing to become better has at most 120. Nothing was stored.", await chat.AskAsync("ana", $"wheel end debrief=\"Drill; {new string('x', 121)}\""));
        Assert.Equal((0, 0), (await chat.ScalarAsync<int>($"select count(*) from claims"), await chat.ScalarAsync<int>($"select count(*) from gaps")));
        for (var hint = (await chat.SayAsync("bo", "wheel reveal"))[0].Text; !hint.StartsWith("There is no further hint.", StringComparison.Ordinal); hint = (await chat.SayAsync("bo", "wheel reveal"))[0].Text)
            Assert.StartsWith("Hint ", hint);

        // From their private conversation a player turns it where it runs.
        var heard = await chat.WhisperAsync("bo", "wheel next");
        Assert.StartsWith("Minute ", Assert.Single(heard, one => one.IsPublic).Text);
    }

    [Fact]
    public async Task The_clock_tells_each_step_at_its_minute_once_and_waits_while_it_is_to_be_quiet()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        var began = chat.Clock.Now;
        Assert.Contains("What becomes known comes by itself, from minute", (await chat.SayAsync("ana", "wheel spin players=@bo auto=yes")).Single(one => one.IsPublic).Text);
        var steps = (await DrawnAsync(chat)).Steps;
        Assert.Empty(await chat.WaitAsync(Duration.FromMinutes(steps[0].Minute) - Duration.FromSeconds(1)));
        Assert.StartsWith($"Minute {steps[0].Minute}: {steps[0].Says}\nStep 1 of", Assert.Single(await chat.WaitAsync(Duration.FromSeconds(1))).Text);

        // Whoever tells a step by hand is not repeated.
        await chat.SayAsync("bo", "wheel next");
        Assert.Empty(await chat.WaitAsync(began + Duration.FromMinutes(steps[2].Minute) - Duration.FromSeconds(1) - chat.Clock.Now));
        await chat.SayAsync("ana", "freeze incident \"A real one\"");
        Assert.Empty(await chat.WaitAsync(Duration.FromMinutes(1)));
        Assert.StartsWith("It is quiet where spin 1 runs during “A real one”", await chat.WhisperAskAsync("bo", "wheel next"));
        await chat.SayAsync("ana", "thaw");
        var told = (await chat.WaitAsync(Duration.FromHours(3))).Where(one => one.Text.StartsWith("Minute ", StringComparison.Ordinal)).Select(one => one.Text.Split('\n')[0]);
        Assert.Equal(steps.Skip(2).Select(step => $"Minute {step.Minute}: {step.Says}"), told);
        Assert.Equal("Spin 1 is called off.", await chat.AskAsync("ana", "wheel cancel"));
    }

    [Fact]
    public async Task What_came_up_before_is_not_noted_twice()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", "gap add \"Drill the restore\" need=\"Lose nothing\" importance=5 level=2");
        await chat.SayAsync("ana", "wheel spin players=@bo");
        Assert.Contains("\nGap 1: “Drill the restore”, in the backlog already\n", await chat.AskAsync("ana", "wheel end debrief=\"drill the restore\""));
        Assert.Equal(1, await chat.ScalarAsync<int>($"select count(*) from gaps"));
    }

    private static async Task<Scenario> DrawnAsync(Conversation chat)
    {
        var name = await chat.ScalarAsync<string>($"select scenario from wheel_spins order by number desc limit 1");
        return Scenarios.Single(scenario => scenario.Name == name);
    }

    // Where answers stay in threads, whoever types elsewhere is told that it is said there.
    private static async Task<string> AllHearAsync(Conversation chat, string name, string line) =>
        await chat.SayAsync(name, line) is var heard && heard.FirstOrDefault(one => one.IsPublic) is { } told ? told.Text : heard[^1].Text;
}

public sealed class WheelOnSqliteTests() : WheelTests(Product.Sqlite);
