using CopBot.Core.Chat;
using CopBot.Core.Features.Claims;
using CopBot.Core.Features.People;

namespace CopBot.Core.Features.Backlog;

/// <summary>What was done about a gap, and by whom as far as they are shown.</summary>
public sealed class Worked(Gaps gaps, Naming naming)
{
    private const int Named = 10;

    /// <summary>The contributions that stand; null where there are none.</summary>
    /// <param name="onlyCounted">Leaves out what still waits to be confirmed.</param>
    public async Task<Fact?> OnAsync(Gap gap, bool onlyCounted, CancellationToken ct)
    {
        var all = (await gaps.ContributionsAsync(gap, ct)).Where(claim => !onlyCounted || claim.State == ClaimState.Counted).ToList();
        var said = new List<RichText>();
        foreach (var claim in all.Take(Named))
            said.Add($"#{claim.Number} “{claim.Titled}” ({new RichText([new Run.Words(claim.Kind)])} by {await naming.NameAsync(claim.AuthorId, ct)}{(claim.Waits ? ", waiting" : "")})");
        if (all.Count > Named)
            said.Add($"and {all.Count - Named} more");
        return said.Count == 0 ? null : new("Worked on it", RichText.Join(", ", said));
    }
}
