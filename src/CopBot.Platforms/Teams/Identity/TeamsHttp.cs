using System.Net;

namespace CopBot.Platforms.Teams.Identity;

/// <summary>The clients that speak to Microsoft, one for each kind of address, so that no token goes where it does not belong. None follows a redirect.</summary>
public sealed class TeamsHttp(TeamsSettings settings, ServiceAddresses services) : IDisposable
{
    /// <summary>Fetches keys; carries no token.</summary>
    public HttpClient Keys { get; } = new(Plain());

    /// <summary>Asks Entra for tokens.</summary>
    public HttpClient Tokens { get; } = new(settings.TokenAddress.IsLoopback ? new Here(settings.TokenAddress) { InnerHandler = Plain() } : Plain());

    /// <summary>Speaks to the services that activities come from, and to nobody else.</summary>
    public HttpClient Connector { get; } = new(new Guarded(services.Trusts) { InnerHandler = Plain() }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Asks Microsoft Graph, and nobody else.</summary>
    public HttpClient Graph { get; } = new(new Guarded(address => address.Authority == settings.GraphBase.Authority && address.Scheme == settings.GraphBase.Scheme) { InnerHandler = Plain() });

    public void Dispose()
    {
        Keys.Dispose();
        Tokens.Dispose();
        Connector.Dispose();
        Graph.Dispose();
    }

    private static SocketsHttpHandler Plain() => new() { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), AutomaticDecompression = DecompressionMethods.All };

    // The last door before the wire: whatever address a caller worked out, a token goes to trusted ones alone.
    private sealed class Guarded(Func<Uri, bool> trusts) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct) =>
            request.RequestUri is { } address && trusts(address) ? base.SendAsync(request, ct) : throw new InvalidOperationException("the bot's token was about to go to an address that is none of Microsoft's");
    }

    // Leads what Azure.Identity asks by HTTPS to the address on this machine that speaks plain HTTP.
    private sealed class Here(Uri address) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
        {
            if (request.RequestUri is { } asked && asked.IsLoopback && asked.Port == address.Port)
                request.RequestUri = new UriBuilder(asked) { Scheme = address.Scheme, Port = address.Port }.Uri;
            return base.SendAsync(request, ct);
        }
    }
}
