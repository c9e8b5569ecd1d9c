using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Core.Features.Canvas;

internal static class CanvasServices
{
    public static void AddCanvas(this IServiceCollection services)
    {
        services.AddScoped<CanvasBook>();
        services.AddScoped<Drift>();
        services.AddDueWork<CanvasReminder>();
    }
}
