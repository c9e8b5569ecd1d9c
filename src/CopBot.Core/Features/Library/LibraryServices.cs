using CopBot.Core.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Core.Features.Library;

internal static class LibraryServices
{
    public static IServiceCollection AddLibrary(this IServiceCollection services) => services
        .AddScoped<Shelf>()
        .AddScoped<Shelving>()
        .AddScoped<IDueWork>(provider => provider.GetRequiredService<Shelving>())
        .AddScoped<ShelfText>()
        .AddScoped<IScheduledEffect, WeeklyDigest>();
}
