using System.Runtime.Versioning;
using CopBot.Host.CommandLine;
using CopBot.Tests.Support;
using Microsoft.Data.Sqlite;

namespace CopBot.Tests.Host;

/// <summary>A database that cannot be used: a plain message that names the file and the way out, exit code 3.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DatabaseProblemTests : IDisposable
{
    private readonly Copbot copbot = new();

    [Fact]
    public async Task A_file_that_is_no_database_is_named_and_left_alone()
    {
        await File.WriteAllTextAsync(copbot.PathOf("notes.txt"), new string('x', 5000), CancellationToken.None);

        (await copbot.RunAsync("", "db", "migrate", "--database", copbot.PathOf("notes.txt"))).Says(ExitCodes.NoDatabase, "notes.txt is not a SQLite database", "--database");
        Assert.Equal(new string('x', 5000), await File.ReadAllTextAsync(copbot.PathOf("notes.txt"), CancellationToken.None));
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_named() =>
        (await copbot.RunAsync("me\n", "chat", "--as", "ana", "--database", copbot.PathOf("nowhere/copbot.db"))).Says(ExitCodes.NoDatabase, "nowhere/copbot.db does not exist", "--database");

    [Fact]
    public async Task A_folder_where_the_database_should_be_is_named()
    {
        copbot.Folder.CreateSubdirectory("copbot.db");

        (await copbot.RunAsync("", "db", "migrate", "--database", copbot.Database)).Says(ExitCodes.NoDatabase, "copbot.db cannot be opened", "--database");
    }

    [Fact]
    public async Task A_place_that_takes_no_files_is_not_mistaken_for_another_copbot()
    {
        Required.Unless(Directory.Exists("/proc"), "no /proc, where nobody can create a file");
        var ran = await copbot.RunAsync("", "db", "migrate", "--database", "/proc/copbot.db");

        ran.Says(ExitCodes.NoDatabase, "/proc/copbot.db", "--database");
        Assert.DoesNotContain("another copbot", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_locked_by_another_program_is_named()
    {
        (await copbot.RunAsync("", "db", "migrate", "--database", copbot.Database)).Says(ExitCodes.Done, "copbot.db: the schema is up to date");
        await using var other = new SqliteConnection($"Data Source={copbot.Database};Pooling=false");
        await other.OpenAsync(CancellationToken.None);
        await using var transaction = await other.BeginTransactionAsync(CancellationToken.None);

        (await copbot.RunAsync("", "db", "migrate", "--database", copbot.Database)).Says(ExitCodes.NoDatabase, "copbot.db is locked by another program", "--database");
    }

    [Fact]
    public async Task A_database_from_a_newer_version_is_named_with_both_numbers()
    {
        (await copbot.RunAsync("", "db", "migrate", "--database", copbot.Database)).Says(ExitCodes.Done);
        await copbot.ExecuteAsync("insert into schema_versions (version, name, applied_at) values (9999, 'from the future', 0)");

        (await copbot.RunAsync("", "db", "migrate", "--database", copbot.Database)).Says(ExitCodes.NoDatabase, "copbot.db was written by a newer CopBot", "9999", "--database");
    }

    [Fact]
    public async Task A_read_only_file_is_named()
    {
        (await copbot.RunAsync("", "db", "migrate", "--database", copbot.Database)).Says(ExitCodes.Done);
        await copbot.ExecuteAsync("pragma journal_mode = delete");
        File.SetUnixFileMode(copbot.Database, UnixFileMode.UserRead);
        using var unprivileged = Unprivileged();

        (await unprivileged.RunProcessAsync("", "db", "migrate", "--database", copbot.Database)).Says(ExitCodes.NoDatabase, "copbot.db is read-only", "--database");
    }

    [Fact]
    public async Task A_folder_that_may_not_be_written_is_named()
    {
        var closed = copbot.Folder.CreateSubdirectory("closed");
        File.SetUnixFileMode(closed.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var unprivileged = Unprivileged();

        (await unprivileged.RunProcessAsync("", "db", "migrate", "--database", Path.Combine(closed.FullName, "copbot.db"))).Says(ExitCodes.NoDatabase, "closed/copbot.db.lock cannot be written by this user", "--database");
    }

    [Fact]
    public async Task A_disk_that_fills_up_ends_the_conversation_by_name_and_keeps_what_was_answered()
    {
        Required.Unless(File.Exists("/bin/sh"), "no shell to limit the size of files with");
        await copbot.SayAsync("ana", "share Runbooks size=medium");
        var size = new FileInfo(copbot.Database).Length;

        // No file of the process may grow far beyond what the database has: its log is full after some lines.
        using var limited = new Copbot { Before = ["/bin/sh", "-c", $"trap '' XFSZ; ulimit -f {size / 512 + 40}; exec \"$@\"", "sh"] };
        limited.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        var lines = string.Concat(Enumerable.Range(0, 200).Select(number => $"win \"story number {number * 7919} of {number * 104729}\"\n"));
        var ran = await limited.RunProcessAsync(lines, "chat", "--as", "bo", "--database", copbot.Database);
        ran.Says(ExitCodes.NoDatabase, "copbot.db", "nothing that was acknowledged is lost");

        var answered = ran.Output.Split('\n').Count(line => line.StartsWith('#'));
        await using var connection = new SqliteConnection($"Data Source={copbot.Database};Pooling=false");
        await connection.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from claims where kind = 'win'";
        Assert.InRange(Convert.ToInt32(await command.ExecuteScalarAsync(CancellationToken.None), System.Globalization.CultureInfo.InvariantCulture), answered, answered + 1);
        Assert.True(answered > 0, "nothing fitted, so nothing was proven");
        (await copbot.RunAsync("", "db", "verify", "--database", copbot.Database)).Says(ExitCodes.Done);
    }

    public void Dispose() => copbot.Dispose();

    // The superuser may write everything; without that one capability it is a user like any other.
    private static Copbot Unprivileged()
    {
        var root = System.Environment.UserName == "root";
        Required.Unless(!root || File.Exists("/usr/bin/setpriv"), "a superuser without setpriv cannot try what others may not write");
        return new Copbot { Before = root ? ["setpriv", "--bounding-set=-dac_override"] : [] };
    }
}
