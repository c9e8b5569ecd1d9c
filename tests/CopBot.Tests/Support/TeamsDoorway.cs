using CopBot.Host.Teams;
using CopBot.Platforms.Teams.Identity;
using CopBot.Platforms.Teams.Intake;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CopBot.Tests.Support;

/// <summary>The bot's own address for Teams, as the program opens it, on loopback.</summary>
public sealed class TeamsDoorway : IAsyncDisposable
{
    private readonly WebApplication app;

    private TeamsDoorway(WebApplication app) => this.app = app;

    /// <summary>Where Teams brings activities.</summary>
    public Uri Address => new(new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), TeamsEndpoints.Messages);

    /// <summary>Opens it before a bot that runs within the test.</summary>
    public static async Task<TeamsDoorway> OpenAsync(IServiceProvider bot)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(bot.GetRequiredService<TeamsProof>());
        builder.Services.AddSingleton(bot.GetRequiredService<TeamsIntake>());
        var app = builder.Build();
        app.MapTeams();
        await app.StartAsync();
        return new(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
