namespace CopBot.Platforms.Teams.Manifest;

/// <summary>One kind of news in a person's activity feed (resources/schema/manifest-schema, “activities.activityTypes”).</summary>
/// <param name="Type">Its name, which whoever sends it names too.</param>
/// <param name="Description">What it is, where one switches it off.</param>
/// <param name="Template">What stands in the feed; <c>{actor}</c> is the app itself, the other name is the one template parameter.</param>
/// <param name="Parameter">That parameter.</param>
public sealed record TeamsNotice(string Type, string Description, string Template, string Parameter);

/// <summary>The news that CopBot sends to activity feeds.</summary>
public static class TeamsNotices
{
    /// <summary>Somebody serves now.</summary>
    public static TeamsNotice Turn { get; } = new("rotationTurn", "It is your turn in a rotation", "{actor}: it is your turn, {turn}", "turn");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TeamsNotice> All { get; } = [Turn];
}
