using CopBot.Core.Chat;
using CopBot.Core.Content;
using NodaTime;

namespace CopBot.Host;

/// <summary>The settings of an installation, checked at start: by file <c>copbot.json</c>, environment <c>CopBot__…</c>, then flag.</summary>
public sealed record BotSettings
{
    /// <summary>A SQLite file or a PostgreSQL connection string.</summary>
    public string Database { get; init; } = "copbot.db";

    /// <summary>The folder of the content pack.</summary>
    public string Content { get; init; } = PackReader.DefaultFolder;

    /// <summary>The zone of a new community.</summary>
    public string Zone { get; init; } = "Etc/UTC";

    /// <summary>Where web chat listens.</summary>
    public string Url { get; init; } = "http://localhost:5080";

    private static readonly string[] Names = [nameof(Database), nameof(Content), nameof(Zone), nameof(Url)];

    /// <summary>Reads and checks the settings; throws <see cref="WrongSetting"/> at the first that is wrong.</summary>
    public static BotSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("CopBot");
        foreach (var child in section.GetChildren())
        {
            if (!Names.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                var near = Names.MaxBy(name => Similarity.Of(name, child.Key))!;
                throw new WrongSetting($"CopBot__{child.Key} is not a setting. Did you mean CopBot__{near}?");
            }
        }

        var defaults = new BotSettings();
        return new BotSettings
        {
            Database = section[nameof(Database)] ?? defaults.Database,
            Content = section[nameof(Content)] ?? defaults.Content,
            Zone = section[nameof(Zone)] ?? defaults.Zone,
            Url = section[nameof(Url)] ?? defaults.Url,
        }.Checked();
    }

    private BotSettings Checked()
    {
        if (string.IsNullOrWhiteSpace(Database))
            throw new WrongSetting("CopBot__Database (--database) is empty. Give a file such as copbot.db, or a connection string such as Host=db;Database=copbot;Username=copbot.");
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) is null)
            throw new WrongSetting($"CopBot__Zone (--zone) is “{Zone}”, which is no time zone. Give an IANA name such as Europe/Madrid.");
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new WrongSetting($"CopBot__Url (--url) is “{Url}”, which is no web address. Give one such as http://localhost:5080.");
        return this;
    }
}

/// <summary>A setting that cannot be used: names it and a right example. The process ends with exit code 2.</summary>
public sealed class WrongSetting(string message) : Exception(message);
