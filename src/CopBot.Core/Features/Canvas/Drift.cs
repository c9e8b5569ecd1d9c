using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.Claims;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Canvas;

/// <summary>Holds what a community says of itself against what it logged lately. A note names its numbers.</summary>
public sealed class Drift(Work work, CanvasBook book, Pack pack)
{
    internal const int Fewest = 10;

    /// <summary>The notes on all answers; null where too little was logged to say anything.</summary>
    public async Task<IReadOnlyList<DriftNote>?> NotesAsync(LocalDate today, CancellationToken ct)
    {
        var counts = await work.Sql.ListAsync(
            $"select kind, count(*) from claims where community_id = {work.CommunityId} and state = {ClaimState.Counted} and flagged_by is null and kind <> {"kudos"} and day >= {League.Period.Lately(today)} group by kind",
            row => (Kind: row.Text(0), Count: row.Int(1)), ct);
        var all = counts.Sum(one => one.Count);
        if (all < Fewest)
            return null;

        var answers = (await book.StandingAsync(ct)).ToDictionary(answer => answer.Question.Name);
        var notes = new List<DriftNote>();
        foreach (var rule in pack.Canvas.Drift)
        {
            var found = counts.FirstOrDefault(one => one.Kind == rule.Kind).Count;
            if (found * 100 < rule.AtLeast * all && WordIn(answers[rule.Question].Text ?? "", rule.Words) is { } word)
                notes.Add(new(rule.Question, Note(rule, new UserText(word, answers[rule.Question].Stored?.AuthorId), found, all)));
        }

        return notes;
    }

    private static RichText Note(DriftRule rule, UserText word, int found, int all) =>
        found == 0
            ? RichText.Of($"{CanvasCommands.Words(rule.Question)} say “{word}”; none of the {all} entries since the last quarter began were {CanvasCommands.Words(rule.Says)}")
            : RichText.Of($"{CanvasCommands.Words(rule.Question)} say “{word}”; {(int)Math.Round(100m * found / all)} % of what was logged were {CanvasCommands.Words(rule.Says)} ({found} of {all})");

    // As it stands in the answer: “Mobbing” where the rule has “mob”.
    private static string? WordIn(string answer, IEnumerable<string> beginnings) =>
        beginnings.Select(beginning => Regex.Match(answer, $@"(?:^|\W)(?<word>{Regex.Escape(beginning)}\w*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking).Groups["word"])
            .Where(word => word.Success).OrderBy(word => word.Index).FirstOrDefault()?.Value;
}

/// <summary>That an answer and what was logged differ.</summary>
public sealed record DriftNote(string Question, RichText Says);
