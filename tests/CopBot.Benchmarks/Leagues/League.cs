using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Scheduling;
using CopBot.Host;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CopBot.Benchmarks.Leagues;

/// <summary>A league with a past, written straight into the schema that the product made; what is kept ready is derived as the product derives it.</summary>
public sealed class League
{
    /// <summary>The platform through which members speak here.</summary>
    public const string Platform = "web";

    /// <summary>How many days the past has.</summary>
    private const int Days = 180;

    public required string File { get; init; }

    public required int People { get; init; }

    public required int Entries { get; init; }

    /// <summary>How many people have points in the current week.</summary>
    public required int ActiveThisWeek { get; init; }

    public int Squads => Math.Max(1, People / 20);

    /// <summary>The account of a member by number.</summary>
    public static Handle Member(int number) => new("local", "local", $"member{number}", $"member{number}");

    public static Place Channel { get; } = new(Platform, "local", "#general");

    /// <summary>The bot on a league's database.</summary>
    public static ServiceProvider Bot(string file, Action<IServiceCollection>? more = null)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddBot(new BotSettings { Database = file, Content = PackReader.DefaultFolder, Zone = "Etc/UTC" }, TimeProvider.System);
        more?.Invoke(services);
        return services.BuildServiceProvider();
    }

    /// <summary>Writes the file.</summary>
    public async Task CreateAsync()
    {
        await using (var bot = Bot(File))
        {
            using var held = await bot.OpenDatabaseAsync(CancellationToken.None);
        }

        await using var connection = new SqliteConnection($"Data Source={File};Pooling=false");
        await connection.OpenAsync();
        Run(connection, "pragma synchronous = off; pragma cache_size = -1000000; pragma temp_store = memory");
        using (var transaction = connection.BeginTransaction())
        {
            WritePeople(connection);
            WriteEntries(connection);
            DeriveStandings(connection);
            transaction.Commit();
        }

        Run(connection, "pragma wal_checkpoint(truncate)");
    }

    /// <summary>Another file with the same content.</summary>
    public static void Copy(string from, string to)
    {
        foreach (var rest in (string[])["-wal", "-shm", ".lock"])
            System.IO.File.Delete(to + rest);
        System.IO.File.Copy(from, to, overwrite: true);
    }

    private void WritePeople(SqliteConnection connection)
    {
        var progress = new Progress("people", People);
        var now = Now().ToUnixTimeMilliseconds();
        using var squad = Insert.Into(connection, "squads", "id", "community_id", "name", "name_key", "created_at");
        for (var number = 0; number < Squads; number++)
            squad.Run(SquadId(number), 1, $"Squad {number}", $"squad {number}", now);

        using var person = Insert.Into(connection, "people", "id", "community_id", "name", "privacy", "role", "squad_id", "joined_at");
        using var handle = Insert.Into(connection, "handles", "platform", "workspace", "user_id", "community_id", "person_id", "name", "name_key", "reach", "seen_at");
        for (var number = 0; number < People; number++)
        {
            var account = Member(number);
            person.Run(PersonId(number), 1, account.Name, 0, number == 0 ? 2 : 0, SquadOf(number) is { } of ? SquadId(of) : DBNull.Value, now);
            handle.Run(account.Platform, account.Workspace, account.UserId, 1, PersonId(number), account.Name, account.Name, Platform, now);
            progress.At(number);
        }

        progress.Done();
    }

    private void WriteEntries(SqliteConnection connection)
    {
        var progress = new Progress("claims and entries", Entries);
        var random = new Random(1);
        var today = Now().InUtc().Date;
        var monday = today.PlusDays(1 - (int)today.DayOfWeek);
        var recent = Math.Min(ActiveThisWeek, Entries);
        using var claim = Insert.Into(connection, "claims", "id", "community_id", "number", "kind", "author_id", "state", "round", "at", "day", "changed_at", "title", "size", "topic");
        using var entry = Insert.Into(connection, "ledger", "community_id", "person_id", "at", "day", "season", "kind", "rule", "points", "withheld", "claim_id", "squad_id", "policy", "source");
        for (var number = 1; number <= Entries; number++)
        {
            // First the past in its order, with some people more active than others; then the current week, each person once.
            var past = number <= Entries - recent;
            var date = past ? monday.PlusDays(-1 - (int)((long)(Entries - recent - number) * Days / Math.Max(1, Entries - recent))) : today;
            var member = past ? (int)(People * Math.Pow(random.NextDouble(), 1.5)) : Entries - number;
            var at = date.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant().ToUnixTimeMilliseconds();
            var day = date.Year * 10_000 + date.Month * 100 + date.Day;
            var (kind, rule) = Rules[random.Next(Rules.Length)];
            var id = Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(at)).ToByteArray(bigEndian: true);
            claim.Run(id, 1, number, kind, PersonId(member), 0, 0, at, day, at, Titles.Of(number), kind == "share" ? "medium" : DBNull.Value, "delivery");
            entry.Run(1, PersonId(member), at, day, date.Year * 10 + (date.Month + 2) / 3, kind, rule, 1 + random.Next(20), 0, id, SquadOf(member) is { } squad ? SquadId(squad) : DBNull.Value, 1, $"{number}.0:{rule}");
            progress.At(number);
        }

        Run(connection, $"update communities set next_claim = {Entries + 1}");
        progress.Done();
    }

    // In the order of their keys, which is much faster than entry by entry.
    private static void DeriveStandings(SqliteConnection connection)
    {
        string[] periods =
        [
            "cast(strftime('%Y%m%d', substr(day, 1, 4) || '-' || substr(day, 5, 2) || '-' || substr(day, 7, 2), 'weekday 0', '-6 days') as integer)",
            "day / 100",
            "season",
            "0",
        ];
        var progress = new Progress("standings", periods.Length);
        for (var scope = 1; scope <= periods.Length; scope++)
        {
            Run(connection, $"insert into standings select 1, 0, {scope}, {periods[scope - 1]} as period, person_id, sum(points), 1 from ledger group by 4, 5 order by 4, 5");
            Run(connection, $"insert into standings select 1, 1, {scope}, {periods[scope - 1]} as period, squad_id, sum(points), 1 from ledger where squad_id is not null group by 4, 5 order by 4, 5");
            progress.At(scope);
        }

        progress.Done();
    }

    /// <summary>Every second member belongs to a squad.</summary>
    public int? SquadOf(int member) => member % 2 == 0 ? member / 2 % Squads : null;

    public static byte[] PersonId(int member) => Id(0x10, member);

    public static Guid IdOf(int member) => new(PersonId(member), bigEndian: true);

    public static byte[] SquadId(int squad) => Id(0x20, squad);

    // As those of people who joined one after the other.
    private static byte[] Id(byte space, int number)
    {
        var id = new byte[16];
        id[0] = 1;
        id[15] = space;
        BitConverter.TryWriteBytes(id.AsSpan(8), number * 0x9E37_79B9L);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(id.AsSpan(2), number);
        return id;
    }

    private static readonly (string Kind, string Rule)[] Rules = [("share", "share.medium"), ("share", "share.small"), ("win", "win.story"), ("failure", "failure.story"), ("kudos", "kudos.receiver")];

    private static Instant Now() => Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());

    private static void Run(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }
}
