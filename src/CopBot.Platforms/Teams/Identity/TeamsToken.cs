using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace CopBot.Platforms.Teams.Identity;

/// <summary>
/// The bot's own tokens, by Azure.Identity: with its secret, its certificate, its managed identity, or the identity that the platform federates
/// (AZURE_FEDERATED_TOKEN_FILE). They are of one tenant, and kept until shortly before they end.
/// </summary>
public sealed class TeamsToken(TeamsSettings settings, TeamsHttp http)
{
    /// <summary>To speak as the bot.</summary>
    public const string Connector = "https://api.botframework.com/.default";

    /// <summary>To ask Microsoft Graph.</summary>
    public const string Graph = "https://graph.microsoft.com/.default";

    // What it says is long: the code and its sentence tell an operator what to do.
    private const int LongestReason = 300;

    private volatile TokenCredential credential = Create(settings, http);
    private int forgotten;

    /// <summary>What the SDKs of Microsoft take.</summary>
    public TokenCredential Credential => credential;

    /// <summary>A token for a scope. Throws <see cref="AuthenticationFailedException"/> where Entra gives none.</summary>
    public async ValueTask<string> OfAsync(string scope, CancellationToken ct)
    {
        // Tokens of a managed identity are kept by the library for the whole process; asked for with claims it fetches another one.
        var claims = Interlocked.Exchange(ref forgotten, 0) == 1 && settings.ManagedIdentityClientId is not null ? "{}" : null;
        return (await credential.GetTokenAsync(new TokenRequestContext([scope], claims: claims), ct)).Token;
    }

    /// <summary>Forgets what is kept: a service did not take it.</summary>
    public void Forget()
    {
        credential = Create(settings, http);
        Interlocked.Exchange(ref forgotten, 1);
    }

    /// <summary>Why there is none, in one line: Entra's own words where it gave some. The library keeps them behind its own.</summary>
    public static string Why(Exception problem)
    {
        var all = "";
        for (Exception? at = problem; at is not null; at = at.InnerException)
            all += at.Message + "\n";
        var said = string.Join(' ', all.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (said.IndexOf("AADSTS", StringComparison.Ordinal) is > 0 and var code)
            said = said[code..];
        if (said.IndexOf(" Trace ID:", StringComparison.Ordinal) is > 0 and var trace)
            said = said[..trace];
        return said.Length <= LongestReason ? said : said[..LongestReason] + "…";
    }

    private static TokenCredential Create(TeamsSettings settings, TeamsHttp http)
    {
        // Azure.Identity asks over HTTPS only; what is asked on this machine is led to where it is.
        var authority = settings.TokenAddress.IsLoopback ? new UriBuilder(settings.TokenAddress) { Scheme = "https", Path = "/" }.Uri : settings.TokenAddress;
        T With<T>(T options) where T : TokenCredentialOptions
        {
            options.AuthorityHost = authority;
            options.Transport = new HttpClientTransport(http.Tokens);
            options.Retry.MaxRetries = 1;
            return options;
        }

        var local = settings.TokenAddress.IsLoopback;
        if (settings.AppSecret is { } secret)
            return new ClientSecretCredential(settings.TenantId, settings.AppId, secret, With(new ClientSecretCredentialOptions { DisableInstanceDiscovery = local }));
        if (settings.CertificatePath is { } file)
            return new ClientCertificateCredential(settings.TenantId, settings.AppId, file, With(new ClientCertificateCredentialOptions { DisableInstanceDiscovery = local, SendCertificateChain = true }));
        return settings.ManagedIdentityClientId is { } identity
            ? new ManagedIdentityCredential(With(new ManagedIdentityCredentialOptions(ManagedIdentityId.FromUserAssignedClientId(identity))))
            : new WorkloadIdentityCredential(With(new WorkloadIdentityCredentialOptions { TenantId = settings.TenantId, ClientId = settings.AppId, DisableInstanceDiscovery = local }));
    }
}
