using System.Net;
using CopBot.Core.Chat;
using CopBot.Platforms.Discord.Api;
using CopBot.Platforms.Discord.Gateway;
using CopBot.Platforms.Discord.Guilds;
using CopBot.Platforms.Discord.Intake;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CopBot.Platforms.Discord;

/// <summary>Registers Discord.</summary>
public static class DiscordServices
{
    public static IServiceCollection AddDiscord(this IServiceCollection services, DiscordSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<RateLimits>();

        // No redirects: a token goes where it was sent and nowhere else.
        services.AddSingleton(_ => new DiscordHttp(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), AutomaticDecompression = DecompressionMethods.All }) { Timeout = Timeout.InfiniteTimeSpan }));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<DiscordApi>(provider, provider.GetRequiredService<DiscordHttp>().Client));
        services.AddSingleton<DiscordApplication>();
        services.AddSingleton<DiscordGuilds>();
        services.AddSingleton<GuildCensus>();
        services.AddSingleton<DiscordMembers>();
        services.AddSingleton<DirectChannels>();
        services.AddSingleton<Deferrals>();
        services.AddSingleton<LongLines>();
        services.AddSingleton<DiscordText>();
        services.AddSingleton<DiscordSpeech>();
        services.AddSingleton<DiscordForms>();
        services.AddSingleton<DiscordSuggestions>();
        services.AddSingleton<DiscordInteractions>();
        services.AddSingleton<DiscordThanks>();
        services.AddSingleton<DiscordChanges>();
        services.AddSingleton<DiscordMemory>();
        services.AddSingleton<DiscordIntake>();
        services.AddSingleton<GatewayBook>();
        services.AddSingleton<DiscordGateway>();
        services.AddSingleton<CommandRegistration>();
        services.AddSingleton<DiscordAnswers>();
        services.AddSingleton<DiscordPlatform>();
        services.AddSingleton<IPlatform>(provider => provider.GetRequiredService<DiscordPlatform>());
        services.AddSingleton<IGroupSync, DiscordGroups>();
        services.AddSingleton<IEventSync, DiscordEvents>();
        services.TryAddSingleton<MainChannels>();
        services.AddSingleton<ICheckup, DiscordCheckup>();
        return services;
    }
}

/// <summary>The client that speaks to Discord alone, so that no other part of the process uses it by accident.</summary>
public sealed record DiscordHttp(HttpClient Client) : IDisposable
{
    public void Dispose() => Client.Dispose();
}
