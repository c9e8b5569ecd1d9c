using CopBot.EndToEndTests.Support;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace CopBot.EndToEndTests.Support;

/// <summary>One browser for all tests; each person has a context, so nobody shares cookies.</summary>
public sealed class Chromium : IAsyncDisposable
{
    // A busy machine may take its time; a test that holds needs none of it.
    private const float Patience = 20_000;
    private const string Path = "/usr/bin/chromium";
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private readonly SemaphoreSlim starting = new(1);
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>A context of its own; the test is skipped with the reason where there is no Chromium.</summary>
    public async Task<IBrowserContext> OpenAsync(Action<BrowserNewContextOptions>? change = null)
    {
        Required.Unless(File.Exists(Path), $"no Chromium: install it as {Path}");
        await starting.WaitAsync();
        try
        {
            playwright ??= await Playwright.CreateAsync();
            browser ??= await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Path, Args = Arguments });
        }
        finally
        {
            starting.Release();
        }

        var options = new BrowserNewContextOptions { ViewportSize = new() { Width = 1280, Height = 860 }, ColorScheme = ColorScheme.Light };
        change?.Invoke(options);
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        starting.Dispose();
    }
}
