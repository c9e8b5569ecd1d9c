using System.Globalization;
using System.Security.Cryptography;
using CopBot.Core.Chat;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Experience;

/// <summary>
/// Opens surveys and counts answers. An answer is no row: it adds one to a count, so nothing that is stored belongs to whoever gave it. That they
/// answered is a mark that only the survey's secret can make; secret and marks are gone once it is closed.
/// </summary>
public sealed class Surveys(Work work, OrderedIds ids, DueSignal signal)
{
    /// <summary>How many answers it takes before any are shown; more are shown in steps of so many.</summary>
    public const int Fewest = 5;

    public const int Highest = 5;
    public const int OpenDays = 7;

    private const int SecretBytes = 32;

    /// <summary>The survey of a gathering, opened with the first who is asked. It counts from the end of the gathering: whoever is asked first leaves no trace in it.</summary>
    public async Task<Survey> OfGatheringAsync(int gathering, Instant end, CancellationToken ct) =>
        await work.Db.Set<Survey>().FirstOrDefaultAsync(survey => survey.Gathering == gathering, ct)
        ?? await OpenAsync(SurveyKind.Gathering, gathering, end, ct);

    /// <summary>The survey that an answer is for; null where there is none, or it is closed.</summary>
    public async Task<Survey?> OpenOfAsync(int? gathering, Instant now, CancellationToken ct) =>
        await work.Db.Set<Survey>()
            .Where(survey => survey.Secret != null && survey.ClosesAt > now && (gathering == null ? survey.Kind == SurveyKind.Quarter : survey.Gathering == gathering))
            .OrderByDescending(survey => survey.OpenedOn).FirstOrDefaultAsync(ct);

    public async Task<Survey> OpenAsync(SurveyKind kind, int? gathering, Instant at, CancellationToken ct)
    {
        var zone = (await Communities.LoadAsync(work, ct)).Zone;
        var survey = await AddAsync(kind, gathering, at.InZone(zone).Date, at + Duration.FromDays(OpenDays), RandomNumberGenerator.GetBytes(SecretBytes), ct);
        work.AfterCommit(signal.Set);
        return survey;
    }

    /// <summary>Counts an answer; false where this person has answered that before.</summary>
    public async Task<bool> CountAsync(Survey survey, PersonId person, Question question, int value, CancellationToken ct)
    {
        var mark = HMACSHA256.HashData(survey.Secret!, (byte[])[.. person.Value.ToByteArray(bigEndian: true), (byte)question]);
        if (await work.Sql.ExecuteAsync($"insert into survey_marks (survey_id, mark) values ({survey.Id}, {mark}) on conflict (survey_id, mark) do nothing", ct) == 0)
            return false;
        await work.Sql.ExecuteAsync($"update survey_counts set answers = answers + 1 where survey_id = {survey.Id} and question = {question} and value = {value}", ct);
        await ShowAsync(survey.Id, question, ct);
        return true;
    }

    /// <summary>
    /// Ends a survey for good. What is not shown, because fewer than five gave it, goes to the rest of its month. Its counts are written anew
    /// together, so that not even the database's own bookkeeping tells which of them came with whose message.
    /// </summary>
    public async Task CloseAsync(Survey survey, CancellationToken ct)
    {
        var rest = await RestAsync(survey, ct);
        foreach (var (question, value, answers, shown) in await CountsAsync(survey.Id, ct))
        {
            await work.Sql.ExecuteAsync($"delete from survey_counts where survey_id = {survey.Id} and question = {question} and value = {value}", ct);
            await work.Sql.ExecuteAsync($"insert into survey_counts (survey_id, question, value, answers, shown) values ({survey.Id}, {question}, {value}, {shown}, {shown})", ct);
            await work.Sql.ExecuteAsync($"update survey_counts set answers = answers + {answers - shown} where survey_id = {rest} and question = {question} and value = {value}", ct);
        }

        await ShowAsync(rest, Question.Expected, ct);
        await ShowAsync(rest, Question.Experienced, ct);
        await work.Sql.ExecuteAsync($"delete from survey_marks where survey_id = {survey.Id}", ct);
        await work.Sql.ExecuteAsync($"delete from survey_invitations where survey_id = {survey.Id}", ct);
        await work.Sql.ExecuteAsync($"update surveys set secret = null where id = {survey.Id}", ct);
        work.ScrubAfterCommit();
    }

