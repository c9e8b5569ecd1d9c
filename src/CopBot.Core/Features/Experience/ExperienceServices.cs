using CopBot.Core.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Core.Features.Experience;

internal static class ExperienceServices
{
    public static IServiceCollection AddExperience(this IServiceCollection services) => services
        .AddScoped<Surveys>()
        .AddScoped<Experience>()
        .AddScoped<SurveyClock>()
        .AddScoped<IDueWork>(provider => provider.GetRequiredService<SurveyClock>())
        .AddScoped<IScheduledEffect, Quarterly>();
}
