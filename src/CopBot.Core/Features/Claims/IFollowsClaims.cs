using CopBot.Core.Chat;

namespace CopBot.Core.Features.Claims;

/// <summary>A feature that moves with what counts. It is asked in the transaction that changes a claim, while the claim counts: just after it began to, or just before it ceases to.</summary>
public interface IFollowsClaims
{
    /// <summary>What moves with it, a sentence each, for those who see the claim's receipt; none where nothing does.</summary>
    /// <param name="claim">The claim; an experiment with a result stands for that result alone, without one for all of it.</param>
    /// <param name="counts">Whether it counts from now on; else it is about to count no longer.</param>
    /// <param name="caller">Who causes it.</param>
    /// <param name="ct">Stops the work.</param>
    Task<IReadOnlyList<RichText>> MovedAsync(Claim claim, bool counts, Caller caller, CancellationToken ct);
}

/// <summary>Everything that moves with a claim, as notes below its receipt.</summary>
public sealed class Followers(IEnumerable<IFollowsClaims> features)
{
    public async Task<IReadOnlyList<Note>> NotesAsync(Claim claim, bool counts, Caller caller, CancellationToken ct)
    {
        var notes = new List<Note>();
        foreach (var feature in features)
            notes.AddRange((await feature.MovedAsync(claim, counts, caller, ct)).Select(says => new Note(says)));
        return notes;
    }
}
