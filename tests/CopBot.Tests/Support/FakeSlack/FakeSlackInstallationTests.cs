using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>Signatures, repetitions over HTTP, and the ways in which an installation or a refresh is refused.</summary>
public sealed class FakeSlackInstallationTests
{
    [Fact]
    public void The_signature_is_that_of_the_published_example() =>
        Assert.Equal("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503", SlackKeys.Sign("8f742231b10e8888abcd99yyyzzz85a5", 1531420618, Encoding.UTF8.GetBytes(
            "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c")));

    [Fact]
    public async Task Over_HTTP_an_event_comes_again_with_its_number_and_reason_and_a_command_does_not()
    {
        await using var slack = await SlackServer.StartAsync();
        slack.RetryDelays = [TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero];
        var (anna, channel) = (slack.Workspace.AddUser("anna"), slack.Workspace.AddChannel("general"));
        var seen = new ConcurrentQueue<(string Type, string Number, string Reason, string Body)>();
        var answers = new Queue<(int Status, string Header)>([(500, ""), (200, ""), (500, "X-Slack-No-Retry"), (500, "")]);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var bot = builder.Build();
        bot.MapPost("/", async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var headers = context.Request.Headers;
            seen.Enqueue((context.Request.ContentType!, headers["X-Slack-Retry-Num"].ToString(), headers["X-Slack-Retry-Reason"].ToString(), await reader.ReadToEndAsync()));
            var (status, header) = answers.Dequeue();
            context.Response.StatusCode = status;
            if (header.Length > 0)
                context.Response.Headers[header] = "1";
        });
        await bot.StartAsync();
        slack.EventsUrl = new(bot.Urls.First());

        var told = await slack.Workspace.SayAsync(anna, channel, slack.Workspace.BotUser.Mention);
        Assert.Equal((SlackDeliveryStatus.Acknowledged, 2), (told.Status, told.Attempts));
        Assert.Equal([("application/json", "", ""), ("application/json", "1", "http_error")], seen.Select(request => (request.Type, request.Number, request.Reason)));
        Assert.Single(seen.Select(request => (string?)JsonNode.Parse(request.Body)!["event_id"]).Distinct());
        Assert.Equal((SlackDeliveryStatus.Failed, 1), (await slack.Workspace.OpenHomeAsync(anna)) is var refused ? (refused.Status, refused.Attempts) : default);
        Assert.Equal((SlackDeliveryStatus.Failed, 500), (await slack.Workspace.SlashAsync(anna, channel, "/cop", "a&b=ü")) is var failed ? (failed.Status, failed.HttpStatus) : default);
        Assert.Contains("text=a%26b%3D%C3%BC", seen.Last().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Codes_and_refresh_tokens_work_once_and_tokens_expire()
    {
        var clock = new StandingClock();
        await using var slack = await SlackServer.StartAsync(clock);
        slack.OAuth.TokenRotation = true;
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        Assert.Equal("bad_redirect_uri", (string?)(await AccessAsync(slack, http, await CodeAsync(slack, http), redirect: "http://127.0.0.1/other"))["error"]);
        var old = await CodeAsync(slack, http);
        clock.Now += TimeSpan.FromMinutes(11);
        Assert.Equal("invalid_code", (string?)(await AccessAsync(slack, http, old))["error"]);
        var code = await CodeAsync(slack, http);
        Assert.Equal("bad_client_secret", (string?)(await AccessAsync(slack, http, code, secret: "wrong"))["error"]);
        var installed = await AccessAsync(slack, http, code);
        Assert.Equal((true, 43200, "bot"), ((bool)installed["ok"]!, (int)installed["expires_in"]!, (string?)installed["token_type"]));
        Assert.Equal("invalid_code", (string?)(await AccessAsync(slack, http, code))["error"]);

        var refresh = (string)installed["refresh_token"]!;
        var again = await RefreshAsync(slack, http, refresh);
        Assert.Equal(slack.Workspace.BotToken, (string?)again["access_token"]);
        Assert.Equal("invalid_refresh_token", (string?)(await RefreshAsync(slack, http, refresh))["error"]);
        clock.Now += TimeSpan.FromHours(13);
        Assert.Equal("token_expired", (string?)(await FormAsync(slack, http, "auth.test", new() { ["token"] = slack.Workspace.BotToken }))["error"]);
        Assert.Empty(slack.Problems);
    }

    private static async Task<string> CodeAsync(SlackServer slack, HttpClient http)
    {
        using var consent = await http.GetAsync(new Uri($"{slack.AuthorizeUrl}?client_id={slack.ClientId}&scope=chat:write&state=s&redirect_uri={Uri.EscapeDataString("http://127.0.0.1/back")}"));
        Assert.Equal(HttpStatusCode.Redirect, consent.StatusCode);
        return consent.Headers.Location!.Query.TrimStart('?').Split('&')[0]["code=".Length..];
    }

    private static Task<JsonNode> AccessAsync(SlackServer slack, HttpClient http, string code, string redirect = "http://127.0.0.1/back", string? secret = null) =>
        FormAsync(slack, http, "oauth.v2.access", new() { ["client_id"] = slack.ClientId, ["client_secret"] = secret ?? slack.ClientSecret, ["code"] = code, ["redirect_uri"] = redirect });

    private static Task<JsonNode> RefreshAsync(SlackServer slack, HttpClient http, string token) =>
        FormAsync(slack, http, "oauth.v2.access", new() { ["client_id"] = slack.ClientId, ["client_secret"] = slack.ClientSecret, ["grant_type"] = "refresh_token", ["refresh_token"] = token });

    private static async Task<JsonNode> FormAsync(SlackServer slack, HttpClient http, string method, Dictionary<string, string> fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var response = await http.PostAsync(new Uri(slack.ApiBase, method), form);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private sealed class StandingClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch.AddSeconds(1_767_600_000);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
