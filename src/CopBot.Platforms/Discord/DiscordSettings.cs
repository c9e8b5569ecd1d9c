using CopBot.Platforms.Discord.Messages;

namespace CopBot.Platforms.Discord;

/// <summary>What an installation is told about Discord. Without any of it there is no Discord.</summary>
public sealed record DiscordSettings
{
    /// <summary>Where Discord's API of version 10 is (docs.discord.com/developers/reference, “API Versioning”).</summary>
    public static Uri Discord { get; } = new("https://discord.com/api/v10/");

    /// <summary>The bot's token.</summary>
    public string? Token { get; init; }

    /// <summary>The application's id, a number of 17 to 20 digits; asked for when it is not given.</summary>
    public string? ApplicationId { get; init; }

    /// <summary>The one server in which the commands are registered, at once; all of them when not given.</summary>
    public string? DevelopmentGuild { get; init; }

    /// <summary>The API's address, with a slash at its end; Discord's own, or one on this machine.</summary>
    public Uri ApiBase { get; init; } = Discord;

    /// <summary>Whether any of it is set.</summary>
    public bool IsOn => (Token ?? ApplicationId ?? DevelopmentGuild) is not null;

    /// <summary>Whether an address belongs to the Discord that is spoken to, so that the token may go there.</summary>
    public bool Trusts(Uri address) => ApiBase.IsLoopback
        ? address.IsLoopback
        : address.Scheme is "https" or "wss" && (address.Host is "discord.com" or "discord.gg" || address.Host.EndsWith(".discord.gg", StringComparison.OrdinalIgnoreCase)) && address.UserInfo.Length == 0 && address.IsDefaultPort;

    // Its secret would stand in logs otherwise.
    public override string ToString() => IsOn ? "Discord is configured" : "Discord is not configured";

    /// <summary>What is wrong, naming the setting and a right example; null when all is well.</summary>
    public string? Problem()
    {
        if (!IsOn)
            return ApiBase == Discord ? null : "CopBot__Discord__Token is missing: without it CopBot__Discord__ApiBase is of no use.";
        if (Token?.StartsWith("Bot ", StringComparison.OrdinalIgnoreCase) == true)
            return "CopBot__Discord__Token begins with “Bot”: leave that word out, the token alone is wanted.";
        if (Token is null || Token.Trim().Length < 20 || Token.Any(char.IsWhiteSpace))
            return "CopBot__Discord__Token is missing, or is no token. In the developer portal it stands under “Bot”; “Reset Token” shows it once.";
        if (ApplicationId is not null && !DiscordReader.IsAccount(ApplicationId))
            return $"CopBot__Discord__ApplicationId is “{ApplicationId}”, which is no id: that is a number of 17 to 20 digits. In the developer portal it stands under “General Information”; left out, it is asked for.";
        if (DevelopmentGuild is not null && !DiscordReader.IsAccount(DevelopmentGuild))
            return $"CopBot__Discord__DevelopmentGuild is “{DevelopmentGuild}”, which is no id: with developer mode on, “Copy Server ID” in the server's menu gives it.";
        return ApiBase.IsLoopback || ApiBase == Discord ? null
            : $"CopBot__Discord__ApiBase is “{ApiBase}”. The token goes to Discord alone: leave it out, or give an address on this machine such as http://127.0.0.1:8080/api/v10/.";
    }
}
