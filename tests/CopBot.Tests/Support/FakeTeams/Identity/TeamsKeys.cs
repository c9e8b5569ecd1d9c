using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>A key with which activities are signed.</summary>
public sealed class TeamsKey
{
    // Making a key costs a tenth of a second; who holds which is the only thing that matters here.
    private static readonly Lazy<RSA[]> Pool = new(() => [.. Enumerable.Range(0, 6).Select(_ => RSA.Create(2048))]);

    internal TeamsKey(string kid, int number, params string[] endorsements)
    {
        Kid = kid;
        Endorsements = [.. endorsements];
        Rsa = Pool.Value[number % Pool.Value.Length];
    }

    public string Kid { get; }

    /// <summary>The channels for which the key may speak.</summary>
    public List<string> Endorsements { get; }
    internal RSA Rsa { get; }

    internal JsonObject Jwk()
    {
        var key = Rsa.ExportParameters(false);
        var jwk = new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = Kid, ["x5t"] = Kid, ["n"] = Base64Url.EncodeToString(key.Modulus), ["e"] = Base64Url.EncodeToString(key.Exponent) };
        if (Endorsements.Count > 0)
            jwk["endorsements"] = new JsonArray([.. Endorsements.Select(channel => (JsonNode)channel)]);
        return jwk;
    }
}

/// <summary>The keys that the Bot Connector publishes, and who asked for them.</summary>
public sealed class TeamsKeys
{
    private readonly TeamsServer server;
    private int made;

    internal TeamsKeys(TeamsServer server)
    {
        this.server = server;
        Current = New("msteams", "skype", "webchat");
        WithoutTeams = New("webchat");
        Stranger = New("msteams");
        Published = [Current, WithoutTeams];
    }

    /// <summary>The one that signs now.</summary>
    public TeamsKey Current { get; private set; }

    /// <summary>A published one that may not speak for Teams.</summary>
    public TeamsKey WithoutTeams { get; }

    /// <summary>One that nobody published.</summary>
    public TeamsKey Stranger { get; }

    /// <summary>What the address of the keys answers.</summary>
    public List<TeamsKey> Published { get; }

    /// <summary>How often the metadata was fetched.</summary>
    public int MetadataFetches { get; private set; }

    /// <summary>How often the keys were fetched.</summary>
    public int Fetches { get; private set; }

    /// <summary>A new key signs from now on; the old ones stay published for as long as they are kept.</summary>
    public TeamsKey Rotate(bool keepOld = true)
    {
        lock (server.Gate)
        {
            if (!keepOld)
                Published.Clear();
            Published.Add(Current = New("msteams", "skype", "webchat"));
            return Current;
        }
    }

    internal JsonObject Metadata(Uri root)
    {
        MetadataFetches++;
        return new()
        {
            ["issuer"] = TeamsTokens.Issuer,
            ["authorization_endpoint"] = "https://invalid.botframework.com",
            ["jwks_uri"] = new Uri(root, "v1/.well-known/keys").AbsoluteUri,
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
            ["token_endpoint_auth_methods_supported"] = new JsonArray("private_key_jwt"),
        };
    }

    internal JsonObject Jwks()
    {
        Fetches++;
        return new() { ["keys"] = new JsonArray([.. Published.Select(key => (JsonNode)key.Jwk())]) };
    }

    // Two servers never give the same name to different keys.
    private TeamsKey New(params string[] endorsements) => new($"k{++made}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}", made, endorsements);
}
