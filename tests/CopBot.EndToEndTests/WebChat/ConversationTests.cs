using CopBot.EndToEndTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CopBot.EndToEndTests.WebChat;

public sealed class ConversationTests(Chromium chromium)
{
    [Fact]
    public async Task What_one_says_the_other_sees_at_once_and_a_confirmation_moves_both_boards()
    {
        await using var host = await HostProcess.StartAsync();
        await using var ana = await Visitor.JoinAsync(chromium, host, "ana");
        await using var bo = await Visitor.JoinAsync(chromium, host, "bo");

        await ana.SayAsync("share \"Runbooks that cut MTTR\" size=medium link=https://example.org/r");
        await bo.HearsAsync("#1 ana shared “Runbooks that cut MTTR” (medium): 10 points for ana.");
        await Expect(bo.Lines.Filter(new() { HasText = "share \"Runbooks that cut MTTR\"" })).ToContainTextAsync("ana");
        await Expect(bo.Board).ToContainTextAsync("10");

        await ana.SayAsync("share \"A lab on tracing\" size=large");
        await bo.Page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await ana.HearsAsync("#2 “A lab on tracing” is confirmed by bo: 20 points for ana.");
        await Expect(ana.Board.Locator("tr.own .number")).ToHaveTextAsync("30");
        await Expect(bo.Board.Locator("tbody tr").First).ToContainTextAsync("ana");
        await Expect(bo.Board.Locator("tbody .number").First).ToHaveTextAsync("30");

        await ana.SayAsync("why");
        await ana.HearsAsync("+20");
        await bo.SayAsync("share \"Mine\"");
        await bo.HearsAsync("#3 bo shared “Mine”");
        Assert.DoesNotContain("+20", await bo.SourceAsync(), StringComparison.Ordinal);
        await Expect(bo.Lines.Filter(new() { HasText = "why" }).And(bo.Page.Locator(".other"))).ToHaveCountAsync(0);
        Assert.Empty(ana.Complaints);
        Assert.Empty(bo.Complaints);
    }

