namespace CopBot.Platforms.Teams.Manifest;

/// <summary>One permission that the app asks for where it is installed (graph/permissions-reference, “Resource-specific consent”).</summary>
/// <param name="Name">As Microsoft calls it.</param>
/// <param name="Reason">What the bot does with it, for the people who install it.</param>
/// <param name="Without">What does not work where it was not given.</param>
public sealed record TeamsPermission(string Name, string Reason, string Without);

/// <summary>
/// What the package asks for, all of it and no more: whoever installs the app consents for that team or for themselves alone. What concerns the whole
/// organisation, as tags and calendars do, an administrator grants apart from the package, and the game goes on without it.
/// </summary>
public static class TeamsPermissions
{
    /// <summary>All of them, in the order in which they are shown.</summary>
    public static IReadOnlyList<TeamsPermission> ResourceSpecific { get; } =
    [
        new("TeamMember.Read.Group", "Know who is in the team it was added to, and by which name.", "people are known once they have spoken to it, and its tag cannot be checked against the team"),
        new("TeamsActivity.Send.User", "Tell a person in their activity feed that it is their turn, or that something waits for them.", "such news comes as a message in their conversation with it alone"),
    ];
}
