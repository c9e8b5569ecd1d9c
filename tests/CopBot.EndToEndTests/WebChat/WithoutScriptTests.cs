using CopBot.EndToEndTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CopBot.EndToEndTests.WebChat;

public sealed class WithoutScriptTests(Chromium chromium)
{
    [Fact]
    public async Task Everything_works_one_page_at_a_time()
    {
        await using var host = await HostProcess.StartAsync();
        await using var ana = await Visitor.JoinAsync(chromium, host, "ana", options => options.JavaScriptEnabled = false);
        using var bo = await HttpVisitor.JoinAsync(host, "bo");

        await ana.SayAsync("share \"Read me first\" size=large");
        await ana.ReloadsUntilAsync("#1 ana shared “Read me first” (large): waiting.");
        await bo.SayAsync("confirm 1");
        await bo.HearsAsync("#1 “Read me first” is confirmed by bo: 20 points for ana.");
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "Look for news" }).ClickAsync();
        await ana.ReloadsUntilAsync("is confirmed by bo");
        await Expect(ana.Board.Locator("tr.own .number")).ToHaveTextAsync("20");

        // A button, the form it brings, and the answer: three pages.
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Kudos" }).ClickAsync();
        await ana.ReloadsUntilAsync("still needs");
        await ana.Page.GetByLabel("Whom").FillAsync("@bo");
        await ana.Page.GetByLabel("What for").FillAsync("confirming at once");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Send kudos" }).ClickAsync();
        await ana.ReloadsUntilAsync("ana thanks @bo “confirming at once”");

        // Speaking in private stays chosen on the next page.
        await ana.ChooseAsync("Privately");
        await ana.SayAsync("me");
        await Expect(ana.Page.GetByRole(AriaRole.Radio, new() { Name = "Privately" })).ToBeCheckedAsync();

        await ana.SayAsync("my data");
        await ana.ReloadsUntilAsync("Download my-data.json");
        var download = await ana.Page.RunAndWaitForDownloadAsync(() => ana.Page.GetByRole(AriaRole.Link, new() { Name = "Download my-data.json" }).ClickAsync());
        Assert.Equal("my-data.json", download.SuggestedFilename);
        Assert.Contains("\"ana\"", await File.ReadAllTextAsync((await download.PathAsync())!), StringComparison.Ordinal);

        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Leave" }).ClickAsync();
        await Expect(ana.Page.GetByLabel("Your name")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_name_that_is_none_is_refused_with_the_reason_and_stays_in_the_field()
    {
        await using var host = await HostProcess.StartAsync();
        await using var somebody = await Visitor.ArriveAsync(chromium, host, options => options.JavaScriptEnabled = false);
        foreach (var name in (string[])["<b>ana</b>", "everyone", "CopBot", "two words", new string('a', 33)])
        {
            await somebody.Page.GetByLabel("Your name").FillAsync(name);
            await somebody.Page.GetByRole(AriaRole.Button, new() { Name = "Come in" }).ClickAsync();
            await Expect(somebody.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("That is no name to use here.");
            await Expect(somebody.Page.GetByLabel("Your name")).ToHaveValueAsync(name);
        }
    }
}
