namespace CopBot.Platforms.Teams.Manifest;

/// <summary>Which app a package is for.</summary>
/// <param name="Id">The id of the app and of its bot, as the registration in Microsoft Entra gave it.</param>
/// <param name="Host">The name under which CopBot answers over HTTPS, such as <c>copbot.example.org</c>; null where the package does not say.</param>
public sealed record TeamsApp(Guid Id, string? Host = null)
{
    /// <summary>What stands in the package of the repository; nobody's id, so Teams takes no such package.</summary>
    public static TeamsApp Placeholder { get; } = new(Guid.Empty);

    /// <summary>Where the pages of the developer are that Teams shows.</summary>
    internal string Site => $"https://{Host ?? "your-host.example"}/";

    /// <summary>The host of an address as people give it, with or without <c>https://</c>; null where it is none.</summary>
    public static string? HostOf(string address) =>
        Uri.TryCreate(address.Contains("://", StringComparison.Ordinal) ? address : $"https://{address}", UriKind.Absolute, out var read)
        && read.Scheme == Uri.UriSchemeHttps && read.IsDefaultPort && read.HostNameType == UriHostNameType.Dns && read.UserInfo.Length == 0 ? read.IdnHost : null;
}
