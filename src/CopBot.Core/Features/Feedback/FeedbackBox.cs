using System.Security.Cryptography;
using CopBot.Core.Chat;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Feedback;

/// <summary>
/// Takes feedback without whoever gives it, and hands it over to the core team on the next working morning: numbered in random order and written
/// anew together, so that neither its time nor its place in the database tells with whose message it came.
/// </summary>
public sealed class FeedbackBox(Work work, Leads leads, Outbox outbox, DueSignal signal) : IDueWork
{
    public const int MostADay = 3;

    private const int SecretBytes = 32;
    private const string HandOver = "hand over";
    private static readonly LocalTime Morning = new(9, 0);

    /// <summary>Takes feedback; false where this person has given as much today as one may.</summary>
    public async Task<bool> TakeAsync(PersonId person, LocalDate today, string text, string? word, CancellationToken ct)
    {
        if (!await MarkAsync(person, today, ct))
            return false;
        var id = new Guid(RandomNumberGenerator.GetBytes(16));
        await work.Sql.ExecuteAsync(
            $"insert into feedback (id, community_id, day, text, word) values ({id}, {work.CommunityId}, {today}, {text}, {(word is null ? null : Suggestion.HashOf(id, word))})", ct);
        work.AfterCommit(signal.Set);
        return true;
    }

    public async Task<IReadOnlyList<Due>> UpcomingAsync(int limit, CancellationToken ct) =>
        await work.Sql.ScalarAsync<int?>($"select min(day) from feedback where community_id = {work.CommunityId} and number is null", ct) is { } day
            ? [new(MorningAfter(Dates.FromNumber(day), await Communities.LoadAsync(work, ct)), HandOver)]
            : [];

    public async Task RunAsync(Due due, Instant now, CancellationToken ct)
    {
        var community = await Communities.LoadAsync(work, ct);
        var today = now.InZone(community.Zone).Date;
        var fresh = (await work.Db.Set<Suggestion>().Where(one => one.Number == null && one.Day < today).ToListAsync(ct)).Where(one => MorningAfter(one.Day, community) <= now).ToArray();
        if (fresh.Length == 0)
            return;

        RandomNumberGenerator.Shuffle(fresh.AsSpan());
        var number = await work.Sql.ScalarAsync<int>($"select coalesce(max(number), 0) from feedback where community_id = {work.CommunityId}", ct);
        var facts = new List<Fact>();
        foreach (var one in fresh)
        {
            number++;
            await work.Sql.ExecuteAsync($"delete from feedback where id = {one.Id}", ct);
            await work.Sql.ExecuteAsync($"insert into feedback (id, community_id, number, day, text, word) values ({one.Id}, {work.CommunityId}, {number}, {one.Day}, {one.Text}, {one.Word})", ct);
            facts.Add(new($"{number}", $"{new UserText(one.Text)}"));
        }

        await work.Sql.ExecuteAsync($"delete from feedback_marks where community_id = {work.CommunityId} and day < {today}", ct);
        await work.Sql.ExecuteAsync($"delete from feedback_days where community_id = {work.CommunityId} and day < {today}", ct);
        work.ScrubAfterCommit();
        await TellAsync(facts, number, ct);
    }

    private async Task TellAsync(List<Fact> facts, int last, CancellationToken ct)
    {
        var says = new Message(
            $"{(facts.Count == 1 ? "Something is" : $"{facts.Count} things are")} in the feedback box. Nobody knows from whom.",
            Card.Of(new Facts(facts), new Note($"{$"feedback answer {last} \"…\"":code} answers it; {"share=yes":code} says question and answer to everybody.")));
        var core = await work.Sql.ListAsync(
            $"select id from people where community_id = {work.CommunityId} and role = {Role.Core} and erased_at is null and merged_into is null order by id", row => row.Person(0), ct);
        foreach (var person in (await leads.ListAsync(ct)).Concat(core))
            await outbox.TellAsync(person, says, ct);
    }

    // So many marks a day may be made for one person. They say whose they are to the day's secret alone, and both are gone the next morning.
    private async Task<bool> MarkAsync(PersonId person, LocalDate today, CancellationToken ct)
    {
        await work.Sql.ExecuteAsync(
            $"insert into feedback_days (community_id, day, secret) values ({work.CommunityId}, {today}, {RandomNumberGenerator.GetBytes(SecretBytes)}) on conflict (community_id, day) do nothing", ct);
        var secret = await work.Sql.FirstAsync($"select secret from feedback_days where community_id = {work.CommunityId} and day = {today}", row => row.BytesOrNull(0), ct);
        for (var times = 0; times < MostADay; times++)
        {
            var mark = HMACSHA256.HashData(secret!, (byte[])[.. person.Value.ToByteArray(bigEndian: true), (byte)times]);
            if (await work.Sql.ExecuteAsync($"insert into feedback_marks (community_id, day, mark) values ({work.CommunityId}, {today}, {mark}) on conflict (community_id, day, mark) do nothing", ct) == 1)
                return true;
        }

        return false;
    }

    private static Instant MorningAfter(LocalDate day, Community community) =>
        (community.Hours ?? WorkingHours.Usual).Next(community.Zone.AtLeniently(day.PlusDays(1) + Morning).ToInstant(), community.Zone);
}
