namespace CopBot.PlatformTests.Teams;

/// <summary>Addresses that look like a service of Microsoft's, or lead elsewhere.</summary>
public static class HostileAddresses
{
    private static readonly string[] Hosts = ["smba.trafficmanager.net", "smba.infra.gcc.teams.microsoft.com", "smba.infra.gov.teams.microsoft.us", "europe.botframework.com"];

    /// <summary>Those that the token may go to.</summary>
    public static IReadOnlyList<string> Microsofts => [.. Hosts.Select(host => $"https://{host}/amer/"), "https://smba.trafficmanager.net/teams"];

    /// <summary>More than two hundred that it must not go to.</summary>
    /// <param name="trap">A server that notes who comes.</param>
    public static IEnumerable<string> All(Uri trap)
    {
        var evil = trap.Authority;
        foreach (var host in Hosts)
        {
            // Every host below botframework.com is Microsoft's.
            foreach (var address in Around(host, evil).Where(address => address != "https://evil-europe.botframework.com/"))
                yield return address;
        }

        foreach (var address in (string[])[
            "", " ", "https://", "https:///amer/", "//smba.trafficmanager.net/", "/amer/", "smba.trafficmanager.net", "javascript:alert(1)", "file:///etc/passwd", "ftp://smba.trafficmanager.net/", "data:text/plain,x", "https://botframework.com.evil.example/",
            "https://botframework.com/", "https://.botframework.com/", "https://evilbotframework.com/", "https://evil.trafficmanager.net/", "https://trafficmanager.net/", "https://169.254.169.254/latest/", "https://10.0.0.1/", "https://[::ffff:10.0.0.1]/", "https://0x7f000001.example/",
            "https://2130706433.example/", "https://metadata.google.internal/", "https://evil.example/smba.trafficmanager.net/", "https://evil.example/?smba.trafficmanager.net", "https://evil.example/#smba.trafficmanager.net", "https://teams.microsoft.com/", "https://graph.microsoft.com/", "https://login.microsoftonline.com/", "https://login.botframework.com.evil.example/"])
            yield return address;
    }

    private static IEnumerable<string> Around(string host, string evil) =>
    [
        $"http://{host}/amer/", $"https://{host}:8443/amer/", $"https://{host}:80/", $"https://user@{host}/amer/", $"https://user:password@{host}/", $"https://{host}@evil.example/", $"https://{host}:x@evil.example/", $"https://{host}.evil.example/", $"https://{host}.evil/",
        $"https://evil-{host}/", $"https://evil{host}.example/", $"https://evil.example/{host}", $"https://evil.example#{host}", $"https://evil.example?{host}", $"https://evil.example\\@{host}/", $"https://{host}\\.evil.example/", $"https://{host}%2eevil.example/", $"https://{host}%00.evil.example/",
        $"https://{host}/amer/?next=https://evil.example", $"https://{host}/amer/#evil", $"https://{host} .evil.example/", $" https://{host}/", $"https://{host}\t/", $"https://{host}\n.evil.example/", $"https://{host.Replace("a", "а", StringComparison.Ordinal)}/", $"https://{host.Replace('.', '。')}.evil.example/", $"https://{host}../", $"wss://{host}/",
        $"https://[{host}]/", $"https://127.0.0.1.{host}.evil.example/", $"https://{host}@{evil}/", $"https://evil.example:443@{host}:8443/", $"https:\\\\{host}\\", $"https:{host}", $"//{host}/", $"HTTP://{host.ToUpperInvariant()}/", $"https://{host}:443443/", $"https://{host}:-1/", $"https://{host}:0/", $"https://*.{host}/*", $"https://{host},evil.example/", $"https://{host};evil.example/", $"https://{host}|evil.example/",
    ];
}
