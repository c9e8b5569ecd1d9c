using CopBot.Core.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Core.Features.Feedback;

internal static class FeedbackServices
{
    public static IServiceCollection AddFeedback(this IServiceCollection services) => services
        .AddScoped<FeedbackBox>()
        .AddScoped<IDueWork>(provider => provider.GetRequiredService<FeedbackBox>());
}
