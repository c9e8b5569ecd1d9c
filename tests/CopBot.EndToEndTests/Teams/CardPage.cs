using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CopBot.EndToEndTests.Support;
using Microsoft.Playwright;

namespace CopBot.EndToEndTests.Teams;

/// <summary>Cards shown by Microsoft's own renderer (the npm package adaptivecards) with a host configuration in the manner of Teams.</summary>
public sealed class CardPage(Chromium chromium) : IAsyncDisposable
{
    private readonly NodePeer app = new("Teams/cards", "cards");
    private RunningPeer? running;
    private int port;

    /// <summary>Shows a card in a window of some width; theme is <c>light</c> or <c>dark</c>.</summary>
    /// <returns>The page, and what the renderer says of the card.</returns>
    public async Task<(IPage Page, ShownCard Shown)> ShowAsync(JsonObject card, string theme, int width)
    {
        var page = await OpenAsync(width);
        return (page, await ShowAsync(page, card, theme));
    }

    /// <summary>What the renderer says of each card, one after the other in one window.</summary>
    public async Task<IReadOnlyList<ShownCard>> ShowEachAsync(IEnumerable<JsonObject> cards, string theme, int width)
    {
        var page = await OpenAsync(width);
        List<ShownCard> shown = [];
        foreach (var card in cards)
            shown.Add(await ShowAsync(page, card, theme));
        await page.Context.CloseAsync();
        return shown;
    }

    public async ValueTask DisposeAsync()
    {
        if (running is not null)
            await running.DisposeAsync();
        app.Dispose();
    }

    private async Task<IPage> OpenAsync(int width)
    {
        if (running is null)
        {
            running = await app.StartAsync(new Dictionary<string, string>());
            port = await running.ReadyAsync();
        }

        var context = await chromium.OpenAsync(options => options.ViewportSize = new() { Width = width, Height = 400 });
        var page = await context.NewPageAsync();
        await page.GotoAsync(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
        await page.WaitForFunctionAsync("document.title === 'ready'");
        return page;
    }

    private static async Task<ShownCard> ShowAsync(IPage page, JsonObject card, string theme)
    {
        var said = await page.EvaluateAsync<string>("([card, theme]) => window.show(card, theme)", new[] { card.ToJsonString(), theme });
        return JsonSerializer.Deserialize<ShownCard>(said, JsonSerializerOptions.Web)!;
    }
}

/// <summary>A card as it is shown.</summary>
/// <param name="Problems">What the renderer has against it.</param>
/// <param name="Wide">What stands out of the card or is cut off.</param>
/// <param name="Text">What one reads.</param>
public sealed record ShownCard(IReadOnlyList<string> Problems, IReadOnlyList<string> Wide, string Text);
