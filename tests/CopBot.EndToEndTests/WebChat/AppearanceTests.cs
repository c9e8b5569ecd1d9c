using CopBot.EndToEndTests.Support;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CopBot.EndToEndTests.WebChat;

/// <summary>How the pages look. COPBOT_SCREENSHOTS names a folder for pictures to look at.</summary>
public sealed class AppearanceTests(Chromium chromium)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280, 860)]
    [InlineData(ColorScheme.Dark, 1280, 860)]
    [InlineData(ColorScheme.Light, 360, 740)]
    [InlineData(ColorScheme.Dark, 360, 740)]
    public async Task Every_page_is_accessible_and_fits_its_window(ColorScheme scheme, int width, int height)
    {
        await using var host = await HostProcess.StartAsync();
        await using var somebody = await Visitor.ArriveAsync(chromium, host, Look);
        await CheckAsync(somebody.Page, $"join-{scheme}-{width}");

        using var bo = await HttpVisitor.JoinAsync(host, "bo");
        using var cy = await HttpVisitor.JoinAsync(host, "cy");
        await using var ana = await Visitor.JoinAsync(chromium, host, "ana", Look);
        await ana.SayAsync("help");
        await ana.HearsAsync("Type a command here");
        await ana.SayAsync("my data");
        await ana.HearsAsync("This is everything");
        await ana.Page.GetByText("Look at my-data.json").ClickAsync();
        await ana.SayAsync($"win \"{new string('w', 200)}\" link=https://example.org/{new string('l', 200)}");
        await ana.HearsAsync("www");
        await ana.SayAsync("experiment result");
        await ana.HearsAsync("still needs");
        await CheckAsync(ana.Page, $"chat-form-{scheme}-{width}");
        await ana.SayAsync("share \"Runbooks that cut MTTR\" size=medium format=doc link=https://example.org/runbooks topic=incidents");
        await ana.HearsAsync("ana shared");
        await bo.SayAsync("mob \"Fix the flaky deploy\" with=@ana,@cy minutes=90 topic=delivery");
        await cy.SayAsync("confirm 3");
        await ana.HearsAsync("is confirmed by cy");
        await cy.SayAsync("kudos @ana \"for the runbook that saved my night\"");
        await ana.HearsAsync("cy thanks");
        await ana.Input.FillAsync("expe");
        await Expect(ana.Page.GetByRole(AriaRole.Listbox)).ToBeVisibleAsync();
        await CheckAsync(ana.Page, $"chat-suggesting-{scheme}-{width}");
        await ana.Input.FillAsync("");
        await CheckAsync(ana.Page, $"chat-{scheme}-{width}");
        await ana.Page.Locator("summary", new() { HasText = "This week" }).ClickAsync();
        await CheckAsync(ana.Page, $"chat-board-{scheme}-{width}");
        Assert.Empty(ana.Complaints);

        void Look(BrowserNewContextOptions options)
        {
            options.ColorScheme = scheme;
            options.ViewportSize = new() { Width = width, Height = height };
            options.ReducedMotion = ReducedMotion.Reduce;
        }
    }

    [Fact]
    public async Task On_a_phone_the_board_is_folded_and_opens_with_a_tap()
    {
        await using var host = await HostProcess.StartAsync();
        await using var ana = await Visitor.JoinAsync(chromium, host, "ana", options => options.ViewportSize = new() { Width = 360, Height = 740 });
        await Expect(ana.Board).ToBeHiddenAsync();
        await ana.Page.Locator("summary", new() { HasText = "This week" }).ClickAsync();
        await Expect(ana.Board).ToBeVisibleAsync();
        await Expect(ana.Board).ToBeInViewportAsync();
        await Expect(ana.Input).ToBeInViewportAsync();
    }

    private static async Task CheckAsync(IPage page, string picture)
    {
        if (Environment.GetEnvironmentVariable("COPBOT_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, picture + ".png") });

        var overflow = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{picture} is {overflow} pixels wider than its window");
        var faults = (await page.RunAxe()).Violations.Where(fault => fault.Impact is "serious" or "critical")
            .Select(fault => $"{fault.Id}: {fault.Help} at {string.Join(", ", fault.Nodes.Select(node => node.Html))}");
        Assert.Empty(faults);
    }
}
