using System.Diagnostics;
using System.Globalization;
using CopBot.Benchmarks.Leagues;
using CopBot.Host.Databases;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace CopBot.Benchmarks.FullPath;

/// <summary>
/// The counterpart: one thread, one connection with the product's own settings, prepared statements, one commit for each command. Its page cache
/// is of SQLite's usual size, which serves single commits better than the product's larger one.
/// It writes the rows that the product writes and nothing else: it parses nothing, looks nothing up and checks no cap, because it is told the outcome.
/// </summary>
public sealed class HandWritten : IDisposable
{
    private readonly League league;
    private readonly Answers answers;
    private readonly SqliteConnection connection;
    private readonly SqliteCommand begin;
    private readonly SqliteCommand commit;
    private readonly SqliteCommand number;
    private readonly Insert inbox;
    private readonly Insert done;
    private readonly Insert claim;
    private readonly Insert claimPerson;
    private readonly Insert entry;
    private readonly Insert standing;
    private readonly Insert outbox;

    private HandWritten(League league, Answers answers, SqliteConnection connection)
    {
        this.league = league;
        this.answers = answers;
        this.connection = connection;
        begin = Command("begin immediate");
        commit = Command("commit");
        number = Command("update communities set next_claim = next_claim + 1 where id = 1 returning next_claim - 1");
        inbox = Insert.Into(connection, "inbox", "community_id", "event_key", "platform", "workspace", "place", "user_id", "user_name", "text", "at", "received_at", "state", "attempts", "retry_at");
        done = new Insert(connection, "update inbox set state = 1, text = null, user_name = null, mentions = null where id = @id and state = 0", "id");
        claim = Insert.Into(connection, "claims", "id", "community_id", "number", "kind", "author_id", "state", "round", "at", "day", "changed_at", "inbox_id", "title", "size", "topic");
        claimPerson = Insert.Into(connection, "claim_people", "claim_id", "person_id", "community_id", "part", "state");
        entry = Insert.Into(connection, "ledger", "community_id", "person_id", "at", "day", "season", "kind", "rule", "points", "withheld", "claim_id", "squad_id", "policy", "source", "inbox_id");
        standing = new Insert(connection,
            """
            insert into standings (community_id, board, scope, period, subject_id, points, shown) values (1, @board, @scope, @period, @subject, @points, 1)
            on conflict (community_id, board, scope, period, subject_id) do update set points = points + excluded.points
            """, "board", "scope", "period", "subject", "points");
        outbox = Insert.Into(connection, "outbox", "community_id", "platform", "workspace", "place", "body", "state", "fence", "lease_until", "attempts", "created_at");
    }

    /// <summary>Runs commands one after the other; <paramref name="members"/> wait in one line, so each waits for all who stand before it.</summary>
    public static async Task<Round> RunAsync(string file, League league, Answers answers, Mix mix, int warmUp, int commands, int members)
    {
        await using var connection = (SqliteConnection)await new SqliteDatabase(file).OpenWriterAsync(CancellationToken.None);
        using var cache = connection.CreateCommand();
        cache.CommandText = "pragma cache_size = -2000";
        cache.ExecuteNonQuery();
        using var hand = new HandWritten(league, answers, connection);
        for (var index = 0; index < warmUp; index++)
            hand.Write(mix.Of(index));
        return await Round.MeasureAsync(commands, () => Task.FromResult(hand.Write(mix, warmUp, commands, members)));
    }

    public void Dispose()
    {
        foreach (var command in (IDisposable[])[begin, commit, number, inbox, done, claim, claimPerson, entry, standing, outbox])
            command.Dispose();
    }

    private double[] Write(Mix mix, int first, int commands, int members)
    {
        var ends = new long[commands + 1];
        ends[0] = Stopwatch.GetTimestamp();
        for (var index = 0; index < commands; index++)
        {
            Write(mix.Of(first + index));
            ends[index + 1] = Stopwatch.GetTimestamp();
        }

        return [.. Enumerable.Range(1, commands).Select(index => Stopwatch.GetElapsedTime(ends[Math.Max(0, index - members)], ends[index]).TotalMilliseconds)];
    }

    private void Write(Said said)
    {
        var at = TimeProvider.System.GetUtcNow();
        var now = at.ToUnixTimeMilliseconds();
        var today = Instant.FromDateTimeOffset(at).InUtc().Date;
        var author = League.PersonId(said.Member);
        var name = League.Member(said.Member).Name;

        begin.ExecuteNonQuery();
        inbox.Run(1, $"{League.Platform}:local:{said.EventId}", League.Platform, "local", "#general", $"local/{name}", name, said.Line, now, now, 0, 0, 0);
        var row = SQLitePCL.raw.sqlite3_last_insert_rowid(connection.Handle);
        done.Run(row);
        var given = (long)number.ExecuteScalar()!;
        var id = Guid.CreateVersion7(at).ToByteArray(bigEndian: true);
        claim.Run(id, 1, given, said.Kind, author, 0, 0, now, DayOf(today), now, row, said.Title, said.Kind == "share" ? "medium" : DBNull.Value, said.Kind == "kudos" ? DBNull.Value : "incidents");
        switch (said.Kind)
        {
            case "share":
                Book(said.Member, "share", "medium", 10);
                break;
            case "kudos":
                claimPerson.Run(id, League.PersonId(said.Receiver!.Value), 1, "receiver", 0);
                Book(said.Receiver.Value, "kudos", "receiver", 3);
                Book(said.Member, "kudos", "giver", 1);
                break;
            default:
                Book(said.Member, "win", "story", 8);
                break;
        }

        outbox.Run(1, League.Platform, "local", "#general", answers.To(said, given), 0, 0, 0, 0, now);
        commit.ExecuteNonQuery();

        void Book(int member, string kind, string part, int points)
        {
            var person = League.PersonId(member);
            var squad = league.SquadOf(member) is { } of ? League.SquadId(of) : null;
            var season = today.Year * 10 + (today.Month + 2) / 3;
            entry.Run(1, person, now, DayOf(today), season, kind, $"{kind}.{part}", points, 0, id, squad ?? (object)DBNull.Value, 1, $"{given}.0:{kind}.{part}:{League.IdOf(member):N}", row);
            foreach (var (scope, period) in (ReadOnlySpan<(int, int)>)[(1, DayOf(today.PlusDays(1 - (int)today.DayOfWeek))), (2, today.Year * 100 + today.Month), (3, season), (4, 0)])
            {
                standing.Run(0, scope, period, person, points);
                if (squad is not null)
                    standing.Run(1, scope, period, squad, points);
            }
        }
    }

    private static int DayOf(LocalDate date) => date.Year * 10_000 + date.Month * 100 + date.Day;

    private SqliteCommand Command(string text)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        return command;
    }
}
