using System.ComponentModel.DataAnnotations.Schema;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Core.Features.Claims;
using CopBot.Core.Features.League;
using CopBot.Core.Features.Linking;
using CopBot.Core.Features.People;
using CopBot.Core.Features.Squads;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace CopBot.Core.Features.MyData;

/// <summary>Everything that is held about a person and nothing about anybody else: where a row names another person too, it does not say whom.</summary>
public sealed class Holdings(Work work, Channels channels, IEnumerable<IKeepsPeople> keepers)
{
    /// <summary>A section per kind of row, each with all rows.</summary>
    public async Task<JsonObject> OfAsync(PersonId me, CancellationToken ct)
    {
        var db = work.Db;

        // Accounts that were joined left ids behind, which their entries still carry.
        var people = await db.Set<Person>().Where(person => person.Id == me || person.MergedInto == me).OrderBy(person => person.Id).ToListAsync(ct);
        var mine = people.Select(person => person.Id).ToArray();
        var subjects = mine.Select(person => person.Value).ToArray();
        var squad = people.Single(person => person.Id == me).SquadId;
        var entries = await db.Set<LedgerEntry>().Where(entry => mine.Contains(entry.PersonId) || (entry.ConfirmedBy != null && mine.Contains(entry.ConfirmedBy.Value))).OrderBy(entry => entry.Id).ToListAsync(ct);
        var claims = await db.Set<Claim>()
            .Where(claim => mine.Contains(claim.AuthorId) || claim.ConfirmedBy == me || claim.FlaggedBy == me || db.Set<Participant>().Any(participant => participant.ClaimId == claim.Id && participant.PersonId == me))
            .OrderBy(claim => claim.Number).ToListAsync(ct);
        var partIn = await db.Set<Participant>().Where(participant => participant.PersonId == me).ToListAsync(ct);
        var own = claims.Where(claim => claim.AuthorId == me || partIn.Any(participant => participant.ClaimId == claim.Id)).ToList();
        var others = claims.Except(own).ToList();
        var all = new JsonObject
        {
            ["person"] = Of(mine, people),
            ["accounts"] = Of(mine, await db.Set<Account>().Where(account => account.PersonId == me).ToListAsync(ct)),
            ["squad"] = Of(mine, await db.Set<Squad>().Where(one => one.Id == squad).ToListAsync(ct)),
            ["claims"] = Of(mine, own),
            ["takenPartIn"] = Of(mine, partIn),
            ["confirmed"] = Of(mine, others.Where(claim => claim.ConfirmedBy == me).Select(claim => new { claim.Number, claim.Kind, claim.ConfirmedBy, claim.ConfirmedAt })),
            ["flagged"] = Of(mine, others.Where(claim => claim.FlaggedBy == me).Select(claim => new { claim.Number, claim.Kind, claim.FlaggedBy, claim.FlagReason })),
            ["ledger"] = Of(mine, entries.Where(entry => mine.Contains(entry.PersonId))),
            ["entriesConfirmed"] = Of(mine, entries.Where(entry => !mine.Contains(entry.PersonId)).Select(entry => new { entry.Id, entry.At, entry.Rule, entry.ClaimId, entry.ConfirmedBy })),
            ["standings"] = Of(mine, await db.Set<Standing>().Where(standing => standing.Board == Board.People && subjects.Contains(standing.SubjectId)).OrderBy(standing => standing.Scope).ThenBy(standing => standing.Period).ToListAsync(ct)),
            ["closedStandings"] = Of(mine, await db.Set<ClosedStanding>().Where(standing => standing.Board == Board.People && subjects.Contains(standing.SubjectId)).OrderBy(standing => standing.Scope).ThenBy(standing => standing.Period).ToListAsync(ct)),
            ["schedules"] = Of(mine, await db.Set<Schedule>().Where(schedule => schedule.OwnerId == me).OrderBy(schedule => schedule.Number).ToListAsync(ct)),
            ["freezes"] = Of(mine, await db.Set<Freeze>().Where(freeze => freeze.OwnerId == me).OrderBy(freeze => freeze.Since).ToListAsync(ct)),
            ["linkCodes"] = Of(mine, await db.Set<LinkCode>().Where(code => code.PersonId == me).ToListAsync(ct)),
            ["audit"] = Of(mine, await db.Set<AuditEntry>().Where(entry => mine.Contains(entry.ActorId) || (entry.SubjectId != null && mine.Contains(entry.SubjectId.Value))).OrderBy(entry => entry.Id).ToListAsync(ct)),
            ["received"] = new JsonArray([.. await ReceivedAsync(me, ct)]),
            ["webSessions"] = Of(mine, await db.Set<WebSession>().Where(session => db.Set<Account>().Any(account => account.PersonId == me && account.UserId == session.UserId)).OrderBy(session => session.CreatedAt).ToListAsync(ct)),
            ["messages"] = new JsonArray([.. await MessagesAsync(me, ct)]),
        };
        foreach (var feature in keepers)
        {
            foreach (var (section, rows) in await feature.OfAsync(me, ct))
                all[section] = Of(mine, rows);
        }

        return all;
    }

