namespace CopBot.Platforms.Teams.Identity;

/// <summary>
/// Which services the bot's token may go to (bots/how-to/conversations/send-proactive-messages). An activity brings its service's address along, so whoever
/// forged one could have the token sent anywhere.
/// </summary>
public sealed class ServiceAddresses(TeamsSettings settings)
{
    private const string Framework = ".botframework.com";

    private static readonly HashSet<string> Hosts = new(StringComparer.Ordinal)
    {
        "smba.trafficmanager.net",
        "smba.infra.gcc.teams.microsoft.com",
        "smba.infra.gov.teams.microsoft.us",
        "smba.infra.dod.teams.microsoft.us",
    };

    /// <summary>Whether an address is one of Microsoft's services, by HTTPS on its usual port; or one on this machine where the keys are of this machine too.</summary>
    public bool Trusts(Uri address) =>
        address is { IsAbsoluteUri: true, UserInfo.Length: 0 } && (settings.IsLocal && address.IsLoopback
            ? address.Scheme is "http" or "https"
            : address is { Scheme: "https", IsDefaultPort: true, HostNameType: UriHostNameType.Dns } && IsOurs(address.IdnHost));

    /// <summary>An address as it stands in an activity, with a slash at its end; null where the token may not go there.</summary>
    public Uri? Read(string text) =>
        text.Length is > 0 and <= 500 && text.StartsWith("http", StringComparison.OrdinalIgnoreCase) && text.Contains("://", StringComparison.Ordinal) && !text.Any(char.IsWhiteSpace) && !text.Contains('\\', StringComparison.Ordinal)
        && Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var address) && Trusts(address) && address is { Query.Length: 0, Fragment.Length: 0 } ? address : null;

    private static bool IsOurs(string host) => Hosts.Contains(host) || (host.EndsWith(Framework, StringComparison.Ordinal) && host.Length > Framework.Length);
}
