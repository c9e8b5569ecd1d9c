using System.Data.Common;
using CopBot.Core;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Storage;
using CopBot.Host.Databases;
using NodaTime;

namespace CopBot.Host;

/// <summary>The community's core on a database: what every verb starts with.</summary>
public static class Bot
{
    /// <summary>Registers core and database. The database is neither opened nor locked yet.</summary>
    public static IServiceCollection AddBot(this IServiceCollection services, BotSettings settings, TimeProvider time)
    {
        services.AddCore(PackReader.Read(settings.Content));
        services.AddSingleton(settings);
        services.AddSingleton(time);
        services.AddSingleton(_ => Database.Open(settings.Database));
        services.AddSingleton(new Communities(time) { DefaultZone = DateTimeZoneProviders.Tzdb[settings.Zone] });
        services.AddSingleton<Store>(provider => Database.IsPostgres(settings.Database)
            ? ActivatorUtilities.CreateInstance<DirectStore>(provider)
            : ActivatorUtilities.CreateInstance<GroupCommitStore>(provider));
        return services;
    }

    /// <summary>Takes the file's lock, brings the schema up to date and makes sure that the community exists. Dispose what it returns when the process ends.</summary>
    public static async Task<IDisposable?> OpenDatabaseAsync(this IServiceProvider services, CancellationToken ct)
    {
        var settings = services.GetRequiredService<BotSettings>();
        var held = Database.IsPostgres(settings.Database) ? null : FileLock.Take(settings.Database);
        try
        {
            await services.GetRequiredService<Migrator>().MigrateAsync(ct);
            await services.GetRequiredService<Communities>().CreateAsync(services.GetRequiredService<Store>(), ct);
            return held;
        }
        catch (Exception problem)
        {
            held?.Dispose();
            if (problem is DbException)
                throw services.GetRequiredService<IDatabase>().Explain(problem);
            throw;
        }
    }

    /// <summary>Takes one event all the way: stored, done, answered. For verbs that go step by step.</summary>
    public static async Task SayAsync(this IServiceProvider services, Incoming said, CancellationToken ct)
    {
        var runner = services.GetRequiredService<CommandRunner>();
        if (await runner.AcceptAsync(said, ct) is { Done: false } received)
            await runner.RunAsync(received, ct);
        await services.GetRequiredService<OutboxDispatcher>().DrainAsync(ct);
    }

    /// <summary>Does what was stored but not done when the process before this one ended.</summary>
    public static async Task RecoverAsync(this IServiceProvider services, CancellationToken ct)
    {
        foreach (var community in services.GetRequiredService<Communities>().Ids)
        {
            foreach (var received in await services.GetRequiredService<Inbox>().UnfinishedAsync(community, Duration.Zero, ct))
                await TryAsync(services, received, ct);
        }
    }

    // One row that cannot be done keeps nobody from talking.
    private static async Task TryAsync(IServiceProvider services, Received received, CancellationToken ct)
    {
        try
        {
            await services.GetRequiredService<CommandRunner>().RunAsync(received, ct);
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            await services.GetRequiredService<Inbox>().FailAsync(received, ct);
        }
    }
}
