using System.Text.Json.Nodes;
using CopBot.Tests.Support.FakeDiscord;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>Tokens that are given out, and tokens that come with activities.</summary>
public sealed class FakeTeamsIdentityTests
{
    [Fact]
    public async Task A_token_is_given_for_the_right_secret_alone_and_expires()
    {
        var clock = new HandClock();
        await using var teams = await TeamsServer.StartAsync(clock);
        await using var bot = await TeamsProbe.StartAsync(teams);
        (string, string)[] good = [("grant_type", "client_credentials"), ("client_id", teams.Identity.AppId), ("client_secret", teams.Identity.Secret!), ("scope", "https://api.botframework.com/.default")];
        foreach (var (field, value, status, code) in new[]
        {
            ("client_secret", "wrong", 401, 7000215), ("client_secret", "", 401, 7000218), ("client_id", "00000000-0000-0000-0000-000000000000", 400, 700016), ("scope", "https://evil.example/.default", 400, 500011),
            ("scope", "User.Read", 400, 1002012), ("grant_type", "password", 400, 70003), ("grant_type", "", 400, 900144),
        })
        {
            var (refused, answer) = await bot.FormAsync(teams.TokenAddress, [.. good.Select(pair => pair.Item1 == field ? (field, value) : pair)]);
            Assert.Equal((status, code), (refused, (int)answer!["error_codes"]![0]!));
            Assert.StartsWith($"AADSTS{code}: ", (string)answer["error_description"]!, StringComparison.Ordinal);
        }
        Assert.Equal(90002, (int)(await bot.FormAsync(new(teams.Root, "common/oauth2/v2.0/token"), good)).Body!["error_codes"]![0]!);
        var token = await bot.TokenAsync();
        Assert.Equal(9, teams.Identity.Requests);

        var members = $"v3/conversations/{Uri.EscapeDataString(teams.Team.Id)}/pagedmembers";
        Assert.Equal(200, (await bot.ConnectorAsync("GET", members, token: token)).Status);
        Assert.Equal(401, (await bot.ConnectorAsync("GET", members, token: await bot.TokenAsync(TeamsIdentity.GraphAudience))).Status);
        clock.Now += TimeSpan.FromHours(1);
        Assert.Equal(401, (await bot.ConnectorAsync("GET", members, token: token)).Status);
        Assert.Equal(401, (await bot.ConnectorAsync("GET", members, token: token + "x")).Status);
        Assert.Equal(3 + 1, teams.BearerHosts.Count);
        Assert.Empty(teams.Breaches);
    }

