using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>An activity and the token that goes with it, before it is sent: a breach changes something about it.</summary>
public sealed class TeamsForgery
{
    private readonly TeamsServer server;

    internal TeamsForgery(TeamsServer server, JsonObject activity)
    {
        this.server = server;
        Activity = activity;
        Key = server.Keys.Current;
        Header = new() { ["alg"] = "RS256", ["kid"] = Key.Kid, ["x5t"] = Key.Kid, ["typ"] = "JWT" };
        var now = server.Clock.GetUtcNow().ToUnixTimeSeconds();
        Claims = new() { ["serviceurl"] = activity["serviceUrl"]?.ToString(), ["nbf"] = now, ["exp"] = now + 3600, ["iss"] = TeamsTokens.Issuer, ["aud"] = server.Identity.AppId };
    }

    public JsonObject Activity { get; }
    public JsonObject Header { get; }
    public JsonObject Claims { get; }

    /// <summary>Whose signature it is.</summary>
    public TeamsKey Key { get; set; }

    /// <summary>Another way to sign than with <see cref="Key"/>.</summary>
    public Func<byte[], byte[]>? Sign { get; set; }

    /// <summary>What becomes of the header <c>Authorization</c>.</summary>
    public Func<string, string[]> Authorization { get; set; } = token => [$"Bearer {token}"];

    internal TimeProvider Clock => server.Clock;
    internal TeamsKeys Keys => server.Keys;
    internal string AppId => server.Identity.AppId;

    public string Token => TeamsJwt.Make(Header, Claims, Sign ?? Signed);

    /// <summary>What goes over the wire: values of the header, and the body.</summary>
    public (string[] Authorization, byte[] Body) Wire() => (Authorization(Token), Encoding.UTF8.GetBytes(Activity.ToJsonString()));

    private byte[] Signed(byte[] bytes)
    {
        lock (Key.Rsa)
            return Key.Rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}

/// <summary>One thing that is wrong with a token.</summary>
public sealed record TeamsTokenBreach(string Name, Action<TeamsForgery> Break)
{
    public override string ToString() => Name;
}

/// <summary>The tokens that the Bot Connector sends with activities, and those that it never would.</summary>
public static class TeamsTokens
{
    public const string Issuer = "https://api.botframework.com";

