using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CopBot.Tests.Host;
using CopBot.Tests.Platforms.Slack;
using CopBot.Tests.Support.FakeSlack;

namespace CopBot.PlatformTests.Slack;

/// <summary>The door of the real process: what is not proven to be Slack's does not come in, and without a secret there is no door.</summary>
public sealed class SlackDoorTests : IAsyncLifetime, IDisposable
{
    private static readonly string[] Doors = ["slack/events", "slack/commands", "slack/interactions"];

    private readonly Copbot copbot = new();
    private readonly Uri url = new($"http://127.0.0.1:{LoopbackPort.Free()}");
    private readonly HttpClient http = new(new SocketsHttpHandler { RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8 });
    private SlackServer slack = null!;

    public async ValueTask InitializeAsync()
    {
        slack = await SlackServer.StartAsync();
        slack.Workspace.AddChannel("general");
        copbot.Environment["CopBot__Slack__ApiBase"] = slack.ApiBase.AbsoluteUri;
        copbot.Environment["CopBot__Slack__BotToken"] = slack.Workspace.BotToken;
    }

    [Fact]
    public async Task Every_broken_signature_is_refused_at_the_door_and_nothing_is_stored()
    {
        copbot.Environment["CopBot__Slack__SigningSecret"] = slack.SigningSecret;
        using var bot = copbot.Start("serve", "--url", url.AbsoluteUri);
        slack.EventsUrl = new Uri(url, Doors[0]);
        await ReadyAsync();
        Assert.True((await slack.VerifyUrlAsync()).Acknowledged);

        var body = Encoding.UTF8.GetBytes(slack.Workspace.Wrap(new() { ["type"] = "message", ["channel_type"] = "im", ["channel"] = "D1", ["user"] = slack.Workspace.AddUser("ana").Id, ["ts"] = "1767600000.000100", ["text"] = "share \"Runbooks\"" }).ToJsonString());
        var breaches = new SignatureBreaches(slack.SigningSecret, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), body);
        var tried = 0;
        foreach (var (name, request) in breaches.AloneAndInPairs().Where(breach => CanBeSent(breach.Request)))
        {
            Assert.True(await SendAsync(Doors[tried % Doors.Length], request) == HttpStatusCode.Unauthorized, name);
            tried++;
        }

        Assert.InRange(tried, 400, int.MaxValue);
        Assert.DoesNotContain(slack.Calls, call => call.Method is "users.info" or "chat.postMessage");
        Assert.Equal(HttpStatusCode.OK, await SendAsync(Doors[0], breaches.Good));
        await slack.UntilAsync(() => slack.Workspace.Posts.Count > 0, "an answer to what was signed well");
        await Copbot.StopAsync(bot);
    }

    [Fact]
    public async Task Rubbish_that_is_signed_well_gets_a_plain_no_and_the_door_stays_open()
    {
        copbot.Environment["CopBot__Slack__SigningSecret"] = slack.SigningSecret;
        using var bot = copbot.Start("serve", "--url", url.AbsoluteUri);
        slack.EventsUrl = new Uri(url, Doors[0]);
        await ReadyAsync();
        string[] rubbish =
        [
            "", "null", "[]", "7", "{", "{}", "{\"type\":\"event_callback\"}", "{\"a\":1,\"a\":2}", new string('[', 10_000), "{\"team_id\":\"\\ud800\",\"event\":{\"type\":\"\\ud800\"}}", "payload=%7B", "payload={}", "payload=",
            "text=share&team_id=T0001", "\0\0\0", $"{{\"team_id\":\"T0001\",\"event\":{{\"type\":\"message\",\"channel_type\":\"im\",\"user\":7,\"ts\":-1,\"text\":[]}}}}",
            "{\"team_id\":\"T0001\",\"event\":{\"type\":\"user_change\",\"user\":{}}}", "{\"team_id\":\"T0001\",\"type\":\"block_actions\",\"actions\":[7,{},null]}", "{\"team_id\":\"T9999\",\"event\":{\"type\":\"app_mention\"}}",
        ];
        foreach (var text in rubbish)
        {
            foreach (var door in Doors)
            {
                var breaches = new SignatureBreaches(slack.SigningSecret, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), Encoding.UTF8.GetBytes(text));
                var status = await SendAsync(door, breaches.Good);
                Assert.True(status is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{door} says {status} to {text[..Math.Min(text.Length, 60)]}");
            }
        }

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await SendAsync(Doors[0], new SignatureBreaches(slack.SigningSecret, "1", new byte[2 * 1024 * 1024]).Good));
        Assert.True((await slack.VerifyUrlAsync()).Acknowledged);
        await Copbot.StopAsync(bot);
    }

    [Fact]
    public async Task Without_a_secret_there_is_no_door()
    {
        copbot.Environment["CopBot__Slack__AppToken"] = slack.AppToken;
        using var bot = copbot.Start("serve", "--url", url.AbsoluteUri);
        await ReadyAsync();
        foreach (var door in Doors)
            Assert.Equal(HttpStatusCode.NotFound, await SendAsync(door, new SignatureBreaches("", "1", []).Good));
        await Copbot.StopAsync(bot);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public async Task An_empty_secret_keeps_the_process_from_starting(string secret)
    {
        copbot.Environment["CopBot__Slack__SigningSecret"] = secret;
        (await copbot.RunProcessAsync("", "serve", "--url", url.AbsoluteUri)).Says(2, "CopBot__Slack__SigningSecret is empty or too short");
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await slack.DisposeAsync();
    }

    public void Dispose()
    {
        copbot.Dispose();
        http.Dispose();
    }

    // Blanks around a header's value are no part of it (RFC 9110, 5.5), so that breach does not survive the way.
    private static bool CanBeSent(SignedRequest request) => !request.Stamps.Concat(request.Signatures).Any(value => value is { Length: > 0 } && value.Trim().Length != value.Length);

    private async Task<HttpStatusCode> SendAsync(string door, SignedRequest signed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url, door)) { Content = new ByteArrayContent(signed.Body) };
        foreach (var stamp in signed.Stamps.OfType<string>())
            request.Headers.TryAddWithoutValidation("X-Slack-Request-Timestamp", stamp);
        foreach (var signature in signed.Signatures.OfType<string>())
            request.Headers.TryAddWithoutValidation("X-Slack-Signature", signature);
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }

    private async Task ReadyAsync() => await slack.UntilAsync(() => IsReady(), "a process that is ready", TimeSpan.FromSeconds(60));

    private bool IsReady()
    {
        try
        {
            using var response = http.Send(new HttpRequestMessage(HttpMethod.Get, new Uri(url, "healthz")));
            return response.IsSuccessStatusCode && slack.Calls.Any(call => call.Method == "users.conversations");
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
