using System.Data.Common;
using CopBot.Core;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.Okrs.Measures;
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
        services.AddCore(PackReader.Read(settings.Content, MeasureReader.WrongIn));
        services.AddSingleton(settings);
        services.AddSingleton(time);
        services.AddSingleton(new PublicAddress(settings.PublicUrl is { } outside ? new Uri(outside) : null));
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
            if (held is not null)
                await services.GetRequiredService<OutboxDispatcher>().TakeBackAsync(ct);
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

    /// <summary>Takes the file's lock and makes sure that the schema is this version's; changes nothing.</summary>
    public static async Task<IDisposable?> OpenDatabaseAsItIsAsync(this IServiceProvider services, CancellationToken ct)
    {
        var settings = services.GetRequiredService<BotSettings>();
        var held = Database.IsPostgres(settings.Database) ? null : FileLock.Take(settings.Database);
        try
        {
            await services.GetRequiredService<Migrator>().CheckAsync(ct);
            return held;
        }
        catch
        {
            held?.Dispose();
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
}