    [Fact]
    public async Task A_certificate_proves_the_app_and_another_one_does_not()
    {
        var clock = new HandClock();
        await using var teams = await TeamsServer.StartAsync(clock);
        await using var bot = await TeamsProbe.StartAsync(teams);
        using var own = TeamsCertificate.Make("copbot");
        using var other = TeamsCertificate.Make("other");
        teams.Identity.Certificate = own;
        Assert.Equal(200, await AskAsync(own, _ => { }));
        Assert.Equal(401, await AskAsync(other, _ => { }));
        Assert.Equal(401, await AskAsync(own, claims => claims["exp"] = clock.Now.ToUnixTimeSeconds()));
        Assert.Equal(401, await AskAsync(own, claims => claims["sub"] = "other"));
        Assert.Equal(401, await AskAsync(own, claims => claims["aud"] = "https://evil.example/"));
        teams.Identity.Certificate = null;
        Assert.Equal(401, await AskAsync(own, _ => { }));

        async Task<int> AskAsync(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate, Action<JsonObject> change)
        {
            var claims = new JsonObject { ["aud"] = teams.TokenAddress.AbsoluteUri, ["iss"] = teams.Identity.AppId, ["sub"] = teams.Identity.AppId, ["jti"] = "1", ["exp"] = clock.Now.ToUnixTimeSeconds() + 600 };
            change(claims);
            using var key = System.Security.Cryptography.X509Certificates.RSACertificateExtensions.GetRSAPrivateKey(certificate)!;
            var header = new JsonObject { ["alg"] = "RS256", ["x5t"] = System.Buffers.Text.Base64Url.EncodeToString(certificate.GetCertHash()) };
            return (await bot.FormAsync(teams.TokenAddress, ("grant_type", "client_credentials"), ("client_id", teams.Identity.AppId), ("scope", "https://graph.microsoft.com/.default"),
                ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", TeamsJwt.Make(header, claims, TeamsJwt.Rs256(key))))).Status;
        }
    }

    [Fact]
    public async Task A_managed_identity_needs_its_header()
    {
        await using var teams = await TeamsServer.StartAsync();
        using var http = new HttpClient();
        var address = new Uri(teams.Identity.ManagedIdentityEndpoint + "?api-version=2019-08-01&resource=https%3A%2F%2Fapi.botframework.com");
        Assert.Equal(401, (int)(await http.GetAsync(address)).StatusCode);
        http.DefaultRequestHeaders.Add("X-IDENTITY-HEADER", teams.Identity.ManagedIdentityHeader);
        var granted = JsonNode.Parse(await http.GetStringAsync(address))!;
        Assert.Equal((string)granted["access_token"]!, Assert.Single(teams.Identity.Granted));
    }

    [Fact]
    public async Task Keys_are_published_rotated_and_counted()
    {
        await using var teams = await TeamsServer.StartAsync();
        await using var bot = await TeamsProbe.StartAsync(teams);
        var metadata = await bot.GetAsync(teams.OpenIdMetadata);
        Assert.Equal("https://api.botframework.com", (string)metadata!["issuer"]!);
        Assert.Equal([["msteams", "skype", "webchat"], ["webchat"]], await EndorsementsAsync());
        var first = teams.Keys.Current.Kid;
        teams.Keys.Rotate(keepOld: false).Endorsements.Clear();
        Assert.NotEqual(first, teams.Keys.Current.Kid);
        Assert.Equal([[]], await EndorsementsAsync());
        Assert.Equal((1, 2), (teams.Keys.MetadataFetches, teams.Keys.Fetches));

        async Task<string[][]> EndorsementsAsync() => [.. (await bot.GetAsync(new((string)metadata["jwks_uri"]!)))!["keys"]!.AsArray().Select(key => (key!["endorsements"] as JsonArray ?? []).Select(channel => (string)channel!).ToArray())];
    }

    [Fact]
    public async Task What_the_connector_signs_is_good_and_every_breach_is_not()
    {
        await using var teams = await TeamsServer.StartAsync(new HandClock());
        await using var bot = await TeamsProbe.StartAsync(teams);
        var anna = teams.Team.AddPerson("Anna");
        await teams.AskAsync(anna, teams.Team.General, "help");
        Assert.Null(Problem(teams, bot));
        var activity = teams.Deliveries[0].Activity;
        foreach (var breach in TeamsTokens.Breaches)
        {
            await teams.SendForgedAsync(activity, breach);
            Assert.True(Problem(teams, bot) is not null, $"{breach.Name} is not broken");
        }
        Assert.Equal(TeamsTokens.Breaches.Count, TeamsTokens.Breaches.Select(breach => breach.Name).Distinct().Count());
        // No breach mends another.
        foreach (var (one, other) in TeamsTokens.Pairs())
        {
            var forgery = new TeamsForgery(teams, activity.DeepClone().AsObject());
            one.Break(forgery);
            other.Break(forgery);
            var (authorization, body) = forgery.Wire();
            Assert.True(Problem(teams, authorization, JsonNode.Parse(body)!.AsObject()) is not null, $"{one.Name} with {other.Name} is not broken");
        }
    }

    private static string? Problem(TeamsServer teams, TeamsProbe bot) => Problem(teams, [.. bot.LastHeaders.Authorization.OfType<string>()], bot.Heard[^1]);

    /// <summary>The checks that a bot must make, in the shortest way.</summary>
    private static string? Problem(TeamsServer teams, string[] authorization, JsonObject body)
    {
        if (authorization is not [var header] || !header.StartsWith("Bearer ", StringComparison.Ordinal) || TeamsJwt.Read(header["Bearer ".Length..]) is not var (head, claims))
            return "no token";
        var now = teams.Clock.GetUtcNow().ToUnixTimeSeconds();
        if (teams.Keys.Published.Find(key => key.Kid == (string?)head["kid"]) is not { } key)
            return "kid";
        return (string?)head["alg"] != "RS256" ? "alg"
            : !TeamsJwt.IsSignedBy(header["Bearer ".Length..], key.Rsa) ? "signature"
            : !key.Endorsements.Contains((string?)body["channelId"] ?? "") ? "endorsement"
            : (string?)claims["iss"] != TeamsTokens.Issuer ? "issuer"
            : claims["aud"] is not JsonValue audience || audience.ToString() != teams.Identity.AppId ? "audience"
            : claims["exp"] is not JsonValue until || until.GetValue<long>() < now - 300 ? "expired"
            : claims["nbf"] is not JsonValue from || from.GetValue<long>() > now + 300 ? "not yet"
            : (string?)claims["serviceurl"] is not { Length: > 0 } url || url != (string?)body["serviceUrl"] ? "serviceurl"
            : null;
    }
}
