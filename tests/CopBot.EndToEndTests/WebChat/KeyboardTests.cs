using CopBot.EndToEndTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CopBot.EndToEndTests.WebChat;

public sealed class KeyboardTests(Chromium chromium)
{
    [Fact]
    public async Task The_whole_way_goes_by_keyboard_alone()
    {
        await using var host = await HostProcess.StartAsync();
        await using var bo = await Visitor.JoinAsync(chromium, host, "bo");
        await using var ana = await Visitor.ArriveAsync(chromium, host);
        var keys = ana.Page.Keyboard;

        // The name field has the focus from the start, the line has it afterwards.
        // A browser gives it with the first picture it draws; whoever types sees that, this test has to wait for it.
        await Expect(ana.Page.GetByLabel("Your name")).ToBeFocusedAsync();
        await keys.TypeAsync("ana");
        await keys.PressAsync("Enter");
        await Expect(ana.Lines.First).ToBeVisibleAsync();
        await ana.LivesAsync();
        await Expect(ana.Input).ToBeFocusedAsync();

        // A suggestion is taken with the arrows and Enter; Enter again sends.
        await keys.TypeAsync("experim");
        await Expect(ana.Page.GetByRole(AriaRole.Option)).ToHaveTextAsync(["experiment resultReport how an experiment ended; disproved earns what proven earns", "experiment startStart an experiment; declaring the measure beforehand earns"]);
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("ArrowDown");
        await Expect(ana.Page.GetByRole(AriaRole.Option, new() { Selected = true })).ToContainTextAsync("experiment start");
        await keys.PressAsync("Enter");
        await Expect(ana.Input).ToHaveValueAsync("experiment start ");
        await Expect(ana.Page.GetByRole(AriaRole.Listbox)).ToBeHiddenAsync();
        await keys.TypeAsync("\"Canary\" measure=rollbacks");
        await keys.PressAsync("Enter");
        await bo.HearsAsync("starts the experiment “Canary”");
        await Expect(ana.Input).ToHaveValueAsync("");

        // Up and Down walk through what was said; what was being typed comes back.
        await ana.SayAsync("me");
        await ana.HearsAsync("This week");
        await keys.TypeAsync("draft");
        await keys.PressAsync("Escape");
        await keys.PressAsync("ArrowUp");
        await Expect(ana.Input).ToHaveValueAsync("me");
        await keys.PressAsync("ArrowUp");
        await Expect(ana.Input).ToHaveValueAsync("experiment start \"Canary\" measure=rollbacks");
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("ArrowDown");
        await Expect(ana.Input).ToHaveValueAsync("draft");

        // A form that one asked for has the focus; sending it gives it back to the line.
        await ana.SayAsync("kudos");
        await Expect(ana.Page.GetByLabel("Whom")).ToBeFocusedAsync();
        await keys.TypeAsync("@bo");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("for waiting");
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await bo.HearsAsync("ana thanks @bo “for waiting”");
        await Expect(ana.Input).ToBeFocusedAsync();

        // The skip link is the first stop of a fresh page and leads to the line.
        await ana.Page.ReloadAsync();
        await ana.LivesAsync();
        await ana.Page.EvaluateAsync("() => { document.activeElement.blur(); window.getSelection().removeAllRanges(); document.body.tabIndex = -1; document.body.focus(); }");
        await keys.PressAsync("Tab");
        await Expect(ana.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to what you say" })).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(ana.Input).ToBeFocusedAsync();

        // A button in a message is reached with Tab and pressed with Space.
        await bo.SayAsync("share \"A workshop\" size=large");
        await ana.HearsAsync("A workshop");
        var confirm = ana.Page.GetByRole(AriaRole.Button, new() { Name = "Confirm" });
        for (var presses = 0; presses < 60 && !await confirm.EvaluateAsync<bool>("button => button === document.activeElement"); presses++)
            await keys.PressAsync("Shift+Tab");
        await Expect(confirm).ToBeFocusedAsync();
        await keys.PressAsync("Space");
        await bo.HearsAsync("is confirmed by ana");
        Assert.Empty(ana.Complaints);
    }
}
