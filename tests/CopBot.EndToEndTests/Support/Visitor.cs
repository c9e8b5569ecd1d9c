using Microsoft.Playwright;

namespace CopBot.EndToEndTests.Support;

/// <summary>A person at a page of web chat.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];

    private Visitor(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            // A stream that breaks off while the host restarts is told to the console by the browser itself.
            if (message.Type == "error" && !message.Text.Contains("ERR_", StringComparison.Ordinal))
                complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
    }

    public IPage Page { get; }

    /// <summary>Errors of the page's script, and whatever the content security policy refused.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    public ILocator Lines => Page.Locator("#lines > .line");

    public ILocator Board => Page.Locator("#board");

    public ILocator Input => Page.GetByLabel("What would you like to say?");

    public static async Task<Visitor> ArriveAsync(Chromium chromium, HostProcess host, Action<BrowserNewContextOptions>? change = null)
    {
        var context = await chromium.OpenAsync(change);
        var visitor = new Visitor(context, await context.NewPageAsync());
        await visitor.Page.GotoAsync(host.Address.ToString());
        return visitor;
    }

    /// <summary>Arrives and comes in under a name.</summary>
    public static async Task<Visitor> JoinAsync(Chromium chromium, HostProcess host, string name, Action<BrowserNewContextOptions>? change = null)
    {
        var visitor = await ArriveAsync(chromium, host, change);
        await visitor.Page.GetByLabel("Your name").FillAsync(name);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Come in" }).ClickAsync();
        await Assertions.Expect(visitor.Lines.First).ToContainTextAsync($"Welcome to the Reliability League, {name}");
        await visitor.LivesAsync();
        return visitor;
    }

    /// <summary>Waits until the page's script has begun. What is typed before goes the way without script, and loads the page once more under whoever types on.</summary>
    public Task LivesAsync() => Page.WaitForLoadStateAsync(LoadState.Load);

    /// <summary>Types a line and sends it with Enter.</summary>
    public async Task SayAsync(string line)
    {
        await Input.FillAsync(line);
        await Input.PressAsync("Enter");
    }

    /// <summary>Chooses where the next line is said.</summary>
    public Task ChooseAsync(string place) => Page.GetByRole(AriaRole.Radio, new() { Name = place }).CheckAsync();

    /// <summary>Waits until a line reads so.</summary>
    public Task HearsAsync(string text) => Assertions.Expect(Lines.Filter(new() { HasText = text }).First).ToBeVisibleAsync();

    /// <summary>Without script a page waits a second for the answer; a slow machine may need another look.</summary>
    public async Task ReloadsUntilAsync(string text)
    {
        for (var looks = 0; looks < 20 && await Lines.Filter(new() { HasText = text }).CountAsync() == 0; looks++)
            await Page.ReloadAsync();
        await HearsAsync(text);
    }

    /// <summary>The whole page as text and markup.</summary>
    public Task<string> SourceAsync() => Page.ContentAsync();

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
