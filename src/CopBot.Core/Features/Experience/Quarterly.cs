using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Experience;

/// <summary>Asks every member on the first Monday of a quarter, each in their own hours. Whoever was invited and never came is left alone.</summary>
public sealed class Quarterly(Work work, Surveys surveys, Availability availability) : IScheduledEffect
{
    public const string Effect = "experience";

    public string Name => Effect;

    public static Recurrence Rule { get; } = new Recurrence.MonthlyOnWeekday(1, IsoDayOfWeek.Monday, new LocalTime(10, 0));

    public async Task RunAsync(Schedule schedule, Occurrence occurrence, CancellationToken ct)
    {
        if (occurrence.Date.Month % 3 != 1)
            return;
        var survey = await surveys.OpenAsync(SurveyKind.Quarter, null, occurrence.At, ct);
        var members = await work.Sql.ListAsync(
            $"select id from people where community_id = {work.CommunityId} and joined_at is not null and erased_at is null and merged_into is null", row => row.Person(0), ct);
        foreach (var member in members)
        {
            var due = await availability.NextAsync(member, occurrence.At, ct, usual: true);
            await work.Sql.ExecuteAsync($"insert into survey_invitations (survey_id, person_id, community_id, due_at) values ({survey.Id}, {member}, {work.CommunityId}, {due})", ct);
        }
    }
}
