using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CopBot.Platforms.Teams.Identity;

/// <summary>
/// Whether an activity comes from Microsoft and is for this bot (azure/bot-service/rest-api/bot-framework-rest-connector-authentication, “Connector to Bot”):
/// signature by a known key that vouches for Teams, issuer, audience, lifetime, and the service's address, which the token has to name as the activity does.
/// There is no way to leave any of it out.
/// </summary>
public sealed class TeamsProof(TeamsSettings settings, SigningKeys keys, ServiceAddresses services, TimeProvider time)
{
    /// <summary>The channel of Teams, as activities name it.</summary>
    public const string Channel = "msteams";

    private const string Issuer = "https://api.botframework.com";
    private const string Bearer = "Bearer ";
    private const int LongestToken = 16 * 1024;

    /// <summary>How far Microsoft's clock and ours may be apart.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512];
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    /// <summary>Whether it is proven. Throws <see cref="NoKeys"/> where that cannot be told yet.</summary>
    /// <param name="authorization">The values of the <c>Authorization</c> header, as they came.</param>
    /// <param name="activity">The body.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<bool> ProvesAsync(IReadOnlyList<string?> authorization, JsonObject activity, CancellationToken ct)
    {
        if (authorization is not [{ } header] || !header.StartsWith(Bearer, StringComparison.Ordinal) || header.Length > LongestToken)
            return false;
        if (activity.TextOrNull("channelId") != Channel || activity.TextOrNull("serviceUrl") is not { } service || services.Read(service) is null || !IsOfTenant(activity))
            return false;
        if (Read(header[Bearer.Length..]) is not { } token || token.Alg is not { } algorithm || !Algorithms.Contains(algorithm) || string.IsNullOrEmpty(token.Kid))
            return false;

        // Only what names a key of Microsoft's is looked at further; the key is found by that name alone.
        if (await keys.FindAsync(token.Kid, ct) is not { } key || !SigningKeys.Endorses(key, Channel))
            return false;
        var result = await Handler.ValidateTokenAsync(token, Rules(key));
        return result.IsValid && token.Audiences.SequenceEqual([settings.AppId]) && Names(token, service);
    }

    private TokenValidationParameters Rules(JsonWebKey key) => new()
    {
        ValidIssuer = Issuer,
        ValidAudience = settings.AppId,
        ValidAlgorithms = Algorithms,
        IssuerSigningKey = key,
        TryAllIssuerSigningKeys = false,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        RequireAudience = true,
        LifetimeValidator = (from, until, _, _) => IsNow(from, until),
    };

    private bool IsNow(DateTime? from, DateTime? until)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return until is { } end && now <= end + Skew && (from is not { } begin || now >= begin - Skew);
    }

    // The claim may stand once only: of two, one would be looked at and the other used.
    private static bool Names(JsonWebToken token, string service) =>
        token.Claims.Where(claim => claim.Type == "serviceurl").ToList() is [Claim { ValueType: ClaimValueTypes.String } only] && string.Equals(only.Value, service, StringComparison.OrdinalIgnoreCase);

    // A tenant that is none of ours may have the app installed too; it is no part of this community.
    private bool IsOfTenant(JsonObject activity)
    {
        var told = new[] { activity.Object("conversation").TextOrNull("tenantId"), activity.Object("channelData").Object("tenant").TextOrNull("id") }.OfType<string>().ToList();
        return told.Count > 0 && told.All(tenant => string.Equals(tenant, settings.TenantId, StringComparison.OrdinalIgnoreCase));
    }

    private static JsonWebToken? Read(string text)
    {
        try
        {
            return Handler.CanReadToken(text) ? Handler.ReadJsonWebToken(text) : null;
        }
        catch (Exception problem) when (problem is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }
}
