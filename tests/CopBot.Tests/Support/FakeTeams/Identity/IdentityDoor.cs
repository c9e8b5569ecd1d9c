using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>Where tokens are asked for and keys are published: Entra, the metadata of the Bot Connector, a managed identity.</summary>
internal sealed class IdentityDoor(TeamsServer server) : TeamsDoor(server, server.Identity.Faults)
{
    private static readonly string[] Scopes = [TeamsIdentity.ConnectorAudience, TeamsIdentity.GraphAudience];

    protected override IReadOnlyList<TeamsRoute> Routes { get; } =
    [
        new("GET", "/v1/.well-known/openidconfiguration", call => call.Server.Keys.Metadata(call.Server.Root)),
        new("GET", "/v1/.well-known/keys", call => call.Server.Keys.Jwks()),
        new("POST", "/{tenant}/oauth2/v2.0/token", Token),
        new("GET", "/{tenant}/v2.0/.well-known/openid-configuration", TenantMetadata),
        new("GET", "/common/discovery/instance", Instance),
        new("GET", "/msi/token", ManagedIdentity),
    ];

    protected override JsonObject Authorize(HttpContext context, TeamsRequest request, TeamsRoute? route)
    {
        if (route?.Path == "/msi/token" && context.Request.Headers["X-IDENTITY-HEADER"].ToString() != Server.Identity.ManagedIdentityHeader)
            throw new TeamsRefusal(401, "Unauthorized", "The header X-IDENTITY-HEADER is missing or wrong.") { Whole = new() { ["statusCode"] = 401, ["message"] = "The header X-IDENTITY-HEADER is missing or wrong." } };
        return [];
    }

    protected override IEnumerable<string> Problems(TeamsRequest request, TeamsRoute route, HttpContext context, long length)
    {
        if (request.Bearer is not null)
            yield return "a bearer token where none is read";
    }

