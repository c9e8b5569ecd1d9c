using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>The bot's registration in Entra, and the tokens that were given out for it.</summary>
public sealed class TeamsIdentity
{
    public const string ConnectorAudience = "https://api.botframework.com", GraphAudience = "https://graph.microsoft.com";
    private static readonly Lazy<RSA> Signer = new(() => RSA.Create(2048));
    private readonly TeamsServer server;
    private readonly List<string> granted = [];
    private int number;

    internal TeamsIdentity(TeamsServer server) => this.server = server;

    /// <summary>The app's id, which is the bot's and the token's audience too.</summary>
    public string AppId { get; } = TeamsIds.Guid();

    /// <summary>The organisation in which the app is registered.</summary>
    public string TenantId { get; } = TeamsIds.Guid();

    /// <summary>Other organisations in which an administrator consented: they give tokens for Graph too.</summary>
    public HashSet<string> OtherTenants { get; } = [];

    /// <summary>The app's secret; null where it has none.</summary>
    public string? Secret { get; set; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(30));

    /// <summary>The public part of the certificate with which the app may prove itself.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>What another identity may show instead (workload identity, a managed identity's token).</summary>
    public string? FederatedAssertion { get; set; }

    /// <summary>The user-assigned managed identity; the app's id where there is only one.</summary>
    public string ManagedIdentityClientId { get; set; } = "";

    /// <summary>What <c>IDENTITY_HEADER</c> says.</summary>
    public string ManagedIdentityHeader { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    /// <summary>What <c>IDENTITY_ENDPOINT</c> says.</summary>
    public Uri ManagedIdentityEndpoint => new(server.Root, "msi/token");

    /// <summary>How long a token is good for, by the server's clock.</summary>
    public TimeSpan TokenLife { get; set; } = TimeSpan.FromSeconds(3599);
    public TeamsFaults Faults { get; } = new();

    /// <summary>How often a token was asked for, in vain or not.</summary>
    public int Requests => server.Requests.Count(request => request.Path.EndsWith("/token", StringComparison.Ordinal));

    /// <summary>Tokens given out, in order; tests look for them in logs.</summary>
    public IReadOnlyList<string> Granted => server.Locked(() => granted.ToList());

    /// <summary>Every token that was given out so far is worth nothing any more.</summary>
    public void RevokeAll()
    {
        lock (server.Gate)
            granted.Clear();
    }

    internal JsonObject Grant(string audience, string tenant)
    {
        var now = server.Clock.GetUtcNow();
        var claims = new JsonObject
        {
            ["aud"] = audience,
            ["iss"] = $"https://sts.windows.net/{tenant}/",
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + TokenLife).ToUnixTimeSeconds(),
            ["appid"] = AppId,
            ["azp"] = AppId,
            ["idtyp"] = "app",
            ["tid"] = tenant,
            ["uti"] = (++number).ToString(CultureInfo.InvariantCulture),
            ["ver"] = "1.0",
        };
        if (audience == GraphAudience)
            claims["roles"] = new JsonArray([.. server.Graph.Consents.Order(StringComparer.Ordinal).Select(permission => (JsonNode)permission)]);
        var token = TeamsJwt.Make(new() { ["typ"] = "JWT", ["alg"] = "RS256", ["kid"] = "entra" }, claims, bytes => Signed(bytes));
        granted.Add(token);
        var life = (int)TokenLife.TotalSeconds;
        return new() { ["token_type"] = "Bearer", ["expires_in"] = life, ["ext_expires_in"] = life, ["access_token"] = token };
    }

    /// <summary>What a token says, if it was given out for this and is good now; null if not.</summary>
    internal JsonObject? Check(string? token, string audience) =>
        token is not null && granted.Contains(token) && TeamsJwt.Read(token) is var (_, claims) && (string?)claims["aud"] == audience && (long)claims["exp"]! > server.Clock.GetUtcNow().ToUnixTimeSeconds() ? claims : null;

    private static byte[] Signed(byte[] bytes)
    {
        lock (Signer)
            return TeamsJwt.Rs256(Signer.Value)(bytes);
    }
}

/// <summary>Ids as Microsoft's look.</summary>
internal static class TeamsIds
{
    public static string Guid() => new Guid(RandomNumberGenerator.GetBytes(16)).ToString();

    public static string Hex(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));
}
