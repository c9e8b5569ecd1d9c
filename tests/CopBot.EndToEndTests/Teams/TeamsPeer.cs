using System.Text.Json.Nodes;
using CopBot.Tests.Support.FakeTeams;

namespace CopBot.EndToEndTests.Teams;

/// <summary>A small bot made with Microsoft's own libraries (Bot Framework, MSAL): its makers' reading of Teams' protocols, with authentication on.</summary>
public sealed class TeamsPeer : IDisposable
{
    private readonly NodePeer app = new("Teams/peer", "teams");
    private readonly DirectoryInfo trust = FastFolder.Create("copbot-teams-trust-");

    /// <summary>Starts the bot against a server; the test is skipped with the reason where Node is missing.</summary>
    public async Task<RunningPeer> StartAsync(TeamsServer teams)
    {
        var peer = await RunAsync(teams);
        teams.Bot = new($"http://127.0.0.1:{await peer.ReadyAsync()}/api/messages");
        return peer;
    }

    /// <summary>What Microsoft's schema of activities has against each of these: nothing, where all is well.</summary>
    public async Task<IReadOnlyList<string>> ProblemsAsync(IEnumerable<JsonNode> activities)
    {
        var lines = activities.Select(activity => activity.ToJsonString()).ToList();
        await using var peer = await app.StartAsync(new Dictionary<string, string> { ["MODE"] = "schema" });
        using var http = new HttpClient();
        using var content = new StringContent(string.Join('\n', lines));
        using var answer = await http.PostAsync(new Uri($"http://127.0.0.1:{await peer.ReadyAsync()}/"), content);
        var judged = (await answer.Content.ReadAsStringAsync()).Split('\n');
        Assert.Equal(lines.Count, judged.Length);
        return [.. judged.Zip(lines).Where(pair => pair.First != "ok").Select(pair => $"{pair.First}: {pair.Second}")];
    }

    public void Dispose()
    {
        app.Dispose();
        trust.Delete(recursive: true);
    }

    private async Task<RunningPeer> RunAsync(TeamsServer teams)
    {
        var certificate = Path.Combine(trust.FullName, "server.pem");
        await File.WriteAllTextAsync(certificate, TeamsCertificate.Pem);
        return await app.StartAsync(new Dictionary<string, string>
        {
            // Microsoft's libraries ask for tokens over TLS alone.
            ["NODE_EXTRA_CA_CERTS"] = certificate,
            ["LOGIN"] = teams.SecureRoot.AbsoluteUri.TrimEnd('/'),
            ["TENANT"] = teams.TenantId,
            ["APP"] = teams.Identity.AppId,
            ["SECRET"] = teams.Identity.Secret!,
            ["METADATA"] = teams.OpenIdMetadata.AbsoluteUri,
        });
    }
}
