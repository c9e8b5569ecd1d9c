namespace CopBot.Platforms.Teams.Cards;

/// <summary>
/// What Teams takes. Where no page names a limit the number is CopBot's own and says so. Texts are counted in Unicode code points, unless a line says
/// otherwise. The pages are those of learn.microsoft.com/microsoftteams/platform.
/// </summary>
public static class TeamsLimits
{
    /// <summary>
    /// The most bytes of a whole activity: 80 KB (bots/build-conversational-capability, “Message size”: about 100 KB as UTF-16 are refused with 413). They are
    /// counted as UTF-16 and as escaped JSON, whichever is more.
    /// </summary>
    public const int ActivityBytes = 80 * 1024;

    /// <summary>The most bytes of a card or a text, so that what surrounds it in the activity has room too; CopBot's own.</summary>
    public const int ContentBytes = ActivityBytes - 6 * 1024;

    /// <summary>The longest text of a message without blocks; CopBot's own.</summary>
    public const int Text = 10_000;

    /// <summary>The longest text for a notification; CopBot's own.</summary>
    public const int Summary = 500;

    /// <summary>The longest document that a card shows whole, in UTF-16 units; CopBot's own: were each escaped, it would still fit.</summary>
    public const int LongestDocument = 10_000;

    /// <summary>People whom one message mentions; CopBot's own.</summary>
    public const int Mentions = 50;

    /// <summary>The longest name within a mention; CopBot's own.</summary>
    public const int MentionName = 60;

    /// <summary>Actions that a set shows; further ones hide behind “…” (task-modules-and-cards/cards/cards-actions: “supports up to six actions”).</summary>
    public const int Actions = 6;

    /// <summary>The longest title of an action; CopBot's own.</summary>
    public const int ActionTitle = 80;

    /// <summary>The longest command line that an action carries; a longer one is left to be typed. CopBot's own.</summary>
    public const int Line = 2000;

    /// <summary>Options of one choice; CopBot's own, as a list that is longer is no choice any more.</summary>
    public const int Options = 100;

    /// <summary>People who may be refreshed by themselves (task-modules-and-cards/cards/universal-actions-for-adaptive-cards/up-to-date-views: “60 user MRIs”).</summary>
    public const int RefreshUsers = 60;

    /// <summary>The longest title of a dialog (resources/schema/manifest-schema, composeExtensions.commands.taskInfo.title).</summary>
    public const int DialogTitle = 64;

    /// <summary>The height of a dialog in pixels, at least and at most (task-modules-and-cards/task-modules/invoking-task-modules: “small” and “large” have 200 to 720).</summary>
    public const int LowestDialog = 240, HighestDialog = 720;

    /// <summary>The width of a dialog in pixels; narrow enough for one column.</summary>
    public const int DialogWidth = 520;

    /// <summary>The longest text that a person may fill in; CopBot's own.</summary>
    public const int Input = 4000;

    /// <summary>The longest label, placeholder or problem of an input; CopBot's own.</summary>
    public const int Label = 400;

    /// <summary>The longest address of a link; CopBot's own.</summary>
    public const int Url = 2000;

    /// <summary>The longest reference to a delivery; CopBot's own.</summary>
    public const int Reference = 200;
}
