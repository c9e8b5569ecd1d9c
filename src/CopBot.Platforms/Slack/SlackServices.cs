using System.Net;
using CopBot.Core.Chat;
using CopBot.Platforms.Slack.Api;
using CopBot.Platforms.Slack.Checkups;
using CopBot.Platforms.Slack.Intake;
using CopBot.Platforms.Slack.Sockets;
using CopBot.Platforms.Slack.Workspaces;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CopBot.Platforms.Slack;

/// <summary>Registers Slack.</summary>
public static class SlackServices
{
    public static IServiceCollection AddSlack(this IServiceCollection services, SlackSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(provider => new Pacer(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new SlackPace(provider.GetRequiredService<Pacer>()));

        // No redirects: a token goes where it was sent and nowhere else.
        services.AddSingleton(_ => new SlackHttp(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), AutomaticDecompression = DecompressionMethods.All }) { Timeout = Timeout.InfiniteTimeSpan }));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SlackApi>(provider, provider.GetRequiredService<SlackHttp>().Client));
        services.AddSingleton<Workspaces.Workspaces>();
        services.AddSingleton<Members>();
        services.AddSingleton<SlackChannels>();
        services.AddSingleton<Comebacks>();
        services.AddSingleton<OneWorkspace>();
        if (settings.Installs)
            services.AddInstallations(settings.ClientSecret!);
        else
            services.AddSingleton<IInstallations>(provider => provider.GetRequiredService<OneWorkspace>());
        services.AddSingleton<SlackText>();
        services.AddSingleton<SlackSpeech>();
        services.AddSingleton<SlackForms>();
        services.AddSingleton<SlackCommands>();
        services.AddSingleton<SlackShortcuts>();
        services.AddSingleton<SlackInteractions>();
        services.AddSingleton<SlackThanks>();
        services.AddSingleton<SlackChanges>();
        services.AddSingleton<SlackEvents>();
        services.AddSingleton<SlackIntake>();
        services.AddSingleton<HomeTab>();
        services.AddSingleton<SlackMemory>();
        services.AddSingleton<SlackPlatform>();
        services.AddSingleton<IGroupSync, SlackGroups>();
        services.AddSingleton<IPlatform>(provider => provider.GetRequiredService<SlackPlatform>());
        services.TryAddSingleton<MainChannels>();
        services.AddSingleton<WorkspaceCheckup>();
        services.AddSingleton<ICheckup, SlackCheckup>();
        if (settings.UsesSockets)
            services.AddSingleton<SocketMode>();
        if (settings.SigningSecret is { } secret)
            services.AddSingleton(provider => new SlackSignature(secret, provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    private static void AddInstallations(this IServiceCollection services, string clientSecret)
    {
        services.AddSingleton(_ => new TokenSeal(clientSecret));
        services.AddSingleton<InstallationTable>();
        services.AddSingleton<TokenRefresh>();
        services.AddSingleton<InstalledWorkspaces>();
        services.AddSingleton<SlackInstaller>();
        services.AddSingleton<IInstallations>(provider => provider.GetRequiredService<InstalledWorkspaces>());
    }
}

/// <summary>The client that speaks to Slack alone, so that no other part of the process uses it by accident.</summary>
public sealed record SlackHttp(HttpClient Client) : IDisposable
{
    public void Dispose() => Client.Dispose();
}
