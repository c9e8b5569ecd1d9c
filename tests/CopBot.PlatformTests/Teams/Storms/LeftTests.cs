using System.Security.Cryptography.X509Certificates;
using CopBot.Core.Chat;
using CopBot.Host.CommandLine;
using CopBot.Tests.Host;
using CopBot.Tests.Support.FakeTeams;

namespace CopBot.PlatformTests.Teams.Storms;

/// <summary>Channels that are left, chats that are no more, and tokens that are not taken: each is told by its name, or mended by itself.</summary>
public sealed class LeftTests(ITestOutputHelper output)
{
    private const string CanNot = "I can no longer post in #ops:";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_channel_that_is_left_is_told_by_its_name_and_what_waited_follows(bool deleted)
    {
        await using var teams = await TeamsServer.StartAsync();
        var (ana, ops) = (teams.Team.AddPerson("ana", owner: true), teams.Team.AddChannel("ops"));
        teams.GiveApp(ana);
        await using var bot = await RunningTeams.StartAsync(teams);
        await teams.DirectAsync(ana, "help");
        await bot.QuietAsync();
        await (deleted ? teams.DeleteAsync(ops, ana) : teams.UninstallAsync(teams.Team, ana));
        foreach (var text in (string[])["one.", "two."])
        {
            await bot.PostAsync(bot.PlaceOf(ops), $"waited {text}");
            await bot.QuietAsync();
        }

        Assert.Single(teams.Posts, post => post.Where == ana.Chat && post.Content.Activity.ToJsonString().Contains(CanNot, StringComparison.Ordinal));
        await (deleted ? teams.RestoreAsync(ops, ana) : teams.InstallAsync(teams.Team, ana));
        await bot.QuietAsync();
        output.WriteLine($"{(deleted ? "deleted" : "taken out")}: told once, {teams.Posts.Count(post => post.Where == ops)} followed");
        Assert.Equal(["waited one.", "waited two."], teams.Posts.Where(post => post.Where == ops).Select(post => post.Text));
        Assert.Empty(teams.Breaches);
    }

    [Fact]
    public async Task A_chat_that_is_no_more_is_begun_anew_once_and_what_was_meant_for_it_is_said_there()
    {
        const string Say = "POST /v3/conversations/{conversationId}/activities";
        await using var teams = await TeamsServer.StartAsync();
        var ana = teams.Team.AddPerson("ana", owner: true);
        await using var bot = await RunningTeams.StartAsync(teams);
        await teams.InstallAsync(ana);
        await teams.DirectAsync(ana, "help");
        await bot.QuietAsync();
        teams.Faults.Next(Say, TeamsFault.Error(404, "ConversationNotFound"));
        await bot.PostAsync(bot.PlaceOf(ana.Chat), "still there?");
        await bot.QuietAsync();
        Assert.Single(teams.Posts, post => post.Where == ana.Chat && post.Text == "still there?");

        teams.Faults.Always(Say, TeamsFault.Error(404, "ConversationNotFound"));
        await bot.PostAsync(bot.PlaceOf(ana.Chat), "not there");
        await bot.QuietAsync();
        output.WriteLine($"{teams.Faults.Hits.Count} times not found, {teams.Requests.Count(request => request.Route == "POST /v3/conversations")} conversations begun, {await bot.CountAsync(OutboxState.Parked)} refused");
        Assert.Equal((3, 1), (teams.Faults.Hits.Count, await bot.CountAsync(OutboxState.Parked)));
    }

    [Fact]
    public async Task A_managed_identity_whose_token_is_not_taken_any_more_gets_another()
    {
        await using var teams = await TeamsServer.StartAsync();
        using var copbot = new Copbot();
        var url = TeamsProcess.Prepare(copbot, teams, secret: false);
        teams.Identity.Secret = null;
        copbot.Environment["CopBot__Teams__ManagedIdentityClientId"] = teams.Identity.ManagedIdentityClientId = teams.Identity.AppId;
        copbot.Environment["IDENTITY_ENDPOINT"] = teams.Identity.ManagedIdentityEndpoint.AbsoluteUri;
        copbot.Environment["IDENTITY_HEADER"] = teams.Identity.ManagedIdentityHeader;
        using var bot = copbot.Start("serve", "--url", url.AbsoluteUri);
        await TeamsProcess.ReadyAsync(bot, url);
        var ana = teams.Team.AddPerson("ana", owner: true);
        await teams.InstallAsync(ana);
        await teams.DirectAsync(ana, "help");
        await teams.PostAsync(post => post.Where == ana.Chat, "an answer");
        var before = teams.Posts.Count;
        teams.Identity.RevokeAll();
        await teams.DirectAsync(ana, "rules");
        await teams.WaitForAsync(() => teams.Posts.Count > before, "an answer with another token");
        output.WriteLine($"{teams.Identity.Requests} tokens asked for");
        await Copbot.StopAsync(bot);
    }

    [Fact]
    public async Task The_doctor_says_what_Entra_said()
    {
        await using var teams = await TeamsServer.StartAsync();
        using var copbot = new Copbot();
        TeamsProcess.Prepare(copbot, teams);
        copbot.Environment["CopBot__Teams__AppSecret"] = "of another app";
        (await copbot.RunProcessAsync("", "doctor")).Says(ExitCodes.Found, "Entra gives the app no token: AADSTS7000215: Invalid client secret provided.");
        copbot.Environment["CopBot__Teams__AppSecret"] = teams.Identity.Secret!;
        copbot.Environment["CopBot__Teams__TenantId"] = "11111111-2222-3333-4444-555555555555";
        (await copbot.RunProcessAsync("", "doctor")).Says(ExitCodes.Found, "Entra gives the app no token: AADSTS90002: Tenant '11111111-2222-3333-4444-555555555555' not found.");

        // A key that is not registered, and a file that holds none.
        using var certificate = TeamsCertificate.Make("CopBot");
        using var other = TeamsCertificate.Make("Other");
        teams.Identity.Certificate = X509CertificateLoader.LoadCertificate(other.Export(X509ContentType.Cert));
        copbot.Environment["CopBot__Teams__TenantId"] = teams.TenantId;
        copbot.Environment.Remove("CopBot__Teams__AppSecret");
        copbot.Environment["CopBot__Teams__CertificatePath"] = copbot.PathOf("app.pfx");
        await File.WriteAllBytesAsync(copbot.PathOf("app.pfx"), certificate.Export(X509ContentType.Pkcs12));
        (await copbot.RunProcessAsync("", "doctor")).Says(ExitCodes.Found, "Entra gives the app no token: AADSTS700027: ");
        await File.WriteAllTextAsync(copbot.PathOf("app.pfx"), "no certificate");
        (await copbot.RunProcessAsync("", "doctor")).Says(ExitCodes.Found, "Entra gives the app no token: ");
    }
}
