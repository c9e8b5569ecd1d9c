using CopBot.Core.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Core.Features.Reports;

internal static class ReportServices
{
    public static IServiceCollection AddReports(this IServiceCollection services) => services
        .AddScoped<Reporter>()
        .AddScoped<Health>()
        .AddScoped<IScheduledEffect, MonthlyReport>();
}
