using CopBot.Core.Features.League;
using CopBot.Core.Storage;
using CopBot.Host.Databases;

namespace CopBot.Host.CommandLine;

/// <summary><c>copbot db …</c>.</summary>
public static class DbVerbs
{
    public static async Task<int> MigrateAsync(BotSettings settings, CancellationToken ct)
    {
        await using var services = Build(settings);
        using var held = await services.OpenDatabaseAsync(ct);
        Console.WriteLine($"{services.GetRequiredService<IDatabase>().Describe}: the schema is up to date.");
        return ExitCodes.Done;
    }

    public static async Task<int> VerifyAsync(BotSettings settings, CancellationToken ct)
    {
        MustExist(settings);
        await using var services = Build(settings);
        using var held = await services.OpenDatabaseAsItIsAsync(ct);
        var store = services.GetRequiredService<Store>();
        var different = 0;
        foreach (var community in services.GetRequiredService<Communities>().Ids)
        {
            var (differences, broken, entries) = await store.ReadAsync(community, async (work, token) => (
                await work.Get<Projection>().DifferencesAsync(token),
                await work.Get<Seal>().BrokenAsync(token),
                await work.Sql.ScalarAsync<long>($"select count(*) from ledger where community_id = {work.CommunityId}", token)), ct);
            foreach (var line in differences.Concat(broken))
                Console.WriteLine(line);
            different += differences.Count + broken.Count;
            Console.WriteLine($"Community {community}: {entries} entries, {(differences.Count == 0 ? "every standing is the sum of its entries" : $"{differences.Count} differences; copbot db rebuild mends them")}.");
        }

        return different == 0 ? ExitCodes.Done : ExitCodes.Found;
    }

    public static async Task<int> RebuildAsync(BotSettings settings, CancellationToken ct)
    {
        MustExist(settings);
        await using var services = Build(settings);
        using var held = await services.OpenDatabaseAsync(ct);
        var store = services.GetRequiredService<Store>();
        foreach (var community in services.GetRequiredService<Communities>().Ids)
        {
            var count = await store.WriteAsync(community, (work, token) => work.Get<Projection>().RebuildAsync(token), ct);
            Console.WriteLine($"Community {community}: {count} standings computed from the ledger.");
        }

        return ExitCodes.Done;
    }

    // Whoever mistypes a name is not to be told that all is well with an empty database.
    private static void MustExist(BotSettings settings)
    {
        if (!Database.IsPostgres(settings.Database) && !File.Exists(settings.Database))
            throw new DatabaseProblem($"There is no {settings.Database}. Name the file with --database; `copbot db migrate` makes a new one.");
    }

    private static ServiceProvider Build(BotSettings settings) =>
        new ServiceCollection().AddLogging(logging => logging.AddConsole().SetMinimumLevel(LogLevel.Warning)).AddBot(settings, TimeProvider.System).BuildServiceProvider();
}
