using CopBot.Core.Features.Claims;
using CopBot.Core.Features.Okrs.Measures;
using CopBot.Core.Features.Rotations;
using CopBot.Core.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Core.Features.Okrs;

internal static class OkrServices
{
    public static void AddOkrs(this IServiceCollection services)
    {
        services.AddScoped<Contributions>();
        services.AddScoped<MeasureCheck>();
        services.AddScoped<OkrBook>();
        services.AddScoped<OkrText>();
        services.AddScoped<IFollowsClaims, MovedKeyResults>();
        services.AddScoped<IHandoverItem, AtRisk>();
        services.AddScoped<IScheduledEffect, OkrDigest>();
        services.AddDueWork<CheckInDays>();
    }
}