    protected override async Task<(JsonNode? Body, bool Invalid)> ParseAsync(HttpRequest request, byte[] bytes)
    {
        if (!request.HasFormContentType)
            return await base.ParseAsync(request, bytes);
        var form = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(System.Text.Encoding.UTF8.GetString(bytes));
        return (new JsonObject(form.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value.ToString()))), false);
    }

    private static JsonNode Token(TeamsCall call)
    {
        var (identity, body, tenant) = (call.Server.Identity, call.Body, call["tenant"]);
        if (tenant != identity.TenantId && !identity.OtherTenants.Contains(tenant))
            throw Refused(call, 400, "invalid_request", 90002, $"Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.");
        foreach (var name in (string[])["grant_type", "client_id", "scope"])
            if ((string?)body[name] is null or "")
                throw Refused(call, 400, "invalid_request", 900144, $"The request body must contain the following parameter: '{name}'.");
        if ((string?)body["grant_type"] != "client_credentials")
            throw Refused(call, 400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.");
        if ((string?)body["client_id"] != identity.AppId)
            throw Refused(call, 400, "unauthorized_client", 700016, $"Application with identifier '{body["client_id"]}' was not found in the directory.");
        Prove(call);
        // Microsoft's own libraries add scopes that mean nothing here.
        var scope = ((string)body["scope"]!).Split(' ').Where(part => part is not ("openid" or "profile" or "offline_access")).ToList() is [var one] ? one : "";
        if (Scopes.FirstOrDefault(audience => scope == audience + "/.default") is not { } wanted)
            throw Refused(call, 400, scope.EndsWith("/.default", StringComparison.Ordinal) ? "invalid_resource" : "invalid_scope", scope.EndsWith("/.default", StringComparison.Ordinal) ? 500011 : 1002012, $"The provided value for scope {scope} is not valid.");
        return identity.Grant(wanted, tenant);
    }

    private static void Prove(TeamsCall call)
    {
        var (identity, body) = (call.Server.Identity, call.Body);
        if ((string?)body["client_assertion"] is { } assertion)
        {
            if ((string?)body["client_assertion_type"] != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                throw Refused(call, 400, "invalid_request", 900144, "The request body must contain the following parameter: 'client_assertion_type'.");
            if (identity.FederatedAssertion != assertion && AssertionProblem(call, assertion) is { } problem)
                throw Refused(call, 401, "invalid_client", 700027, $"The certificate with identifier used to sign the client assertion is not registered on application, or the assertion is wrong: {problem}.");
        }
        else if ((string?)body["client_secret"] is not { Length: > 0 } secret)
            throw Refused(call, 401, "invalid_client", 7000218, "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
        else if (identity.Secret is null || secret != identity.Secret)
            throw Refused(call, 401, "invalid_client", 7000215, "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID.");
    }

    private static string? AssertionProblem(TeamsCall call, string assertion)
    {
        var (identity, now) = (call.Server.Identity, call.Server.Clock.GetUtcNow().ToUnixTimeSeconds());
        if (identity.Certificate is not { } certificate)
            return "no certificate is registered";
        if (TeamsJwt.Read(assertion) is not var (header, claims))
            return "no token";
        using var key = certificate.GetRSAPublicKey()!;
        var audience = (string?)claims["aud"] ?? "";
        return !TeamsJwt.IsSignedBy(assertion, key) ? "signed by another key"
            : !Thumbprints(certificate).Any(print => print == ((string?)header["x5t"], (string?)header["x5t#S256"])) ? "x5t is not the certificate's"
            : (string?)claims["iss"] != identity.AppId || (string?)claims["sub"] != identity.AppId ? "iss and sub are not the app's id"
            : !audience.Contains(identity.TenantId, StringComparison.Ordinal) || !(audience.EndsWith("/v2.0", StringComparison.Ordinal) || audience.EndsWith("/oauth2/v2.0/token", StringComparison.Ordinal)) ? $"aud is {audience}"
            : Seconds(claims["exp"]) is not { } until || until <= now ? "expired"
            : Seconds(claims["nbf"]) > now + 300 ? "not valid yet"
            : (string?)claims["jti"] is null or "" ? "no jti"
            : null;
    }

    // Microsoft's own library writes them as text.
    private static long? Seconds(JsonNode? claim) => long.TryParse(claim?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    private static IEnumerable<(string? X5t, string? X5tS256)> Thumbprints(X509Certificate2 certificate)
    {
        var old = System.Buffers.Text.Base64Url.EncodeToString(certificate.GetCertHash());
        var now = System.Buffers.Text.Base64Url.EncodeToString(certificate.GetCertHash(System.Security.Cryptography.HashAlgorithmName.SHA256));
        return [(old, null), (null, now), (old, now)];
    }

    private static JsonNode TenantMetadata(TeamsCall call)
    {
        var root = call.Request.Host;
        var home = $"https://{root}/{call["tenant"]}";
        return new JsonObject
        {
            ["token_endpoint"] = $"{home}/oauth2/v2.0/token",
            ["authorization_endpoint"] = $"{home}/oauth2/v2.0/authorize",
            ["end_session_endpoint"] = $"{home}/oauth2/v2.0/logout",
            ["jwks_uri"] = $"{home}/discovery/v2.0/keys",
            ["issuer"] = $"{home}/v2.0",
        };
    }

    private static JsonNode Instance(TeamsCall call) => new JsonObject
    {
        ["tenant_discovery_endpoint"] = $"https://{call.Request.Host}/{call.Server.Identity.TenantId}/v2.0/.well-known/openid-configuration",
        ["api-version"] = "1.1",
        ["metadata"] = new JsonArray(new JsonObject { ["preferred_network"] = call.Request.Host, ["preferred_cache"] = call.Request.Host, ["aliases"] = new JsonArray(call.Request.Host) }),
    };

    private static JsonNode ManagedIdentity(TeamsCall call)
    {
        var identity = call.Server.Identity;
        if (call.Query("api-version") != "2019-08-01")
            throw new TeamsRefusal(400, "BadRequest", "api-version must be 2019-08-01") { IsBreach = true };
        if ((call.Query("client_id") ?? "") is { Length: > 0 } client && client != identity.ManagedIdentityClientId && client != identity.AppId)
            throw new TeamsRefusal(400, "BadRequest", "no such identity") { Whole = new() { ["statusCode"] = 400, ["message"] = "No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId." } };
        if (Scopes.FirstOrDefault(audience => call.Query("resource") == audience) is not { } wanted)
            throw new TeamsRefusal(400, "BadRequest", $"resource {call.Query("resource")} is not known") { IsBreach = true };
        var granted = identity.Grant(wanted, identity.TenantId);
        return new JsonObject
        {
            ["access_token"] = (string)granted["access_token"]!,
            ["expires_on"] = (call.Server.Clock.GetUtcNow() + identity.TokenLife).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["resource"] = wanted,
            ["token_type"] = "Bearer",
            ["client_id"] = identity.AppId,
        };
    }

    private static TeamsRefusal Refused(TeamsCall call, int status, string error, int code, string text)
    {
        var (now, trace) = (call.Server.Clock.GetUtcNow(), TeamsIds.Guid());
        return new(status, error, text)
        {
            Whole = new()
            {
                ["error"] = error,
                ["error_description"] = $"AADSTS{code}: {text} Trace ID: {trace} Correlation ID: {trace} Timestamp: {now:u}",
                ["error_codes"] = new JsonArray(code),
                ["timestamp"] = now.ToString("u"),
                ["trace_id"] = trace,
                ["correlation_id"] = trace,
                ["error_uri"] = $"https://login.microsoftonline.com/error?code={code}",
            },
        };
    }
}
