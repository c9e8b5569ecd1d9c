using System.Net;
using System.Net.Sockets;
using CopBot.Host.CommandLine;
using CopBot.Platforms.Slack;
using CopBot.Tests.Host;
using CopBot.Tests.Support.FakeSlack;

namespace CopBot.PlatformTests.Slack;

/// <summary>The steps of docs/slack.md, with the process as it is installed: what is set, what is started, what is typed.</summary>
public sealed class SlackFirstStepsTests : IAsyncDisposable
{
    private readonly Copbot copbot = new();
    private SlackServer? slack;

    [Fact]
    public async Task From_two_tokens_to_the_first_points()
    {
        slack = await SlackServer.StartAsync();
        var channel = slack.Workspace.AddChannel("general", botIn: false);
        var ana = slack.Workspace.AddUser("ana");
        await slack.Workspace.JoinAsync(ana, channel);
        copbot.Environment["CopBot__Slack__ApiBase"] = slack.ApiBase.AbsoluteUri;
        copbot.Environment["CopBot__Slack__AppToken"] = slack.AppToken;
        copbot.Environment["CopBot__Slack__BotToken"] = slack.Workspace.BotToken;

        using var bot = copbot.Start("serve", "--url", $"http://127.0.0.1:{LoopbackPort.Free()}");
        await slack.SocketsAsync(2, TimeSpan.FromSeconds(60));
        (await copbot.RunProcessAsync("", "doctor")).Says(ExitCodes.Found, "It is not in #general", "/invite @CopBot", "One thing is to be mended.");

        await slack.Workspace.JoinAsync(slack.Workspace.BotUser, channel);
        (await copbot.RunProcessAsync("", "doctor")).Says(ExitCodes.Done, "Socket Mode works", "It is in #general", "All is well.");

        await slack.Workspace.SlashAsync(ana, channel, "/cop", "share");
        await slack.UntilAsync(() => slack.Workspace.ModalOf(ana) is not null, "the form of a share");
        await slack.Workspace.SlashAsync(ana, channel, "/cop", "share \"Runbooks that cut MTTR\" size=medium format=doc link=https://example.org/r topic=incidents");
        await slack.UntilAsync(() => slack.Workspace.Posts.Any(post => post.Text.Contains("Runbooks that cut MTTR", StringComparison.Ordinal)), "the receipt of a share");
        await Copbot.StopAsync(bot);
        Assert.Empty(slack.Problems);
    }

    [Fact]
    public async Task From_the_button_to_the_first_answer()
    {
        slack = await SlackServer.StartAsync();
        var other = slack.AddWorkspace("T0002", installed: false);
        var channel = other.AddChannel("general");
        var url = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}");
        foreach (var (name, value) in new[] { ("ApiBase", slack.ApiBase.AbsoluteUri), ("AppToken", slack.AppToken), ("ClientId", slack.ClientId), ("ClientSecret", slack.ClientSecret) })
            copbot.Environment["CopBot__Slack__" + name] = value;
        copbot.Environment["CopBot__PublicUrl"] = url.AbsoluteUri;

        using var bot = copbot.Start("serve", "--url", url.AbsoluteUri);
        await slack.SocketsAsync(2, TimeSpan.FromSeconds(60));
        slack.OAuth.Chosen = other;
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = true, CookieContainer = new CookieContainer() });
        using var installed = await browser.PostAsync(new Uri(url, SlackAddresses.Install), null);
        Assert.Contains("CopBot is installed in Workspace T0002", await installed.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await other.SlashAsync(other.AddUser("ana"), channel, "/cop", "me");
        await slack.UntilAsync(() => other.Posts.Count > 0, "an answer");
        (await copbot.RunProcessAsync("", "doctor")).Says(ExitCodes.Done, "in Workspace T0002 (T0002)", "It is in #general");
        await other.UninstallAsync();
        (await copbot.RunProcessAsync("", "doctor")).Says(ExitCodes.Done, "No workspace has installed the app yet");
        await Copbot.StopAsync(bot);
        Assert.Empty(slack.Problems);
    }

    public async ValueTask DisposeAsync()
    {
        copbot.Dispose();
        if (slack is not null)
            await slack.DisposeAsync();
    }
}
