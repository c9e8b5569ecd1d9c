using CopBot.EndToEndTests.Support;
using static Microsoft.Playwright.Assertions;

namespace CopBot.EndToEndTests.WebChat;

public sealed class HostileInputTests(Chromium chromium)
{
    private static readonly string[] Lines =
    [
        "<script>document.title = 'taken'</script>",
        "<img src=x onerror=\"document.title='taken'\">",
        "share \"<script>document.title='taken'</script>\"",
        "win \"a & b < c > d ' e\"",
        "win \"javascript:document.title='taken'\"",
        "share \"Look\" link=javascript:document.title='taken'",
        "share \"Look\" link=https://example.org/\"onmouseover=\"document.title='taken'",
        "kudos @everyone \"<!channel> **bold** [x](javascript:alert(1))\"",
        "win \"&lt;b&gt;already encoded&lt;/b&gt;\"",
        "win \"right\u202eto left\"",
        "{{7*7}} ${7*7} #{7*7} @(7*7)",
        "share \"</textarea></form><script>document.title='taken'</script>\" size=\"><script>document.title='taken'</script>\"",
    ];

    [Fact]
    public async Task Whatever_is_typed_is_shown_as_typed_and_becomes_no_markup_no_script_and_no_link()
    {
        await using var host = await HostProcess.StartAsync();
        await using var ana = await Visitor.JoinAsync(chromium, host, "ana");
        await using var bo = await Visitor.JoinAsync(chromium, host, "bo");
        var before = await ana.Lines.CountAsync();
        foreach (var (line, number) in Lines.Select((line, index) => (line, index + 1)))
        {
            await ana.SayAsync(line);
            await Expect(ana.Lines).ToHaveCountAsync(before + 2 * number);
            var visible = line.Replace("\u202e", "", StringComparison.Ordinal).Replace("@everyone", "everyone", StringComparison.Ordinal);
            Assert.Equal(visible, (await ana.Lines.Nth(before + 2 * number - 2).Locator(".says").InnerTextAsync()).Replace("@everyone", "everyone", StringComparison.Ordinal));
        }

        await ana.Page.ReloadAsync();
        foreach (var visitor in (Visitor[])[ana, bo])
        {
            Assert.Equal("Reliability League · CopBot", await visitor.Page.TitleAsync());
            Assert.Equal(0, await visitor.Page.Locator("#lines :is(script, img:not(.face), b, i, iframe, style, link, object, [onerror], [onmouseover], [style])").CountAsync());
            var links = await visitor.Page.Locator("#lines a").EvaluateAllAsync<string[]>("links => links.map(link => link.protocol + '|' + link.rel)");
            Assert.All(links, link => Assert.Equal("https:|noopener noreferrer nofollow", link));
            Assert.Empty(visitor.Complaints);
        }
    }

    [Fact]
    public async Task Ten_thousand_characters_get_one_private_sentence_and_more_than_64_KB_is_not_read()
    {
        await using var host = await HostProcess.StartAsync();
        await using var ana = await Visitor.JoinAsync(chromium, host, "ana");
        await ana.SayAsync($"share \"{new string('x', 10_000)}\"");
        await ana.HearsAsync("I read at most 4000 in one go. Nothing was stored");

        await ana.SayAsync($"share \"{new string('y', 70_000)}\"");
        await Expect(ana.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToContainTextAsync("That is more than 64 KB. Nothing was stored");
        Assert.Equal(70_008, (await ana.Input.InputValueAsync()).Length);
    }
}