    [Fact]
    public async Task A_private_line_and_its_answer_are_seen_by_nobody_else()
    {
        await using var host = await HostProcess.StartAsync();
        await using var ana = await Visitor.JoinAsync(chromium, host, "ana");
        await using var bo = await Visitor.JoinAsync(chromium, host, "bo");

        await ana.ChooseAsync("Privately");
        await ana.SayAsync("win \"A pianissimo triumph\"");
        await ana.HearsAsync("#1 ana");
        await Expect(ana.Lines.Last).ToContainTextAsync("only you see this");

        // What comes later in the same stream has arrived, so what came before would have too.
        await ana.ChooseAsync("In #general");
        await ana.SayAsync("win \"A loud triumph\"");
        await bo.HearsAsync("A loud triumph");
        Assert.DoesNotContain("pianissimo", await bo.SourceAsync(), StringComparison.Ordinal);
        await bo.Page.ReloadAsync();
        await bo.HearsAsync("A loud triumph");
        Assert.DoesNotContain("pianissimo", await bo.SourceAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_hidden_is_named_on_no_page_but_their_own()
    {
        await using var host = await HostProcess.StartAsync();
        await using var ana = await Visitor.JoinAsync(chromium, host, "ana");
        await using var zed = await Visitor.JoinAsync(chromium, host, "zedekiah");

        await zed.SayAsync("share \"Before\"");
        await ana.HearsAsync("zedekiah shared “Before”");
        await zed.SayAsync("privacy hidden");
        await zed.HearsAsync("you are shown nowhere");
        await zed.SayAsync("share \"Hushed\"");
        await zed.HearsAsync("shared “Hushed”");
        await ana.SayAsync("kudos @zedekiah \"for the page\"");
        await ana.HearsAsync("kudos someone");

        await ana.Page.ReloadAsync();
        await ana.HearsAsync("someone shared “Before”");
        var seen = await ana.SourceAsync();
        Assert.DoesNotContain("zedekiah", seen, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Hushed", seen, StringComparison.Ordinal);
        await Expect(zed.Board).ToContainTextAsync("zedekiah");
    }

    [Fact]
    public async Task A_reload_and_a_restart_keep_everything_and_open_pages_go_on_by_themselves()
    {
        await using var host = await HostProcess.StartAsync();
        await using var ana = await Visitor.JoinAsync(chromium, host, "ana");
        await using var bo = await Visitor.JoinAsync(chromium, host, "bo");
        await ana.SayAsync("share \"Before the restart\"");
        await bo.HearsAsync("#1 ana shared");

        await host.StopAsync();
        await Expect(ana.Page.Locator("#status")).ToContainTextAsync("The connection is lost");
        await ana.Input.FillAsync("share \"While it is away\"");
        await ana.Input.PressAsync("Enter");
        await Expect(ana.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no connection");
        await Expect(ana.Input).ToHaveValueAsync("share \"While it is away\"");

        await host.RestartAsync();
        await Expect(ana.Page.Locator("#status")).ToBeEmptyAsync();
        await ana.Input.PressAsync("Enter");
        await bo.HearsAsync("#2 ana shared “While it is away”");
        await Expect(ana.Lines.Filter(new() { HasText = "#1 ana shared" })).ToHaveCountAsync(1);
        await Expect(ana.Lines.Filter(new() { HasText = "#2 ana shared" })).ToHaveCountAsync(1);

        var before = await ana.Lines.AllInnerTextsAsync();
        await ana.Page.ReloadAsync();
        Assert.Equal(before, await ana.Lines.AllInnerTextsAsync());
        await Expect(ana.Board.Locator("tr.own .number")).ToHaveTextAsync("10");
    }

    [Fact]
    public async Task A_form_asks_for_what_is_missing_and_sending_it_is_the_same_as_typing_it()
    {
        await using var host = await HostProcess.StartAsync();
        await using var bo = await Visitor.JoinAsync(chromium, host, "bo");
        await using var ana = await Visitor.JoinAsync(chromium, host, "ana");

        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Share", Exact = true }).ClickAsync();
        var form = ana.Page.Locator("form.ask");
        await form.GetByLabel("What you shared, in one line").FillAsync("Say \"hi\" & 5 > 3");
        await form.GetByLabel("How big it is").SelectOptionAsync("medium");
        await form.GetByRole(AriaRole.Button).ClickAsync();
        await bo.HearsAsync("ana shared “Say \"hi\" & 5 > 3” (medium): 10 points for ana.");
        await Expect(form.GetByRole(AriaRole.Button)).ToBeDisabledAsync();
        await Expect(ana.Input).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Leaving_closes_every_page_of_the_session_within_seconds_and_its_cookie_opens_nothing()
    {
        await using var host = await HostProcess.StartAsync();
        await using var ana = await Visitor.JoinAsync(chromium, host, "ana");
        var cookies = await ana.Page.Context.CookiesAsync();
        var second = await ana.Page.Context.NewPageAsync();
        await second.GotoAsync(host.Address.ToString());
        await Expect(second.Locator("#lines")).ToContainTextAsync("Welcome");

        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Leave" }).ClickAsync();
        await Expect(ana.Page.GetByLabel("Your name")).ToBeVisibleAsync();
        await Expect(second.GetByLabel("Your name")).ToBeVisibleAsync(new() { Timeout = 5_000 });

        await ana.Page.Context.AddCookiesAsync(cookies.Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = host.Address.ToString() }));
        await ana.Page.ReloadAsync();
        await Expect(ana.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Your session is over");
        Assert.DoesNotContain("Welcome to the Reliability League", await ana.SourceAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Being_forgotten_closes_the_session_and_takes_the_name_from_every_page()
    {
        await using var host = await HostProcess.StartAsync();
        await using var bo = await Visitor.JoinAsync(chromium, host, "bo");
        await using var ana = await Visitor.JoinAsync(chromium, host, "anastasia");
        await ana.SayAsync("share \"Mine alone\"");
        await bo.HearsAsync("anastasia shared “Mine alone”");
        await bo.SayAsync("kudos @anastasia \"for that\"");
        await ana.HearsAsync("bo thanks @anastasia");

        await ana.SayAsync("forget me");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Erase everything about me" }).ClickAsync();
        await Expect(ana.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("You are forgotten");

        await bo.Page.ReloadAsync();
        await bo.HearsAsync("Welcome");
        var seen = await bo.SourceAsync();
        Assert.DoesNotContain("anastasia", seen, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Mine alone", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Older_lines_come_when_they_are_asked_for()
    {
        await using var host = await HostProcess.StartAsync();
        await using var ana = await Visitor.JoinAsync(chromium, host, "ana");
        using var http = await HttpVisitor.JoinAsync(host, "bo");
        for (var number = 1; number <= 60; number++)
            await http.SayAsync($"win \"Number {number} of many\"");
        await ana.HearsAsync("Number 60 of many");
        await ana.Page.ReloadAsync();
        await Expect(ana.Lines).ToHaveCountAsync(100);
        await Expect(ana.Lines.Filter(new() { HasText = "Welcome" })).ToHaveCountAsync(0);

        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "Show older lines" }).ClickAsync();
        await Expect(ana.Lines.First).ToContainTextAsync("Welcome");
        await Expect(ana.Page.Locator("#lines > .day")).ToHaveCountAsync(1);
        await Expect(ana.Page.GetByRole(AriaRole.Link, new() { Name = "Show older lines" })).ToHaveCountAsync(0);
        var ids = await ana.Lines.EvaluateAllAsync<long[]>("lines => lines.map(line => Number(line.id.slice(1)))");
        Assert.Equal(ids.Distinct().Order(), ids);
    }
}
