using System.Globalization;

namespace CopBot.Benchmarks;

/// <summary>What is measured, how often, and where the files lie.</summary>
public sealed record Options
{
    private static readonly string[] All = ["full-path", "reads", "library", "start", "schedules", "slack", "discord"];

    public IReadOnlyList<string> Parts { get; private init; } = [];

    /// <summary>Databases are made here; the file system is part of what is measured.</summary>
    public string Folder { get; private init; } = Path.GetTempPath();

    /// <summary>Interleaved rounds; the median of them is reported.</summary>
    public int Rounds { get; private init; } = 5;

    /// <summary>Only this many members at the same time in the full path; all loads when not said.</summary>
    public int? Members { get; private init; }

    /// <summary>The size of the league whose boards are read.</summary>
    public int Entries { get; private init; } = 1_000_000;

    public int People { get; private init; } = 100_000;

    /// <summary>An empty database of PostgreSQL that the library is searched in; a file when none is named.</summary>
    public string? Database { get; private init; }

    /// <summary>A published host; one is published when none is named.</summary>
    public string? Published { get; private init; }

    public static bool TryRead(string[] args, out Options options)
    {
        options = new Options { Parts = args.Length == 0 || args[0] == "all" ? All : [.. All.Where(part => part == args[0])] };
        for (var index = 1; index < args.Length; index += 2)
        {
            if (index + 1 == args.Length)
                return false;
            var value = args[index + 1];
            switch (args[index])
            {
                case "--folder": options = options with { Folder = value }; break;
                case "--database": options = options with { Database = value }; break;
                case "--published": options = options with { Published = value }; break;
                case "--rounds" when Count(value, out var count): options = options with { Rounds = count }; break;
                case "--members" when Count(value, out var count): options = options with { Members = count }; break;
                case "--entries" when Count(value, out var count): options = options with { Entries = count }; break;
                case "--people" when Count(value, out var count): options = options with { People = count }; break;
                default: return false;
            }
        }

        return true;
    }

    private static bool Count(string value, out int count) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0;
}
