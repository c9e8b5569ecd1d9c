namespace CopBot.Platforms.Teams.Manifest;

/// <summary>One permission of the app (graph/permissions-reference).</summary>
/// <param name="Name">As Microsoft calls it.</param>
/// <param name="Reason">What the bot does with it, for the people who decide.</param>
/// <param name="Without">What does not work where it was not given.</param>
public sealed record TeamsPermission(string Name, string Reason, string Without);

/// <summary>
/// What the app asks for, all of it and no more. The first kind is in the package: whoever installs the app consents for that team or for themselves alone. The
/// second concerns the whole organisation: an administrator grants each apart from the package, and the game goes on without it.
/// </summary>
public static class TeamsPermissions
{
    public static TeamsPermission Members { get; } = new("TeamMember.Read.Group", "Know who is in the team it was added to: a tag takes members of the team alone, and an invitation needs an address.", "it asks the team's own service, which knows the same of those in the team");

    public static TeamsPermission Feed { get; } = new("TeamsActivity.Send.User", "Tell a person in their activity feed that their turn begins.", "it stands only in the message in their chat with it");

    public static TeamsPermission Tags { get; } = new("TeamworkTag.ReadWrite.All", "Keep a tag in the team for each rotation, so that whoever mentions it reaches those who serve now. It makes its own and touches no other.", "people are mentioned one by one");

    public static TeamsPermission Calendars { get; } = new("Calendars.ReadWrite", "Put a gathering into the calendar of whoever planned it, and invite those who join. Restrict it to the community's mailboxes with “RBAC for Applications” in Exchange Online.", "each gathering has a calendar file to take");

    public static TeamsPermission Install { get; } = new("TeamsAppInstallation.ReadWriteAndConsentSelfForUser.All", "Open the chat with somebody who is named before they ever wrote to it, by adding itself for them with what the package asks for; never for one who removed it.", "people are reached alone once they have added it for themselves");

    public static TeamsPermission Catalog { get; } = new("AppCatalog.Read.All", "Find itself among the organisation's apps, which adding itself for somebody needs.", "as without the one above");

    /// <summary>Consented to with the package, in the order in which they are shown.</summary>
    public static IReadOnlyList<TeamsPermission> ResourceSpecific { get; } = [Members, Feed];

    /// <summary>Granted by an administrator of the organisation, in the order in which they are shown.</summary>
    public static IReadOnlyList<TeamsPermission> OfTenant { get; } = [Tags, Calendars, Install, Catalog];
}
