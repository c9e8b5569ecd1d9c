using CopBot.Core.Chat;
using CopBot.Platforms.Teams.Manifest;
using NodaTime;

namespace CopBot.Platforms.Teams.Graph;

/// <summary>What Microsoft Graph answered (graph/errors).</summary>
/// <param name="Kind">Done, to be asked again, or refused.</param>
/// <param name="Value">What it gave; null where it gave nothing.</param>
/// <param name="Status">The HTTP status; 0 where there was none.</param>
/// <param name="Problem">What it said, for operators; never what was sent.</param>
/// <param name="RetryAfter">How long it asked to wait, where it did.</param>
public sealed record GraphAnswer<T>(SyncOutcomeKind Kind, T? Value, int Status, string? Problem = null, Duration? RetryAfter = null)
{
    public bool IsDone => Kind == SyncOutcomeKind.Done;

    /// <summary>Whether what was asked for is not there, or not any more.</summary>
    public bool IsMissing => Status is 404 or 410;

    /// <summary>Whether it is there already.</summary>
    public bool IsThere => Status == 409;

    /// <summary>Whether the app lacks a permission.</summary>
    public bool IsForbidden => Status == 403;

    /// <summary>The outcome for those who ask for the whole, with what an administrator can do about it.</summary>
    public SyncOutcome Outcome(TeamsPermission needs) => Kind switch
    {
        SyncOutcomeKind.Done => SyncOutcome.Done,
        SyncOutcomeKind.Later => new(Kind, RetryAfter, $"Microsoft Graph does not do it now ({Problem})"),
        _ when IsForbidden && TeamsPermissions.ResourceSpecific.Contains(needs) => new(Kind, Problem: $"Microsoft does not let me: {needs.Name} comes with my package, for everybody who adds me for themselves"),
        _ when IsForbidden => new(Kind, Problem: $"Microsoft does not let me: an administrator grants {needs.Name} to the app in the Entra admin center, under “API permissions”"),
        _ => new(Kind, Problem: $"Microsoft Graph refused it ({Problem})"),
    };
}
