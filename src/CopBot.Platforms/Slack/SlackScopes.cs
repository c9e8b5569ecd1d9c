namespace CopBot.Platforms.Slack;

/// <summary>One permission that the app asks for (https://docs.slack.dev/reference/scopes).</summary>
/// <param name="Name">As Slack calls it.</param>
/// <param name="Reason">What the bot does with it, for the people who install it.</param>
/// <param name="Without">What does not work where it was not given.</param>
public sealed record SlackScope(string Name, string Reason, string Without);

/// <summary>What the app asks for, all of it and no more. Manifest, install page, documentation and <c>copbot doctor</c> have it from here.</summary>
public static class SlackScopes
{
    /// <summary>All of them, in the order in which they are shown.</summary>
    public static IReadOnlyList<SlackScope> All { get; } =
    [
        new("commands", "Offer /cop and the shortcuts.", "nobody can type /cop or use a shortcut"),
        new("chat:write", "Say something in the channels it was invited to, and answer people.", "it cannot say anything"),
        new("app_mentions:read", "Read the messages that begin with its name.", "it does not hear who mentions it"),
        new("im:history", "Read what people write to it in their private conversation with it.", "it does not hear what is written to it in private"),
        new("im:write", "Open a private conversation with somebody it has something to tell.", "it can tell nobody anything in private"),
        new("users:read", "Know the names of people, and whether an account is a person, a bot or gone.", "people are shown by their ids, and bots may be taken for people"),
        new("channels:read", "Know the names of the public channels it was invited to.", "it does not find the public channels it is in"),
        new("groups:read", "Know the names of the private channels it was invited to.", "it does not find the private channels it is in"),
        new("channels:history", "See whether a message of its own stands in a public channel when Slack's answer was lost.", "a message may be missing or stand twice after a fault of the network"),
        new("groups:history", "The same in private channels.", "the same in private channels"),
        new("reactions:read", "Count the reactions that mean thanks, in channels it was invited to.", "reactions thank nobody"),
        new("usergroups:read", "See the user groups that follow who serves now.", "no @group follows the rotations"),
        new("usergroups:write", "Keep those user groups up to date.", "no @group follows the rotations"),
    ];

    /// <summary>The names with commas between them, as Slack's page of consent wants them.</summary>
    public static string Asked { get; } = string.Join(',', All.Select(scope => scope.Name));

    /// <summary>Those that a list of granted ones, with commas between them, lacks.</summary>
    public static IReadOnlyList<SlackScope> MissingIn(string granted)
    {
        var names = granted.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        return [.. All.Where(scope => !names.Contains(scope.Name))];
    }
}
