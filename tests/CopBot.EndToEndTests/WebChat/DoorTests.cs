using System.Net;
using CopBot.EndToEndTests.Support;

namespace CopBot.EndToEndTests.WebChat;

public sealed class DoorTests
{
    [Fact]
    public async Task Every_answer_tells_the_browser_to_run_nothing_else_and_to_keep_nothing()
    {
        await using var host = await HostProcess.StartAsync();
        using var ana = await HttpVisitor.JoinAsync(host, "ana");
        foreach (var path in (string[])["/", "/assets/chat.js", "/events", "/messages/1/none.txt", "/no-such-page"])
        {
            using var answer = await ana.Http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_other_sites_and_a_page_without_it_shows_nothing()
    {
        await using var host = await HostProcess.StartAsync();
        using var ana = await HttpVisitor.ArriveAsync(host.Address);
        using var joined = await ana.PostAsync("/join", ("name", "ana"));
        var cookie = Assert.Single(joined.Headers.GetValues("Set-Cookie"), value => value.Contains("session", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);

        using var stranger = await HttpVisitor.ArriveAsync(host.Address);
        Assert.DoesNotContain("Welcome to the Reliability League", await stranger.PageAsync(), StringComparison.Ordinal);
        using var events = await stranger.Http.GetAsync(new Uri("/events?after=0", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, events.StatusCode);
    }

    [Fact]
    public async Task A_form_that_no_page_of_this_browser_gave_is_refused_and_changes_nothing()
    {
        await using var host = await HostProcess.StartAsync();
        using var ana = await HttpVisitor.JoinAsync(host, "ana");
        using var bo = await HttpVisitor.JoinAsync(host, "bo");
        foreach (var address in (string[])["/say", "/leave"])
        {
            foreach (var seal in (string?[])[null, "x", new string('a', 43)])
            {
                using var answer = await ana.PostSealedAsync(address, seal, ("line", "win \"forged\""));
                Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            }
        }

        using var visitor = await HttpVisitor.ArriveAsync(host.Address);
        using var forged = await visitor.PostSealedAsync("/join", "x", ("name", "cy"));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.DoesNotContain("forged", await ana.PageAsync(), StringComparison.Ordinal);
        Assert.Contains("You are", await ana.PageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_was_made_to_lead_here_opens_nothing()
    {
        await using var host = await HostProcess.StartAsync();
        using var http = new HttpClient { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = $"evil.example:{host.Address.Port}";
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task The_same_form_twice_counts_once()
    {
        await using var host = await HostProcess.StartAsync();
        using var ana = await HttpVisitor.JoinAsync(host, "ana");
        for (var time = 0; time < 2; time++)
        {
            using var answer = await ana.PostAsync("/say", ("line", "win \"Only once\""), ("event", "one-and-the-same"));
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        }

        using var other = await ana.PostAsync("/say", ("line", "win \"Another one\""), ("event", "one-and-the-same"));
        var page = await ana.HearsAsync("tells a win: “Another one”");
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(page, "#\\d <bdi class=\"person\">ana</bdi>[^<]*<bdi>Only once"));
    }

    [Fact]
    public async Task Somebody_else_cannot_fetch_a_private_document()
    {
        await using var host = await HostProcess.StartAsync();
        using var ana = await HttpVisitor.JoinAsync(host, "ana");
        using var bo = await HttpVisitor.JoinAsync(host, "bo");
        await ana.SayAsync("my data");
        var page = await ana.HearsAsync("Download my-data.json");
        var address = new Uri(System.Text.RegularExpressions.Regex.Match(page, "/messages/\\d+/my-data\\.json").Value, UriKind.Relative);

        using var own = await ana.Http.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal("attachment", own.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Contains("\"ana\"", await own.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var others = await bo.Http.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, others.StatusCode);
    }

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://loopback:5080")]
    [InlineData("http://192.0.2.7:5080")]
    [InlineData("https://localhost:5080")]
    [InlineData("http://localhost:5080/path")]
    public async Task It_does_not_start_where_others_could_choose_a_name(string url)
    {
        var (code, error) = await HostProcess.RunAsync("serve", "--url", url, "--database", Path.Combine(Path.GetTempPath(), "never-made.db"));
        Assert.Equal(2, code);
        Assert.Contains($"CopBot__Url (--url) is “{url}”", error, StringComparison.Ordinal);
        Assert.Contains("http://localhost:5080", error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_with_a_way_out()
    {
        await using var host = await HostProcess.StartAsync();
        var folder = Directory.CreateTempSubdirectory("copbot-e2e-");
        try
        {
            var (code, error) = await HostProcess.RunAsync("serve", "--url", host.Address.ToString().TrimEnd('/'), "--database", Path.Combine(folder.FullName, "copbot.db"));
            Assert.Equal(2, code);
            Assert.Contains("something else listens there already", error, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
