using System.Security.Cryptography.X509Certificates;
using CopBot.PlatformTests.Teams.Storms;
using CopBot.Tests.Host;
using CopBot.Tests.Support.FakeTeams;

namespace CopBot.PlatformTests.Teams;

/// <summary>Each way in which the app may prove who it is, with the process as it is installed: by the token that it gets it says something.</summary>
public sealed class TeamsIdentityTests(ITestOutputHelper output)
{
    private const string Federated = "header.of-the-platform.signature";

    private static readonly Dictionary<string, Func<Copbot, TeamsServer, Task>> Ways = new()
    {
        ["a certificate as PEM"] = (copbot, teams) => WithCertificateAsync(copbot, teams, "app.pem", certificate => System.Text.Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n" + certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n")),
        ["a certificate as PFX"] = (copbot, teams) => WithCertificateAsync(copbot, teams, "app.pfx", certificate => certificate.Export(X509ContentType.Pkcs12)),
        ["workload identity"] = async (copbot, teams) =>
        {
            var file = copbot.PathOf("token");
            await File.WriteAllTextAsync(file, Federated);
            teams.Identity.FederatedAssertion = Federated;
            copbot.Environment["AZURE_FEDERATED_TOKEN_FILE"] = file;
        },
        ["managed identity"] = (copbot, teams) =>
        {
            copbot.Environment["CopBot__Teams__ManagedIdentityClientId"] = teams.Identity.ManagedIdentityClientId = teams.Identity.AppId;
            copbot.Environment["IDENTITY_ENDPOINT"] = teams.Identity.ManagedIdentityEndpoint.AbsoluteUri;
            copbot.Environment["IDENTITY_HEADER"] = teams.Identity.ManagedIdentityHeader;
            return Task.CompletedTask;
        },
    };

    [Fact]
    public async Task With_each_of_them_it_says_something()
    {
        await Task.WhenAll(Ways.Select(async way =>
        {
            await using var teams = await TeamsServer.StartAsync();
            using var copbot = new Copbot();
            var url = TeamsProcess.Prepare(copbot, teams, secret: false);
            teams.Identity.Secret = null;
            await way.Value(copbot, teams);
            using var bot = copbot.Start("serve", "--url", url.AbsoluteUri);
            try
            {
                await TeamsProcess.ReadyAsync(bot, url);
                var ana = teams.Team.AddPerson("ana", owner: true);
                await teams.InstallAsync(ana);
                await teams.DirectAsync(ana, "help");
                var said = await teams.PostAsync(post => post.Where == ana.Chat, $"{way.Key}: an answer");
                var asked = teams.Requests.Where(request => request.Path.EndsWith("/token", StringComparison.Ordinal)).ToList();
                output.WriteLine($"{way.Key}: {asked.Count} tokens asked for ({asked[0].Route}), {teams.Identity.Granted.Count} given, {said.Content.Activity.ToJsonString().Length} characters said");
                Assert.All(asked, request => Assert.True(request.Status == 200 && request.Body?["client_secret"] is null, $"{way.Key}: {request}"));
                Assert.Equal(way.Key == "managed identity", asked.All(request => request.Route == "GET /msi/token"));
                Assert.Empty(teams.Breaches);
            }
            finally
            {
                await Copbot.StopAsync(bot);
            }
        }));
    }

    // Only its public part is registered.
    private static async Task WithCertificateAsync(Copbot copbot, TeamsServer teams, string name, Func<X509Certificate2, byte[]> write)
    {
        using var certificate = TeamsCertificate.Make("CopBot");
        teams.Identity.Certificate = X509CertificateLoader.LoadCertificate(certificate.Export(X509ContentType.Cert));
        var file = copbot.PathOf(name);
        await File.WriteAllBytesAsync(file, write(certificate));
        copbot.Environment["CopBot__Teams__CertificatePath"] = file;
    }
}
