using System.Net;
using CopBot.Platforms.Slack;
using CopBot.Tests.Support;
using CopBot.Tests.Support.FakeSlack;
using NodaTime;

namespace CopBot.Tests.Platforms.Slack;

/// <summary>The pages around an installation, as a browser meets them.</summary>
public sealed class SlackInstallTests
{
    [Fact]
    public async Task The_page_says_what_will_be_allowed_and_changes_nothing()
    {
        await using var bot = await Installing.StartAsync(Product.Sqlite);
        using var answer = await bot.Browser.GetAsync(new Uri(bot.At, SlackAddresses.Install));
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.All(SlackScopes.All, scope => Assert.Contains(scope.Reason, page, StringComparison.Ordinal));
        Assert.Single(page.Split("<button").Skip(1));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Empty(bot.Slack.Calls);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.Contains($"form-action 'self' {bot.Slack.ApiBase.GetLeftPart(UriPartial.Authority)};", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task It_ends_with_what_to_do_next()
    {
        await using var bot = await Installing.StartAsync(Product.Sqlite);
        var page = await bot.InstallAsync();
        Assert.Contains("CopBot is installed in Workspace T0001", page, StringComparison.Ordinal);
        Assert.Contains("/invite @CopBot", page, StringComparison.Ordinal);
        Assert.Empty(bot.Slack.Problems);
    }

    [Fact]
    public async Task The_cookie_is_for_this_alone_and_gone_afterwards()
    {
        await using var bot = await Installing.StartAsync(Product.Sqlite, publicUrl: "https://copbot.example.org/");
        using var plain = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        using var begun = await plain.PostAsync(new Uri(bot.At, SlackAddresses.Install), null);
        var cookie = begun.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("__Host-copbot-install=", cookie, StringComparison.Ordinal);
        Assert.All((string[])["; max-age=600", "; path=/", "; secure", "; samesite=lax", "; httponly"], part => Assert.Contains(part, cookie, StringComparison.Ordinal));
        Assert.DoesNotContain("domain", cookie, StringComparison.Ordinal);
        Assert.Contains("redirect_uri=https%3A%2F%2Fcopbot.example.org%2Fslack%2Foauth&state=", begun.Headers.Location!.Query, StringComparison.Ordinal);
        Assert.Contains($"scope={Uri.EscapeDataString(SlackScopes.Asked)}", begun.Headers.Location.Query, StringComparison.Ordinal);
        using var ended = await plain.GetAsync(new Uri(bot.At, SlackAddresses.Callback));
        Assert.Contains("__Host-copbot-install=; expires=Thu, 01 Jan 1970", ended.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no cookie")]
    [InlineData("another browser")]
    [InlineData("late")]
    [InlineData("no state")]
    [InlineData("two states")]
    [InlineData("altered state")]
    public async Task A_state_that_does_not_fit_installs_nothing(string how)
    {
        await using var bot = await Installing.StartAsync(Product.Sqlite);
        var back = await bot.ConsentAsync();
        using var other = Installing.NewBrowser();
        var browser = bot.Browser;
        switch (how)
        {
            case "no cookie":
                browser = other;
                break;
            case "another browser":
                browser = other;
                using (await other.PostAsync(new Uri(bot.At, SlackAddresses.Install), null))
                    break;
            case "late":
                bot.Clock.MoveTo(bot.Clock.Now + Duration.FromMinutes(10));
                break;
            case "no state":
                back = new Uri(back.AbsoluteUri.Split("&state=")[0]);
                break;
            case "two states":
                back = new Uri($"{back.AbsoluteUri}&state={back.AbsoluteUri.Split("&state=")[1]}");
                break;
            default:
                var at = back.AbsoluteUri.IndexOf("&state=", StringComparison.Ordinal) + 9;
                back = new Uri(back.AbsoluteUri[..at] + (back.AbsoluteUri[at] == 'A' ? 'B' : 'A') + back.AbsoluteUri[(at + 1)..]);
                break;
        }

        var (status, page) = await bot.GetAsync(back, browser);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("too late, a second time, or in another browser", page, StringComparison.Ordinal);
        Assert.Contains("href=\"install\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain(bot.Slack.Calls, call => call.Method == "oauth.v2.access");
        Assert.Empty(bot.Served.All);
    }

    [Fact]
    public async Task A_state_is_good_once_even_with_its_cookie()
    {
        await using var bot = await Installing.StartAsync(Product.Sqlite);
        using var plain = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        using var begun = await plain.PostAsync(new Uri(bot.At, SlackAddresses.Install), null);
        plain.DefaultRequestHeaders.Add("Cookie", begun.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        using var consented = await plain.GetAsync(begun.Headers.Location);
        Assert.Equal(HttpStatusCode.OK, (await bot.GetAsync(consented.Headers.Location!, plain)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await bot.GetAsync(consented.Headers.Location!, plain)).Status);
        Assert.Single(bot.Slack.Calls, call => call.Method == "oauth.v2.access");
    }

    [Fact]
    public async Task Whoever_cancels_is_told_that_nothing_happened()
    {
        await using var bot = await Installing.StartAsync(Product.Sqlite);
        bot.Slack.OAuth.Refuses = true;
        var (status, page) = await bot.GetAsync(await bot.ConsentAsync());
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("It was cancelled on Slack's page. Nothing was installed.", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("invalid_code", HttpStatusCode.BadRequest, "ten minutes and once")]
    [InlineData("bad_client_secret", HttpStatusCode.InternalServerError, "do not fit together")]
    [InlineData("bad_redirect_uri", HttpStatusCode.InternalServerError, "do not fit together")]
    [InlineData("internal_error", HttpStatusCode.BadGateway, "cannot be reached")]
    [InlineData("<script>alert(1)</script>", HttpStatusCode.BadRequest, "Slack did not allow it")]
    public async Task What_Slack_says_against_it_is_said_plainly(string error, HttpStatusCode expected, string words)
    {
        await using var bot = await Installing.StartAsync(Product.Sqlite);
        var back = await bot.ConsentAsync();
        bot.Slack.Faults.Next("oauth.v2.access", SlackFault.NotOk(error));
        var (status, page) = await bot.GetAsync(back);
        Assert.Equal(expected, status);
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.DoesNotContain(error, page, StringComparison.Ordinal);
        Assert.Contains(bot.Logged, line => line.Contains("CopBot__Slack__ClientId", StringComparison.Ordinal) && line.Contains("/slack/oauth", StringComparison.Ordinal));
        Assert.Empty(bot.Served.All);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Origin", "https://elsewhere.example.org", false)]
    [InlineData("Origin", "null", false)]
    public async Task Nobody_elses_page_presses_the_button(string header, string value, bool goes)
    {
        await using var bot = await Installing.StartAsync(Product.Sqlite);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(bot.At, SlackAddresses.Install));
        request.Headers.Add(header, value);
        using var answer = await bot.Browser.SendAsync(request);
        Assert.Equal(goes ? HttpStatusCode.SeeOther : HttpStatusCode.Forbidden, answer.StatusCode);
    }
}
