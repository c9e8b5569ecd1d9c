using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace CopBot.Core.Features.Canvas;

/// <summary>The answers of the canvas, version by version; the pack's draft is version 0.</summary>
public sealed class CanvasBook(Work work, Pack pack)
{
    /// <summary>The nine questions with the answers that stand.</summary>
    public async Task<IReadOnlyList<StandingAnswer>> StandingAsync(CancellationToken ct)
    {
        var answers = await work.Db.Set<CanvasAnswer>().OrderBy(answer => answer.Version).ToListAsync(ct);
        return [.. pack.Canvas.Questions.Select(question => Standing(question, [.. answers.Where(answer => answer.Question == question.Name)]))];
    }

    /// <summary>A question with the answer that stands.</summary>
    public async Task<StandingAnswer> StandingAsync(string question, CancellationToken ct) => Standing(pack.Canvas[question], await VersionsAsync(question, ct));

    /// <summary>What was answered so far, oldest first, without the draft.</summary>
    public Task<List<CanvasAnswer>> VersionsAsync(string question, CancellationToken ct) =>
        work.Db.Set<CanvasAnswer>().Where(answer => answer.Question == question).OrderBy(answer => answer.Version).ToListAsync(ct);

    /// <summary>The mean and the number of the stars that a version has; null where it has none.</summary>
    public async Task<(decimal Mean, int Count)?> StarsAsync(string question, int version, CancellationToken ct)
    {
        var (sum, count) = await work.Sql.FirstAsync(
            $"select coalesce(sum(stars), 0), count(*) from canvas_ratings where community_id = {work.CommunityId} and question = {question} and version = {version}",
            row => (row.Long(0), row.Int(1)), ct);
        return count == 0 ? null : ((decimal)sum / count, count);
    }

    // Where an author was forgotten, the version before says what the community holds to.
    private static StandingAnswer Standing(CanvasQuestion question, IReadOnlyList<CanvasAnswer> versions) =>
        versions.LastOrDefault(answer => answer.Answer is not null) is { } last
            ? new(question, last.Version, versions[^1].Version, last.Answer, last)
            : new(question, 0, versions.Count == 0 ? 0 : versions[^1].Version, question.Draft, null);
}

/// <summary>A question with the answer that stands.</summary>
/// <param name="Latest">The number of the latest version, which is another where that one's author was forgotten.</param>
/// <param name="Text">Null where nobody has answered and the pack has no draft.</param>
/// <param name="Stored">Null for the draft.</param>
public sealed record StandingAnswer(CanvasQuestion Question, int Version, int Latest, string? Text, CanvasAnswer? Stored)
{
    /// <summary>The text as its author's words; the pack's draft is nobody's.</summary>
    public RichText Said => Text is null ? "nobody has answered it yet" : RichText.Of($"{new UserText(Text, Stored?.AuthorId)}");
}
