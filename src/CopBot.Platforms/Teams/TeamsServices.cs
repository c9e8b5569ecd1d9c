using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Platforms.Teams.Api;
using CopBot.Platforms.Teams.Conversations;
using CopBot.Platforms.Teams.Graph;
using CopBot.Platforms.Teams.Identity;
using CopBot.Platforms.Teams.Intake;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CopBot.Platforms.Teams;

/// <summary>Registers Teams.</summary>
public static class TeamsServices
{
    public static IServiceCollection AddTeams(this IServiceCollection services, TeamsSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<ServiceAddresses>();
        services.AddSingleton<TeamsHttp>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<TeamsProof>();
        services.AddSingleton<TeamsToken>();
        services.AddSingleton<TeamsPace>();
        services.AddSingleton<TeamsApi>();
        services.AddSingleton<TeamsConversations>();
        services.AddSingleton<TeamsTeams>();
        services.AddScoped<IKeepsPeople, TeamsReach>();
        services.AddSingleton<TeamsMembers>();
        services.AddSingleton<TeamsText>();
        services.AddSingleton<TeamsSpeech>();
        services.AddSingleton<Clicked>();
        services.AddSingleton<Asked>();
        services.AddSingleton<TeamsRefresh>();
        services.AddSingleton<TeamsConfig>();
        services.AddSingleton<TeamsClicks>();
        services.AddSingleton<TeamsEdits>();
        services.AddSingleton<TeamsTyping>();
        services.AddSingleton<TeamsChanges>();
        services.AddSingleton<TeamsIntake>();
        services.AddSingleton<TeamsWording>();
        services.AddSingleton<TeamsTargeted>();
        services.AddSingleton<TeamsGraph>();
        services.AddSingleton<TeamRoster>();
        services.AddSingleton<TeamsGaps>();
        services.AddSingleton<PersonalInstall>();
        services.AddSingleton<IGroupSync, TeamTags>();
        services.AddSingleton<IEventSync, TeamsCalendar>();
        services.AddSingleton<ITurnFeed, TeamsFeed>();
        services.AddSingleton<TeamsPlatform>();
        services.AddSingleton<IPlatform>(provider => provider.GetRequiredService<TeamsPlatform>());
        services.TryAddSingleton<MainChannels>();
        services.AddSingleton<ICheckup, TeamsCheckup>();
        return services;
    }
}
