namespace CopBot.Core.Chat;

/// <summary>Who is who: the seam by which the chat language finds people without knowing how they are kept.</summary>
public interface IDirectory
{
    /// <summary>The person behind an account; null when the account never spoke to the bot.</summary>
    Task<Known?> FindAsync(Incoming said, CancellationToken ct);

    /// <summary>Takes a newcomer in and queues their private welcome.</summary>
    Task<Known> JoinAsync(Incoming said, CancellationToken ct);

    /// <summary>Notes a new name or a new way to reach the account.</summary>
    Task UpdateAsync(Incoming said, CancellationToken ct);

    /// <summary>The person whom a mention such as <c>@bo</c> means, seen from the caller's account; null when nobody is known by it.</summary>
    Task<PersonId?> MentionedAsync(string mention, Caller caller, CancellationToken ct);

    /// <summary>The person whom a mention means, noted down as invited when they never spoke; null where it names no account.</summary>
    Task<PersonId?> InvitedAsync(string mention, Caller caller, CancellationToken ct);

    /// <summary>The accounts by which the readers of a place may address people, where they may know them.</summary>
    Task<Func<PersonId, string?>> AccountsAsync(IReadOnlyCollection<PersonId> people, Place place, CancellationToken ct);

    /// <summary>The accounts in the workspace of a place that everybody may know, those that were seen last first.</summary>
    Task<IReadOnlyList<string>> KnownAccountsAsync(Place place, int most, CancellationToken ct);

    /// <summary>Notes that an account is no more, or is back. It changes nothing for those who never spoke.</summary>
    Task SetLeftAsync(Handle account, bool left, CancellationToken ct);

    /// <summary>The names of people as the readers of a place may see them; <paramref name="only"/> is the single reader's user id.</summary>
    Task<Func<PersonId, string>> NamesAsync(IReadOnlyCollection<PersonId> people, Place place, string? only, CancellationToken ct);
}

/// <summary>A person who is known: what the runner needs of them.</summary>
/// <param name="Shown">Whether public outputs may show them.</param>
/// <param name="LooksOn">Whether they chose to look on without taking part.</param>
/// <param name="Current">Whether the account's name and way to reach it are as noted.</param>
public sealed record Known(PersonId Person, Role Role, bool Shown, bool LooksOn, bool Current);
