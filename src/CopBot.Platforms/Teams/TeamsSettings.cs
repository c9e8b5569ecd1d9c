namespace CopBot.Platforms.Teams;

/// <summary>What an installation is told about Microsoft Teams. Without any of it there is no Teams.</summary>
public sealed record TeamsSettings
{
    /// <summary>Where Microsoft says which keys its messages are signed with (azure/bot-service/rest-api/bot-framework-rest-connector-authentication).</summary>
    public static Uri Metadata { get; } = new("https://login.botframework.com/v1/.well-known/openidconfiguration");

    /// <summary>Where the bot's own tokens come from.</summary>
    public static Uri Entra { get; } = new("https://login.microsoftonline.com/");

    /// <summary>Where Microsoft Graph of version 1.0 is.</summary>
    public static Uri Graph { get; } = new("https://graph.microsoft.com/v1.0/");

    /// <summary>The app's id in Entra, a GUID; the bot's too.</summary>
    public string? AppId { get; init => field = Plain(value); }

    /// <summary>The tenant in which the app is registered and the bot serves, a GUID.</summary>
    public string? TenantId { get; init => field = Plain(value); }

    /// <summary>The app's secret. Of this, <see cref="CertificatePath"/> and <see cref="ManagedIdentityClientId"/> one is given, or none where the platform federates an identity.</summary>
    public string? AppSecret { get; init; }

    /// <summary>A file with the app's certificate and its key, PEM or PFX.</summary>
    public string? CertificatePath { get; init; }

    /// <summary>The client id of the managed identity that the bot is.</summary>
    public string? ManagedIdentityClientId { get; init => field = Plain(value); }

    /// <summary>Microsoft's own, or one on this machine.</summary>
    public Uri OpenIdMetadata { get; init; } = Metadata;

    /// <summary>The address that the tenant's token endpoint is below: Microsoft's own, or one on this machine.</summary>
    public Uri TokenAddress { get; init; } = Entra;

    /// <summary>Microsoft's own, or one on this machine.</summary>
    public Uri GraphBase { get; init; } = Graph;

    /// <summary>Whether a private answer stands where it was asked for, as a message that its reader alone sees; otherwise it comes in their chat with the bot. Teams has this as a preview.</summary>
    public bool TargetedMessages { get; init; }

    /// <summary>Whether any of it is set.</summary>
    public bool IsOn => (AppId ?? TenantId ?? AppSecret ?? CertificatePath ?? ManagedIdentityClientId) is not null;

    /// <summary>Whether the keys are of this machine; then services on this machine are spoken to as well.</summary>
    public bool IsLocal => OpenIdMetadata.IsLoopback;

    // Its secret would stand in logs otherwise.
    public override string ToString() => IsOn ? "Teams is configured" : "Teams is not configured";

    /// <summary>What is wrong, naming the setting and a right example; null when all is well.</summary>
    public string? Problem()
    {
        if ((Elsewhere(OpenIdMetadata, Metadata, nameof(OpenIdMetadata)) ?? Elsewhere(TokenAddress, Entra, nameof(TokenAddress)) ?? Elsewhere(GraphBase, Graph, nameof(GraphBase))) is { } elsewhere)
            return elsewhere;
        if (!IsOn)
            return null;
        if (!IsId(AppId))
            return $"CopBot__Teams__AppId is {Shown(AppId)}. It is the “Application (client) ID” on the app registration's overview, such as 11111111-2222-3333-4444-555555555555.";
        if (!IsId(TenantId))
            return $"CopBot__Teams__TenantId is {Shown(TenantId)}. It is the “Directory (tenant) ID” on the app registration's overview, such as 11111111-2222-3333-4444-555555555555.";
        if (ManagedIdentityClientId is not null && !IsId(ManagedIdentityClientId))
            return $"CopBot__Teams__ManagedIdentityClientId is {Shown(ManagedIdentityClientId)}. It is the “Client ID” on the managed identity's overview.";
        if (ManagedIdentityClientId is { } identity && identity != AppId)
            return "CopBot__Teams__ManagedIdentityClientId is another app's than CopBot__Teams__AppId. A bot that is a managed identity has that one id for both.";
        if (AppSecret is { Length: 0 })
            return "CopBot__Teams__AppSecret is empty. Under “Certificates & secrets” of the app registration “New client secret” shows one once; copy its value, not its id.";
        if (CertificatePath is not null && !File.Exists(CertificatePath))
            return $"CopBot__Teams__CertificatePath is “{CertificatePath}”, and there is no such file. Give a PEM or PFX file with the certificate and its key.";
        if (CertificatePath is not null && Path.GetExtension(CertificatePath).ToLowerInvariant() is not (".pem" or ".pfx"))
            return $"CopBot__Teams__CertificatePath is “{CertificatePath}”, which ends neither in .pem nor in .pfx. Give the certificate with its key in one of the two.";
        if ((AppSecret ?? CertificatePath ?? ManagedIdentityClientId ?? Environment.GetEnvironmentVariable("AZURE_FEDERATED_TOKEN_FILE")) is null)
            return "CopBot__Teams__AppSecret is missing, and so are __CertificatePath and __ManagedIdentityClientId: with one of them the app proves who it is. Under “Certificates & secrets” of the app registration “New client secret” shows a secret once.";
        return new[] { AppSecret, CertificatePath, ManagedIdentityClientId }.Count(one => one is not null) > 1
            ? "Of CopBot__Teams__AppSecret, __CertificatePath and __ManagedIdentityClientId one is enough; leave the others out, so that it is clear which is used."
            : null;
    }

    // As Microsoft writes ids; what is none stays as it is and is said to be none.
    private static string? Plain(string? id) => Guid.TryParse(id, out var read) ? read.ToString("D") : id;

    private static bool IsId(string? text) => Guid.TryParseExact(text, "D", out _);

    private static string Shown(string? text) => text is null ? "missing" : $"“{text}”, which is no such id";

    private static string? Elsewhere(Uri address, Uri own, string setting) => address == own || address.IsLoopback ? null
        : $"CopBot__Teams__{setting} is “{address}”. Tokens and keys are Microsoft's alone: leave it out, or give an address on this machine such as {new UriBuilder(own) { Scheme = "http", Host = "127.0.0.1", Port = 8080 }.Uri}.";
}
