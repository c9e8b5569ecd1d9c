using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Core.Features.Wheel;

internal static class WheelServices
{
    public static void AddWheel(this IServiceCollection services)
    {
        services.AddScoped<SpinBook>();
        services.AddScoped<SpinVoice>();
        services.AddDueWork<WheelClock>();
    }
}
