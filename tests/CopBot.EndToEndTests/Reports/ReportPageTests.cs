using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using CopBot.EndToEndTests.Support;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CopBot.EndToEndTests.Reports;

/// <summary>The month's report as a sponsor gets it: by its address alone, to read and to print. COPBOT_SCREENSHOTS names a folder for pictures to look at.</summary>
public sealed partial class ReportPageTests(Chromium chromium)
{
    private const string Hostile = "\"><script>alert(1)</script><b>\u202egnp</b> {{1+1}}";

    [Theory]
    [InlineData(1000, 1400)]
    [InlineData(360, 740)]
    public async Task A_sponsor_without_an_account_reads_it_and_prints_one_sheet(int width, int height)
    {
        await using var host = await HostProcess.StartAsync();
        var address = await PlayAsync(host);
        await using var context = await chromium.OpenAsync(options => options.ViewportSize = new() { Width = width, Height = height });
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, problem) => complaints.Add(problem);
        var answer = await page.GotoAsync(address.AbsoluteUri);
        Assert.Equal((200, "no-store"), (answer!.Status, answer.Headers["cache-control"]));
        Assert.Contains("default-src 'none'", answer.Headers["content-security-policy"]);

        var text = await page.InnerTextAsync("main");
        Assert.Contains("used by another squad never", text);
        Assert.Contains("fewer than five took part", text);
        Assert.DoesNotMatch("\\b(ana|bo)\\b", text);
        Assert.Equal(0, await page.Locator("script").CountAsync());
        Assert.NotEqual(0, await page.Locator("svg rect.shares").CountAsync());
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the window");
        var found = await page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa") });
        Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(one => $"{one.Id}: {one.Help} {string.Join(", ", one.Nodes.Select(node => node.Html))}")));
        Assert.Empty(complaints);
        var sheets = Sheet().Count(Encoding.Latin1.GetString(await page.PdfAsync(new() { PreferCSSPageSize = true })));
        Assert.Equal(1, sheets);
        if (Environment.GetEnvironmentVariable("COPBOT_SCREENSHOTS") is { } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"report-{width}.png"), FullPage = true });
    }

    [Fact]
    public async Task An_address_that_was_ended_answers_like_one_that_never_was_and_none_is_logged()
    {
        await using var host = await HostProcess.StartAsync();
        var address = await PlayAsync(host);
        using var ana = await HttpVisitor.JoinAsync(host, "ana");
        using var http = new HttpClient();
        using (var answer = await http.PostAsync(address, null))
            Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        await ana.SayAsync("report close");
        await ana.HearsAsync("The one address opens nothing any more");
        var answers = new List<(HttpStatusCode, string)>();
        foreach (var token in (string[])[address.Segments[^1], new string('A', 43), "x"])
        {
            using var answer = await http.GetAsync(new Uri(host.Address, "/report/" + token));
            answers.Add((answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        }

        Assert.Equal(HttpStatusCode.NotFound, answers[0].Item1);
        Assert.Single(answers.Distinct());
        await host.StopAsync();
        Assert.DoesNotContain(address.Segments[^1][..20], host.Log);
    }

    private static async Task<Uri> PlayAsync(HostProcess host)
    {
        using var ana = await HttpVisitor.JoinAsync(host, "ana");
        using var bo = await HttpVisitor.JoinAsync(host, "bo");
        await ana.SayAsync("share \"Runbooks that cut MTTR\"");
        await ana.HearsAsync("shared");
        await bo.SayAsync("experiment start \"Canary at one percent\" measure=rollbacks");
        await bo.HearsAsync("Canary");
        await ana.SayAsync("okr template reliability");
        await ana.HearsAsync("is drafted from the example");
        await ana.SayAsync("okr activate 1");
        await ana.HearsAsync("is active until");
        await ana.SayAsync($"settings name={Quoted("A <b>community</b>")}");
        await bo.SayAsync($"gap add {Quoted(Hostile)} need=\"Nothing breaks\" importance=5 level=1");
        await ana.SayAsync("report page");
        return new Uri(Address().Match(await ana.HearsAsync("on one page")).Groups[1].Value);
    }

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex("href=\"(http://localhost:\\d+/report/[A-Za-z0-9_-]{43})\"")]
    private static partial Regex Address();

    [GeneratedRegex("/Type ?/Page\\b(?!s)")]
    private static partial Regex Sheet();
}
