using CopBot.Core.Features.Rotations;
using CopBot.Core.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Core.Features.Gatherings;

internal static class GatheringServices
{
    public static IServiceCollection AddGatherings(this IServiceCollection services) => services
        .AddScoped<Gatherings>()
        .AddScoped<Reminders>()
        .AddScoped<Events>()
        .AddSingleton<EventSyncWorker>()
        .AddScoped<AfterThoughts>()
        .AddScoped<IDueWork>(provider => provider.GetRequiredService<Reminders>())
        .AddScoped<NextGatherings>()
        .AddScoped<IHandoverItem>(provider => provider.GetRequiredService<NextGatherings>());
}
