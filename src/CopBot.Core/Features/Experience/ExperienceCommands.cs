using System.ComponentModel;
using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Experience;

public sealed class ExperienceCommands(Work work, Surveys surveys, Experience experience, ScheduleBook schedules, Audit audit) : ICommands
{
    private const int Months = 12;

    [Command("experience answer", "Say what you expected and how it was, from 1 to 5; nobody learns that it was you", Secret = true, Example = "experience answer gathering=1 expected=4 experienced=5")]
    public async Task<Reply> AnswerAsync(
        Caller caller,
        [Description("The gathering's number; left out for the questions of the quarter")] int? gathering = null,
        [Description("What you expected, from 1 to 5")] int? expected = null,
        [Description("How it was, from 1 to 5")] int? experienced = null,
        CancellationToken ct = default)
    {
        if (expected is null && experienced is null)
            throw new Refusal($"Say what you expected, how it was, or both: {"expected=":code} and {"experienced=":code} are 1 to {Surveys.Highest}. Nothing was stored.");
        if (expected is < 1 or > Surveys.Highest || experienced is < 1 or > Surveys.Highest)
            throw new Refusal($"Answers are from 1 to {Surveys.Highest}. Nothing was stored.");
        if (await surveys.OpenOfAsync(gathering, caller.At, ct) is not { } survey)
            throw new Refusal($"Nobody is asked about that now: answers are taken for {Surveys.OpenDays} days. Nothing was stored.");
        if (gathering is { } number && !await WasThereAsync(number, caller.Person, ct))
            throw new Refusal($"Those who were at gathering {number} are asked; {string.Create(CultureInfo.InvariantCulture, $"gather here {number}"):code} says that you were. Nothing was stored.");

        var (counted, before) = (0, 0);
        foreach (var (question, value) in ((Question, int?)[])[(Question.Expected, expected), (Question.Experienced, experienced)])
        {
            if (value is { } given)
                (counted, before) = await surveys.CountAsync(survey, caller.Person, question, given, ct) ? (counted + 1, before) : (counted, before + 1);
        }

        return counted == 0
            ? throw new Refusal($"You have answered that already, and since nobody knows with what, it cannot be changed. Nothing was stored.")
            : new Message($"Thank you. It is counted, and nothing says that it was yours.{(before == 0 ? "" : " The other one you had answered before; that stays as it was.")}");
    }

    [Command("experience show", "See what people expected against how it was", ReadsOnly = true, Example = "experience show gathering=1")]
    public async Task<Reply> ShowAsync(Caller caller, [Description("The gathering's number; all of the last year when left out")] int? gathering = null, CancellationToken ct = default)
    {
        RichText what = gathering is { } number ? $"gathering {number}" : "the last twelve months";
        var month = new LocalDate(caller.Today.Year, caller.Today.Month, 1);
        var means = gathering is { } one ? await experience.OfGatheringAsync(one, ct) : await experience.SummaryAsync(month.PlusMonths(1 - Months), month.PlusMonths(1), ct);
        if (means is null)
            return new Message($"Expectation and reality, {what}: shown from {Surveys.Fewest} answers on, so far fewer than five can be shown.");

        var expected = new List<TrendPoint>();
        var experienced = new List<TrendPoint>();
        for (var ago = Months - 1; ago >= 0 && gathering is null; ago--)
        {
            var first = month.PlusMonths(-ago);
            if (await experience.SummaryAsync(first, first.PlusMonths(1), ct) is not { } then)
                continue;
            expected.Add(new(first.ToString("MMM uu", CultureInfo.InvariantCulture), Math.Round(then.Expected, 1)));
            experienced.Add(new(first.ToString("MMM uu", CultureInfo.InvariantCulture), Math.Round(then.Experienced, 1)));
        }

        return new Message(
            $"Expectation and reality, {what}: {means.Expected:0.0} expected, {means.Experienced:0.0} experienced, {GapOf(means)}.",
            Card.Of(
                new Facts([new("Expected", $"{means.Expected:0.0} of {Surveys.Highest}"), new("Experienced", $"{means.Experienced:0.0} of {Surveys.Highest}"), new("Gap", $"{means.Gap:+0.0;-0.0;0.0}"), new("Answers", $"{means.Count}, counted in steps of {Surveys.Fewest}")]),
                expected.Count > 1 ? new Trend($"Expected", expected) : null,
                expected.Count > 1 ? new Trend($"Experienced", experienced) : null));
    }

    [Command("experience quarterly", "Ask all members both questions each quarter, or stop asking", Role = Role.Lead, Example = "experience quarterly on")]
    public async Task<Reply> QuarterlyAsync(Caller caller, [Description("Whether they are asked"), OneOf("on", "off")] string ask, CancellationToken ct)
    {
        var running = await work.Db.Set<Schedule>().FirstOrDefaultAsync(schedule => schedule.Effect == Quarterly.Effect && schedule.State == ScheduleState.Active, ct);
        if (running is null == (ask == "off"))
            throw new Refusal($"The questions of the quarter are {ask} already. Nothing was changed.");
        await audit.NoteAsync(caller, "experience quarterly", ct, detail: ask);
        if (running is not null)
        {
            await schedules.HaltAsync(running, ScheduleState.Cancelled, ct);
            return new Message("Nobody is asked each quarter any more. What was answered stays.");
        }

        var schedule = await schedules.AddAsync(Quarterly.Effect, "What was expected and how it was, in January, April, July and October", Quarterly.Rule, Lateness.RunOnce, Duration.FromDays(3), caller.Person, null, ct);
        return new Message($"On the first Monday of each quarter every member is asked both questions in private, in their own hours, and answers anonymously. It is schedule {schedule.Number}; {"experience quarterly off":code} stops it.");
    }

    private static RichText GapOf(Means means) => Math.Round(means.Gap, 1) switch
    {
        > 0 and var gap => $"{gap:0.0} better than expected",
        < 0 and var gap => $"{-gap:0.0} less than expected",
        _ => "just as expected",
    };

    private async Task<bool> WasThereAsync(int gathering, PersonId person, CancellationToken ct) =>
        await work.Sql.ScalarAsync<int>(
            $"select 1 from gathering_people a join gatherings g on g.id = a.gathering_id where g.community_id = {work.CommunityId} and g.number = {gathering} and a.person_id = {person} and a.attendance = 1", ct) == 1;
}