    /// <summary>The questions with a button for each answer. Every reader gets the same.</summary>
    public static IEnumerable<Block> Questions(int? gathering)
    {
        var about = gathering is null ? "" : string.Create(CultureInfo.InvariantCulture, $"gathering={gathering} ");
        yield return new Paragraph($"What did you expect? From 1, little, to {Highest}, much.");
        yield return ButtonsOf("expected");
        yield return new Paragraph($"How was it? From 1, poor, to {Highest}, great.");
        yield return ButtonsOf("experienced");
        yield return new Note($"Anonymous: your answer only adds one to a count. So that nobody answers twice, a mark is kept that does not name you; it and the secret that made it are destroyed after {OpenDays} days. Means are shown from {Fewest} answers on: {$"experience show {about}".TrimEnd():code}.");

        Buttons ButtonsOf(string question) => new([.. Enumerable.Range(1, Highest).Select(value => new Button($"{value}", string.Create(CultureInfo.InvariantCulture, $"experience answer {about}{question}={value}")))]);
    }

    /// <summary>How often each number was given, and how much of that may be seen.</summary>
    public Task<List<(Question Question, int Value, int Answers, int Shown)>> CountsAsync(Guid survey, CancellationToken ct) =>
        work.Sql.ListAsync(
            $"select question, value, answers, shown from survey_counts where survey_id = {survey} order by question, value",
            row => ((Question)row.Int(0), row.Int(1), row.Int(2), row.Int(3)), ct);

    // In steps, so that nobody learns an answer by looking before and after it.
    private async Task ShowAsync(Guid survey, Question question, CancellationToken ct)
    {
        var hidden = await work.Sql.ScalarAsync<int>($"select coalesce(sum(answers - shown), 0) from survey_counts where survey_id = {survey} and question = {question}", ct);
        if (hidden >= Fewest)
            await work.Sql.ExecuteAsync($"update survey_counts set shown = answers where survey_id = {survey} and question = {question}", ct);
    }

    private async Task<Guid> RestAsync(Survey survey, CancellationToken ct)
    {
        var month = new LocalDate(survey.OpenedOn.Year, survey.OpenedOn.Month, 1);
        return (await work.Db.Set<Survey>().FirstOrDefaultAsync(one => one.Kind == SurveyKind.Rest && one.OpenedOn == month, ct)
            ?? await AddAsync(SurveyKind.Rest, null, month, null, null, ct)).Id;
    }

    private async Task<Survey> AddAsync(SurveyKind kind, int? gathering, LocalDate day, Instant? closes, byte[]? secret, CancellationToken ct)
    {
        var survey = new Survey { Id = ids.Next(), CommunityId = work.CommunityId, Kind = kind, Gathering = gathering, OpenedOn = day, ClosesAt = closes, Secret = secret };
        await work.Sql.ExecuteAsync(
            $"insert into surveys (id, community_id, kind, gathering, opened_on, closes_at, secret) values ({survey.Id}, {work.CommunityId}, {kind}, {gathering}, {day}, {closes}, {secret})", ct);
        foreach (var question in Enum.GetValues<Question>())
        {
            for (var value = 1; value <= Highest; value++)
                await work.Sql.ExecuteAsync($"insert into survey_counts (survey_id, question, value, answers, shown) values ({survey.Id}, {question}, {value}, {0}, {0})", ct);
        }

        return survey;
    }
}
