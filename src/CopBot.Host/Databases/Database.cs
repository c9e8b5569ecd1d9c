using CopBot.Core.Storage;

namespace CopBot.Host.Databases;

/// <summary>Which database product a setting means.</summary>
public static class Database
{
    /// <summary>A PostgreSQL connection string names a host; everything else is a SQLite file.</summary>
    public static bool IsPostgres(string setting) =>
        setting.Contains("Host=", StringComparison.OrdinalIgnoreCase) || setting.Contains("Server=", StringComparison.OrdinalIgnoreCase);

    public static IDatabase Open(string setting) => IsPostgres(setting) ? new PostgresDatabase(setting) : new SqliteDatabase(setting);
}
