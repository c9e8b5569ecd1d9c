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

    private volatile TokenCredential credential = Create(settings, http);

    /// <summary>What the SDKs of Microsoft take.</summary>
    public TokenCredential Credential => credential;

    /// <summary>A token for a scope. Throws <see cref="AuthenticationFailedException"/> where Entra gives none.</summary>
    public async ValueTask<string> OfAsync(string scope, CancellationToken ct) => (await credential.GetTokenAsync(new TokenRequestContext([scope]), ct)).Token;

    /// <summary>Forgets what is kept: a service did not take it.</summary>
    public void Forget() => credential = Create(settings, http);

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
