using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Experience;

/// <summary>What people expected against how it was, as far as it may be shown.</summary>
public sealed class Experience(Work work)
{
    /// <summary>The means of all surveys that opened within a time; null while fewer than five answers of each question may be shown.</summary>
    public async Task<Means?> SummaryAsync(LocalDate from, LocalDate until, CancellationToken ct) => Of(await work.Sql.ListAsync(
        $"""
        select c.question, c.value, sum(c.shown) from survey_counts c join surveys s on s.id = c.survey_id
        where s.community_id = {work.CommunityId} and s.opened_on >= {from} and s.opened_on < {until} group by c.question, c.value
        """,
        row => ((Question)row.Int(0), row.Int(1), row.Int(2)), ct));

    /// <summary>The means after one gathering.</summary>
    public async Task<Means?> OfGatheringAsync(int gathering, CancellationToken ct) => Of(await work.Sql.ListAsync(
        $"""
        select c.question, c.value, c.shown from survey_counts c join surveys s on s.id = c.survey_id
        where s.community_id = {work.CommunityId} and s.gathering = {gathering}
        """,
        row => ((Question)row.Int(0), row.Int(1), row.Int(2)), ct));

    private static Means? Of(List<(Question Question, int Value, int Count)> counts)
    {
        var answers = Enum.GetValues<Question>().ToDictionary(question => question, question => counts.Where(one => one.Question == question).ToList());
        var least = answers.Values.Min(one => one.Sum(count => count.Count));
        return least < Surveys.Fewest ? null : new(least, MeanOf(answers[Question.Expected]), MeanOf(answers[Question.Experienced]));
    }

    private static decimal MeanOf(List<(Question, int Value, int Count)> counts) => counts.Sum(one => (decimal)one.Value * one.Count) / counts.Sum(one => one.Count);
}

/// <summary>Mean answers from 1 to 5, and of how many people at least.</summary>
public sealed record Means(int Count, decimal Expected, decimal Experienced)
{
    /// <summary>Above 0 where it was better than expected.</summary>
    public decimal Gap => Experienced - Expected;
}
