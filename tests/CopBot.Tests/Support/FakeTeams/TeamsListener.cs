using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>Ports of this machine that can be closed, so that connections are refused, and opened again: the same ones.</summary>
public sealed class TeamsListener : IAsyncDisposable
{
    private readonly RequestDelegate serve;
    private readonly bool secure;
    private WebApplication? app;
    private int port, securePort;

    private TeamsListener(RequestDelegate serve, bool secure) => (this.serve, this.secure) = (serve, secure);

    /// <summary><c>http://127.0.0.1:port/</c></summary>
    public Uri Root => new($"http://127.0.0.1:{port}/");

    /// <summary>The same over TLS, with <see cref="TeamsCertificate"/>: Microsoft's libraries ask for tokens in no other way.</summary>
    public Uri SecureRoot => secure ? new($"https://127.0.0.1:{securePort}/") : throw new InvalidOperationException("it does not speak TLS");

    public bool IsOn => app is not null;

    /// <summary>From now on nobody is let in: the connection is refused.</summary>
    public async Task TurnOffAsync()
    {
        if (app is not { } running)
            return;
        app = null;
        await running.DisposeAsync();
    }

    /// <summary>Listens again, where it did before.</summary>
    public async Task TurnOnAsync()
    {
        if (app is not null)
            return;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = null;
            options.Listen(IPAddress.Loopback, port);
            if (secure)
                options.Listen(IPAddress.Loopback, securePort, listen => listen.UseHttps(TeamsCertificate.Server));
        });
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        var started = builder.Build();
        started.Run(serve);
        await started.StartAsync();
        foreach (var address in started.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address)))
            if (address.Scheme == Uri.UriSchemeHttps)
                securePort = address.Port;
            else
                port = address.Port;
        app = started;
    }

    public ValueTask DisposeAsync() => new(TurnOffAsync());

    internal static async Task<TeamsListener> StartAsync(RequestDelegate serve, bool secure = false)
    {
        var listener = new TeamsListener(serve, secure);
        await listener.TurnOnAsync();
        return listener;
    }
}
