namespace CopBot.Platforms.Slack.Intake;

/// <summary>
/// The way back to whoever did something: the channel it was done in and the <c>response_url</c>, which is good for five answers within thirty minutes
/// (https://docs.slack.dev/interactivity/handling-user-interaction).
/// </summary>
public sealed record WayBack(string Channel, Uri Address)
{
    /// <summary>As an incoming line carries it; null where there is none.</summary>
    public static string? Of(string channel, string address) => address.Length > 0 ? $"{channel} {address}" : null;

    /// <summary>What a line carried; null where it is none.</summary>
    public static WayBack? Read(string? carried) =>
        carried?.Split(' ') is [var channel, var address] && Uri.TryCreate(address, UriKind.Absolute, out var uri) ? new WayBack(channel, uri) : null;
}