    /// <summary>Each way in which a token is not good; every one of them, and any two together, must be refused.</summary>
    public static IReadOnlyList<TeamsTokenBreach> Breaches { get; } =
    [
        new("alg none", it => (it.Header["alg"], it.Sign) = ("none", _ => [])),
        new("alg None in other case", it => (it.Header["alg"], it.Sign) = ("NoNe", _ => [])),
        new("HS256 keyed with the public key as PEM", it => Hmac(it, key => Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem()))),
        new("HS256 keyed with the public key as PEM and a line end", it => Hmac(it, key => Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem() + "\n"))),
        new("HS256 keyed with the public key as DER", it => Hmac(it, key => key.ExportSubjectPublicKeyInfo())),
        new("HS256 keyed with the public key as PKCS#1", it => Hmac(it, key => key.ExportRSAPublicKey())),
        new("HS256 keyed with the modulus", it => Hmac(it, key => key.ExportParameters(false).Modulus!)),
        new("unknown kid", it => Kid(it, "unknown-" + it.Keys.Current.Kid)),
        new("kid as a path", it => Kid(it, "../../../../../../dev/null")),
        new("kid as an address", it => Kid(it, "http://127.0.0.1:9/keys")),
        new("no kid, of a stranger", it => (it.Key, _) = (it.Keys.Stranger, it.Header.Remove("kid") | it.Header.Remove("x5t"))),
        new("issuer with a suffix", it => it.Claims["iss"] = Issuer + ".evil.example"),
        new("issuer with a slash", it => it.Claims["iss"] = Issuer + "/"),
        new("issuer with a prefix", it => it.Claims["iss"] = "https://evil.example/" + Issuer),
        new("issuer in other case", it => it.Claims["iss"] = "https://API.botframework.com"),
        new("issuer of the emulator", it => it.Claims["iss"] = "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"),
        new("no issuer", it => it.Claims.Remove("iss")),
        new("other audience", it => it.Claims["aud"] = TeamsIds.Guid()),
        new("list of audiences", it => it.Claims["aud"] = new JsonArray(TeamsIds.Guid(), it.AppId)),
        new("no audience", it => it.Claims.Remove("aud")),
        new("expired by 301 s", it => it.Claims["exp"] = Now(it) - 301),
        new("expired by a day", it => it.Claims["exp"] = Now(it) - 86_400),
        new("no expiry", it => it.Claims.Remove("exp")),
        // Beyond the five minutes that are allowed by a second: for clocks that stand still.
        new("not valid for another 301 s", it => it.Claims["nbf"] = Now(it) + 301),
        new("not valid for another hour", it => it.Claims["nbf"] = Now(it) + 3600),
        new("key without endorsement", it => (it.Key, it.Header["kid"], it.Header["x5t"]) = (it.Keys.WithoutTeams, it.Keys.WithoutTeams.Kid, it.Keys.WithoutTeams.Kid)),
        new("no serviceurl claim", it => it.Claims.Remove("serviceurl")),
        new("empty serviceurl claim", it => it.Claims["serviceurl"] = ""),
        new("foreign serviceurl claim", it => it.Claims["serviceurl"] = "https://smba.trafficmanager.net/emea/"),
        new("signature of another key", it => it.Key = it.Keys.Stranger),
        new("signature cut", it => Then(it, token => [$"Bearer {token[..^8]}"])),
        new("claims changed", it => Then(it, token => [$"Bearer {Changed(token)}"])),
        new("body with another serviceUrl", it => it.Activity["serviceUrl"] = "https://evil.example/amer/"),
        new("body without serviceUrl", it => it.Activity.Remove("serviceUrl")),
        new("body of another channel", it => it.Activity["channelId"] = "directline"),
        new("two tokens in one header", it => Then(it, token => [$"Bearer {token}, Bearer {token}"])),
        new("two headers", it => Then(it, token => [$"Bearer {token}", $"Bearer {token}"])),
        new("empty token", it => Then(it, _ => ["Bearer "])),
        new("no token", it => Then(it, _ => [])),
        new("another scheme", it => Then(it, token => [$"Basic {token}"])),
        new("no token at all, only dots", it => Then(it, _ => ["Bearer .."])),
    ];

    /// <summary>Any two of them.</summary>
    public static IEnumerable<(TeamsTokenBreach First, TeamsTokenBreach Second)> Pairs() =>
        from first in Breaches.Index() from second in Breaches.Index() where first.Index < second.Index select (first.Item, second.Item);

    private static long Now(TeamsForgery it) => it.Clock.GetUtcNow().ToUnixTimeSeconds();

    private static void Kid(TeamsForgery it, string kid) => (it.Header["kid"], it.Header["x5t"]) = (kid, kid);

    private static void Hmac(TeamsForgery it, Func<RSA, byte[]> key) => (it.Header["alg"], it.Sign) = ("HS256", bytes => HMACSHA256.HashData(key(it.Keys.Current.Rsa), bytes));

    // A second change of the header works on the first one's token, never undoing it.
    private static void Then(TeamsForgery it, Func<string, string[]> change)
    {
        var before = it.Authorization;
        it.Authorization = token => before(token) is [var one] && one.StartsWith("Bearer ", StringComparison.Ordinal) && one.Length > 12 ? change(one["Bearer ".Length..]) : before(token);
    }

    private static string Changed(string token)
    {
        if (token.Split('.') is not [var header, var claims, var signature] || TeamsJwt.Read(token) is not var (_, read))
            return token + "x";
        read["name"] = "added";
        return $"{header}.{System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(read.ToJsonString()))}.{signature}";
    }
}
