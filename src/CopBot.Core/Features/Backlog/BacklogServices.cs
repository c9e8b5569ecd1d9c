using CopBot.Core.Features.Rotations;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Core.Features.Backlog;

internal static class BacklogServices
{
    public static IServiceCollection AddBacklog(this IServiceCollection services) => services
        .AddScoped<Gaps>()
        .AddScoped<Worked>()
        .AddScoped<Coverage>()
        .AddScoped<IHandoverItem, OpenGaps>();
}
