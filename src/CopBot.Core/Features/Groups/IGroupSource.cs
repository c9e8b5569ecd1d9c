using CopBot.Core.Chat;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.Groups;

/// <summary>Something that groups of the chat products follow: the rotations, the titles of the season.</summary>
public interface IGroupSource
{
    /// <summary>Whether people call the group to reach those in it; else it only shows.</summary>
    bool IsCalled => true;

    /// <summary>Notes which groups are to change, where that is not noted with the change itself.</summary>
    Task WantAsync(Work work, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Who is to be in a group, by their accounts on its platform; null where it is not, or no longer, a group of this source.</summary>
    Task<IReadOnlyList<Handle>?> MembersAsync(Work work, GroupSync group, CancellationToken ct);
}