    // When and where they spoke; what they typed is gone once it is done.
    private Task<List<JsonNode?>> ReceivedAsync(PersonId me, CancellationToken ct) =>
        work.Sql.ListAsync(
            $"""
            select i.received_at, i.platform, i.workspace, i.place, i.text from handles h
            join inbox i on i.workspace = h.workspace and i.user_id = h.platform || '/' || h.user_id
            where h.person_id = {me} order by i.id
            """,
            row => (JsonNode?)new JsonObject { ["at"] = InstantPattern.General.Format(row.Instant(0)), ["platform"] = row.Text(1), ["place"] = channels.NameOf(new Place(row.Text(1), row.Text(2), row.Text(3))), ["text"] = row.TextOrNull(4) }, ct);

    // What is still kept of what was said to them or by them.
    private Task<List<JsonNode?>> MessagesAsync(PersonId me, CancellationToken ct) =>
        work.Sql.ListAsync(
            $"""
            select o.created_at, o.platform, o.workspace, o.place, o.body from outbox o
            where o.community_id = {work.CommunityId} and o.body is not null and (o.speaker_id = {me} or exists (
                select 1 from handles h where h.person_id = {me} and h.workspace = o.workspace and (o.place = '@' || h.user_id or o.only_user = h.user_id)))
            order by o.id desc limit 200
            """,
            row => (JsonNode?)new JsonObject
            {
                ["at"] = InstantPattern.General.Format(row.Instant(0)),
                ["place"] = channels.NameOf(new Place(row.Text(1), row.Text(2), row.Text(3))),
                ["text"] = PlainText.Of(Message.FromJson(row.Text(4)).Summary, _ => "…"),
            }, ct);

    // What is worked out from the columns is no column.
    private static JsonArray Of(PersonId[] mine, IEnumerable<object> rows) =>
        [.. rows.Select(row => (JsonNode?)new JsonObject(row.GetType().GetProperties().Where(property => !property.IsDefined(typeof(NotMappedAttribute), inherit: false)).Select(property =>
            KeyValuePair.Create(JsonNamingPolicy.CamelCase.ConvertName(property.Name), ValueOf(mine, property.GetValue(row))))))];

    private static JsonNode? ValueOf(PersonId[] mine, object? value) => value switch
    {
        null => null,
        PersonId person => mine.Contains(person) ? person.ToString() : "another member",
        Instant instant => InstantPattern.General.Format(instant),
        LocalDate date => LocalDatePattern.Iso.Format(date),
        byte[] bytes => Convert.ToHexStringLower(bytes),
        bool flag => flag,
        int number => number,
        long number => number,
        decimal number => number,
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
