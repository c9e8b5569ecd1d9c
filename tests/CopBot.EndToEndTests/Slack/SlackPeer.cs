using CopBot.Tests.Support.FakeSlack;

namespace CopBot.EndToEndTests.Slack;

/// <summary>A small app made with Slack's official libraries (Bolt): somebody else's reading of Slack's protocols.</summary>
public sealed class SlackPeer : IDisposable
{
    private readonly NodePeer app = new("Slack/peer", "slack");

    /// <summary>Starts the app in a mode (<c>socket</c>, <c>http</c>, <c>oauth</c>) against a server; the test is skipped with the reason where Node is missing.</summary>
    public async Task<RunningPeer> StartAsync(SlackServer slack, string mode)
    {
        var peer = await app.StartAsync(new Dictionary<string, string>
        {
            ["MODE"] = mode,
            ["API"] = slack.ApiBase.AbsoluteUri,
            ["AUTHORIZE"] = slack.AuthorizeUrl.AbsoluteUri,
            ["APP_TOKEN"] = slack.AppToken,
            ["BOT_TOKEN"] = slack.Workspace.BotToken,
            ["SIGNING_SECRET"] = slack.SigningSecret,
            ["CLIENT_ID"] = slack.ClientId,
            ["CLIENT_SECRET"] = slack.ClientSecret,
        });
        var port = await peer.ReadyAsync();
        if (mode == "socket")
            await slack.SocketsAsync(1);
        else
            slack.EventsUrl = new($"http://127.0.0.1:{port}/slack/events");
        return peer;
    }

    public void Dispose() => app.Dispose();
}
