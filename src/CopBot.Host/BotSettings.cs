using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Platforms.Discord;
using CopBot.Platforms.Slack;
using CopBot.Platforms.Teams;
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

    /// <summary>Where the process is reached from outside, where that is not <see cref="Url"/>: links in messages begin with it.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>What is told about Slack; off where nothing is.</summary>
    public SlackSettings Slack { get; init; } = new();

    /// <summary>What is told about Discord; off where nothing is.</summary>
    public DiscordSettings Discord { get; init; } = new();

    /// <summary>What is told about Teams; off where nothing is.</summary>
    public TeamsSettings Teams { get; init; } = new();

    /// <summary>Whether no chat platform is configured: then web chat lets one choose a name, on this machine alone.</summary>
    public bool IsLocal => !Slack.IsOn && !Discord.IsOn && !Teams.IsOn;

    private static readonly string[] Names = [nameof(Database), nameof(Content), nameof(Zone), nameof(Url), nameof(PublicUrl), nameof(Slack), nameof(Discord), nameof(Teams)];
    private static readonly string[] SlackNames = [nameof(SlackSettings.BotToken), nameof(SlackSettings.AppToken), nameof(SlackSettings.SigningSecret), nameof(SlackSettings.ClientId), nameof(SlackSettings.ClientSecret), nameof(SlackSettings.ApiBase)];

    private static readonly string[] DiscordNames = [nameof(DiscordSettings.Token), nameof(DiscordSettings.ApplicationId), nameof(DiscordSettings.DevelopmentGuild), nameof(DiscordSettings.ApiBase)];

    private static readonly string[] TeamsNames =
    [
        nameof(TeamsSettings.AppId), nameof(TeamsSettings.TenantId), nameof(TeamsSettings.AppSecret), nameof(TeamsSettings.CertificatePath), nameof(TeamsSettings.ManagedIdentityClientId),
        nameof(TeamsSettings.OpenIdMetadata), nameof(TeamsSettings.TokenAddress), nameof(TeamsSettings.GraphBase), nameof(TeamsSettings.TargetedMessages),
    ];

    /// <summary>Reads and checks the settings; throws <see cref="WrongSetting"/> at the first that is wrong.</summary>
    public static BotSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("CopBot");
        var slack = section.GetSection(nameof(Slack));
        var discord = section.GetSection(nameof(Discord));
        CheckNames(section, "CopBot__", Names);
        CheckNames(slack, "CopBot__Slack__", SlackNames);
        CheckNames(discord, "CopBot__Discord__", DiscordNames);
        var teams = section.GetSection(nameof(Teams));
        CheckNames(teams, "CopBot__Teams__", TeamsNames);
        var defaults = new BotSettings();
        return new BotSettings
        {
            Database = section[nameof(Database)] ?? defaults.Database,
            Content = section[nameof(Content)] ?? defaults.Content,
            Zone = section[nameof(Zone)] ?? defaults.Zone,
            Url = section[nameof(Url)] ?? defaults.Url,
            PublicUrl = Given(section, nameof(PublicUrl)),
            Slack = new SlackSettings
            {
                BotToken = Given(slack, nameof(SlackSettings.BotToken)),
                AppToken = Given(slack, nameof(SlackSettings.AppToken)),
                SigningSecret = Given(slack, nameof(SlackSettings.SigningSecret)),
                ClientId = Given(slack, nameof(SlackSettings.ClientId)),
                ClientSecret = Given(slack, nameof(SlackSettings.ClientSecret)),
                ApiBase = AddressOf("Slack", Given(slack, nameof(SlackSettings.ApiBase))) ?? SlackSettings.Slack,
            },
            Discord = new DiscordSettings
            {
                Token = Given(discord, nameof(DiscordSettings.Token)),
                ApplicationId = Given(discord, nameof(DiscordSettings.ApplicationId)),
                DevelopmentGuild = Given(discord, nameof(DiscordSettings.DevelopmentGuild)),
                ApiBase = AddressOf("Discord", Given(discord, nameof(DiscordSettings.ApiBase))) ?? DiscordSettings.Discord,
            },
            Teams = new TeamsSettings
            {
                AppId = Given(teams, nameof(TeamsSettings.AppId)),
                TenantId = Given(teams, nameof(TeamsSettings.TenantId)),
                AppSecret = Given(teams, nameof(TeamsSettings.AppSecret)),
                CertificatePath = Given(teams, nameof(TeamsSettings.CertificatePath)),
                ManagedIdentityClientId = Given(teams, nameof(TeamsSettings.ManagedIdentityClientId)),
                OpenIdMetadata = AddressOf("Teams", Given(teams, nameof(TeamsSettings.OpenIdMetadata))?.TrimEnd('/'), nameof(TeamsSettings.OpenIdMetadata), slash: false) ?? TeamsSettings.Metadata,
                TokenAddress = AddressOf("Teams", Given(teams, nameof(TeamsSettings.TokenAddress)), nameof(TeamsSettings.TokenAddress)) ?? TeamsSettings.Entra,
                GraphBase = AddressOf("Teams", Given(teams, nameof(TeamsSettings.GraphBase)), nameof(TeamsSettings.GraphBase)) ?? TeamsSettings.Graph,
                TargetedMessages = Switch("Teams", Given(teams, nameof(TeamsSettings.TargetedMessages)), nameof(TeamsSettings.TargetedMessages)),
            },
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
        if (PublicUrl is not null && (!Uri.TryCreate(PublicUrl, UriKind.Absolute, out var outside) || outside.Scheme is not ("http" or "https")))
            throw new WrongSetting($"CopBot__PublicUrl is “{PublicUrl}”, which is no web address. Give the one under which others reach this process, such as https://copbot.example.org.");
        if ((Slack.Problem() ?? Discord.Problem() ?? Teams.Problem()) is { } problem)
            throw new WrongSetting(problem);
        return this;
    }

    private static bool Switch(string platform, string? given, string setting) => given is null ? false
        : bool.TryParse(given, out var on) ? on : throw new WrongSetting($"CopBot__{platform}__{setting} is “{given}”. Give true or false.");

    private static void CheckNames(IConfigurationSection section, string prefix, string[] names)
    {
        foreach (var child in section.GetChildren())
        {
            if (!names.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                var near = names.MaxBy(name => Similarity.Of(name, child.Key))!;
                throw new WrongSetting($"{prefix}{child.Key} is not a setting. Did you mean {prefix}{near}?");
            }
        }
    }

    // A setting that is there but empty says that something was forgotten, save where leaving it out means the same.
    private static string? Given(IConfigurationSection section, string name) => section[name] is { } value ? value.Trim() : null;

    private static Uri? AddressOf(string platform, string? address, string setting = "ApiBase", bool slash = true)
    {
        if (address is null)
            return null;
        return Uri.TryCreate(address.EndsWith('/') || !slash ? address : address + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new WrongSetting($"CopBot__{platform}__{setting} is “{address}”, which is no web address. Leave it out for {platform}, or give one on this machine such as http://127.0.0.1:8080/api/.");
    }
}

/// <summary>A setting that cannot be used: names it and a right example. The process ends with exit code 2.</summary>
public sealed class WrongSetting(string message) : Exception(message);
