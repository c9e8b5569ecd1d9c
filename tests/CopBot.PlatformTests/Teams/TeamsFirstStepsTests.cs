using System.Net;
using System.Net.Sockets;
using CopBot.Host.CommandLine;
using CopBot.Platforms.Teams.Manifest;
using CopBot.Tests.Host;
using CopBot.Tests.Support.FakeTeams;

namespace CopBot.PlatformTests.Teams;

/// <summary>The steps of docs/teams.md, with the process as it is installed: what is set, what is started, what is typed.</summary>
public sealed class TeamsFirstStepsTests : IAsyncDisposable
{
    private readonly Copbot copbot = new();
    private TeamsServer? teams;

    [Fact]
    public async Task From_a_secret_to_the_first_points_and_over_a_restart()
    {
        var url = await SetUpAsync();
        var (owner, ana, bo) = (teams!.Team.AddPerson("owner", owner: true), teams.Team.AddPerson("ana"), teams.Team.AddPerson("bo"));
        using (var bot = copbot.Start("serve", "--url", url.AbsoluteUri))
        {
            await ReadyAsync(url);
            (await copbot.RunProcessAsync("", "doctor")).Says(ExitCodes.Done, "Entra gives the app its token.", "Microsoft's keys are known", "It is in no team yet.", "TeamworkTag.ReadWrite.All is not granted: people are mentioned one by one.");

            await teams.InstallAsync(teams.Team, owner);
            foreach (var person in (TeamsPerson[])[ana, bo])
                await teams.InstallAsync(person);
            await teams.AskAsync(ana, teams.Team.General, "share");
            var form = await teams.PostAsync(post => post.Where == ana.Chat && post.Card?.ToJsonString().Contains("\"Input.Text\"", StringComparison.Ordinal) == true, "the form of a share");
            await teams.ClickAsync(ana, form, "Send", ("title", "Runbooks that cut MTTR"));
            await ReceiptAsync("Runbooks that cut MTTR");
            teams.Graph.ConsentToAll([.. TeamsPermissions.OfTenant.Select(permission => permission.Name)]);
            (await copbot.RunProcessAsync("", "doctor")).Says(ExitCodes.Done, "whose channel #general is the community's main one.", "Microsoft Graph may be asked for tags, calendars and chats with people.");
            await Copbot.StopAsync(bot);
        }

        // What it knew of the team and of people it knows again; nothing that was done is done once more.
        using (var again = copbot.Start("serve", "--url", url.AbsoluteUri))
        {
            await ReadyAsync(url);
            await teams.DirectAsync(bo, "used 1");
            await teams.PostAsync(post => post.Where == ana.Chat && post.Content.Activity.ToJsonString().Contains("bo", StringComparison.Ordinal) && post.Content.Activity.ToJsonString().Contains("used", StringComparison.Ordinal), "the news for the author");
            await teams.RedeliverAsync(teams.Deliveries.Last(delivery => delivery.Type == "invoke"));
            await teams.AskAsync(bo, teams.Team.General, "win \"After the restart\"");
            await ReceiptAsync("After the restart");
            await Copbot.StopAsync(again);
        }

        Assert.Single(teams.Posts, post => post.Where == teams.Team.General && post.Content.Activity.ToJsonString().Contains("Runbooks that cut MTTR", StringComparison.Ordinal));
        Assert.Empty(teams.Breaches);
    }

    [Fact]
    public async Task The_doctor_names_what_is_planted()
    {
        await SetUpAsync();
        copbot.Environment["CopBot__Teams__AppSecret"] = "of another app";
        (await copbot.RunProcessAsync("", "doctor")).Says(ExitCodes.Found, "Entra gives the app no token", "CopBot__Teams__AppId");
        copbot.Environment["CopBot__Teams__AppSecret"] = teams!.Identity.Secret!;
        copbot.Environment["CopBot__Teams__OpenIdMetadata"] = $"http://127.0.0.1:{LoopbackPort.Free()}/none";
        (await copbot.RunProcessAsync("", "doctor")).Says(ExitCodes.Found, "Microsoft's keys cannot be fetched");
    }

    [Theory]
    [InlineData("AppId", "copbot", "CopBot__Teams__AppId is “copbot”, which is no such id.")]
    [InlineData("TenantId", "", "CopBot__Teams__TenantId is")]
    [InlineData("GraphBase", "https://graph.example/v1.0/", "Tokens and keys are Microsoft's alone")]
    [InlineData("CertificatePath", "missing.pem", "there is no such file")]
    [InlineData("CertificatePath", "/proc/version", "ends neither in .pem nor in .pfx")]
    [InlineData("ManagedIdentityClientId", "99999999-2222-3333-4444-555555555555", "A bot that is a managed identity has that one id for both.")]
    [InlineData("GraphBase", "http://127.0.0.1:9/v1.0/", "CopBot__Teams__AppSecret is missing")]
    public async Task A_setting_that_cannot_be_ends_the_start_and_says_what_to_do(string setting, string value, string says)
    {
        copbot.Environment["CopBot__Teams__AppId"] = "11111111-2222-3333-4444-555555555555";
        copbot.Environment["CopBot__Teams__TenantId"] = "66666666-7777-8888-9999-000000000000";
        copbot.Environment["CopBot__Teams__" + setting] = value;
        (await copbot.RunProcessAsync("", "serve", "--url", "http://127.0.0.1:0")).Says(ExitCodes.WrongUse, says);
    }

    public async ValueTask DisposeAsync()
    {
        copbot.Dispose();
        if (teams is not null)
            await teams.DisposeAsync();
    }

    private async Task<Uri> SetUpAsync()
    {
        teams = await TeamsServer.StartAsync();
        var url = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}");
        teams.Bot = new(url, "api/messages");
        teams.Team.HasApp = false;
        foreach (var (name, value) in new[] { ("AppId", $" {teams.Identity.AppId.ToUpperInvariant()} "), ("TenantId", teams.TenantId), ("AppSecret", teams.Identity.Secret!), ("OpenIdMetadata", teams.OpenIdMetadata.AbsoluteUri), ("TokenAddress", teams.Root.AbsoluteUri), ("GraphBase", teams.Graph.Base.AbsoluteUri) })
            copbot.Environment["CopBot__Teams__" + name] = value;
        return url;
    }

    private Task<TeamsMessage> ReceiptAsync(string title) => teams!.PostAsync(post => post.Where == teams!.Team.General && post.Content.Activity.ToJsonString().Contains(title, StringComparison.Ordinal), "the receipt of " + title);

    private static async Task ReadyAsync(Uri url)
    {
        using var http = new HttpClient();
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var head = await http.SendAsync(new(HttpMethod.Head, new Uri(url, "api/messages")));
                Assert.Equal(HttpStatusCode.OK, head.StatusCode);
                return;
            }
            catch (HttpRequestException) when (tries < 600)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }
}
