using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using CopBot.Platforms.Slack;
using CopBot.Tests.Support;

namespace CopBot.Tests.Platforms.Slack;

public sealed class SlackRubbishTests
{
    [Theory]
    [InlineData("{\"type\":\"\\ud800\"}", HttpStatusCode.OK)]
    [InlineData("{\"\\ud800\":1}", HttpStatusCode.BadRequest)]
    [InlineData("{\"type\":\"event_callback\",\"event\":{\"\\udc00\":{}}}", HttpStatusCode.BadRequest)]
    [InlineData("{\"type\":1,\"team_id\":[],\"event\":\"x\",\"authorizations\":{}}", HttpStatusCode.OK)]
    [InlineData("{\"type\":\"x\",\"type\":\"url_verification\"}", HttpStatusCode.BadRequest)]
    [InlineData("{\"type\":\"url_verification\",\"challenge\":{}}", HttpStatusCode.OK)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("null", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    public async Task What_is_signed_rightly_and_makes_no_sense_is_no_defect(string body, HttpStatusCode expected)
    {
        await using var bot = await Installing.StartAsync(Product.Sqlite);
        using var stop = new CancellationTokenSource();
        var running = bot.Installed.RunAsync(stop.Token);
        await bot.Installed.Ready.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(expected, await PostAsync(bot, SlackAddresses.Events, body));
        Assert.True(await PostAsync(bot, SlackAddresses.Interactions, "payload=" + Uri.EscapeDataString(body)) is HttpStatusCode.OK or HttpStatusCode.BadRequest);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(bot, SlackAddresses.Commands, body));
        await stop.CancelAsync();
        await running;
    }

    private static async Task<HttpStatusCode> PostAsync(Installing bot, string path, string body)
    {
        var at = bot.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(bot.At, path)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Headers.Add("X-Slack-Request-Timestamp", at);
        request.Headers.Add("X-Slack-Signature", "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(bot.Slack.SigningSecret), Encoding.UTF8.GetBytes($"v0:{at}:{body}"))));
        using var answer = await bot.Browser.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
