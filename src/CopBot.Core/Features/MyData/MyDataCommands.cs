using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Core.Features.Claims;
using CopBot.Core.Features.League;
using CopBot.Core.Features.Linking;
using CopBot.Core.Features.People;
using CopBot.Core.Features.Squads;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace CopBot.Core.Features.MyData;

public sealed class MyDataCommands(Work work, Erasure erasure) : ICommands
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Command("my data", "See everything that is held about you, as JSON", ReadsOnly = true)]
    public async Task<Reply> ShowAsync(Caller caller, CancellationToken ct)
    {
        var me = caller.Person;
        var db = work.Db;
        var data = new JsonObject
        {
            ["person"] = Of(await db.Set<Person>().Where(person => person.Id == me || person.MergedInto == me).ToListAsync(ct)),
            ["accounts"] = Of(await db.Set<Account>().Where(account => account.PersonId == me).ToListAsync(ct)),
            ["squad"] = Of(await db.Set<Squad>().Where(squad => db.Set<Person>().Any(person => person.Id == me && person.SquadId == squad.Id)).ToListAsync(ct)),
            ["claims"] = Of(await db.Set<Claim>().Where(claim => claim.AuthorId == me || claim.ConfirmedBy == me || claim.FlaggedBy == me || db.Set<Participant>().Any(participant => participant.ClaimId == claim.Id && participant.PersonId == me)).OrderBy(claim => claim.Number).ToListAsync(ct)),
            ["takenPartIn"] = Of(await db.Set<Participant>().Where(participant => participant.PersonId == me).ToListAsync(ct)),
            ["ledger"] = Of(await db.Set<LedgerEntry>().Where(entry => entry.PersonId == me || entry.ConfirmedBy == me).OrderBy(entry => entry.Id).ToListAsync(ct)),
            ["standings"] = Of(await db.Set<Standing>().Where(standing => standing.Board == Board.People && standing.SubjectId == me.Value).OrderBy(standing => standing.Scope).ThenBy(standing => standing.Period).ToListAsync(ct)),
            ["linkCodes"] = Of(await db.Set<LinkCode>().Where(code => code.PersonId == me).ToListAsync(ct)),
            ["webSessions"] = Of(await db.Set<WebSession>().Where(session => db.Set<Account>().Any(account => account.PersonId == me && account.UserId == session.UserId)).OrderBy(session => session.CreatedAt).ToListAsync(ct)),
            ["audit"] = Of(await db.Set<AuditEntry>().Where(entry => entry.ActorId == me || entry.SubjectId == me).OrderBy(entry => entry.Id).ToListAsync(ct)),
            ["messages"] = new JsonArray([.. await MessagesAsync(caller, ct)]),
        };
        return new Message(
            $"This is everything that is held about you. {"forget me":code} erases it.",
            Card.Of(new Document("my-data.json", "application/json", data.ToJsonString(Indented))));
    }

    [Command("forget me", "Erase everything that is held about you")]
    public async Task<Reply> ForgetAsync(Caller caller, [Description("Say yes once you are sure")] bool yes = false, CancellationToken ct = default)
    {
        if (!yes)
        {
            return new Message(
                "This erases your name, your accounts, and every word you wrote or that thanks you. The sums of squads and seasons stay, without you. It cannot be undone.",
                Card.Of(new Buttons([new("Erase everything about me", "forget me yes=yes", Destructive: true), new("Show me first", "my data")]), new Note($"Nothing is erased yet. To go on, type {"forget me yes=yes":code}.")));
        }

        var otherLeads = await work.Sql.ScalarAsync<int>(
            $"select count(*) from people where community_id = {work.CommunityId} and role = {Role.Lead} and id <> {caller.Person} and erased_at is null and merged_into is null", ct);
        var others = await work.Sql.ScalarAsync<int>(
            $"select count(*) from people where community_id = {work.CommunityId} and id <> {caller.Person} and joined_at is not null and erased_at is null and merged_into is null", ct);
        if (caller.Role == Role.Lead && otherLeads == 0 && others > 0)
            throw new Refusal($"You are the only lead. Make somebody else lead first, {"role @name lead":code}; then you can go. Nothing was erased.");

        await erasure.EraseAsync(caller.Person, caller.At, ct);
        return new Message("Everything about you is erased. If you ever speak to me again, we meet for the first time.");
    }

    // What is still kept of what was said to them or by them.
    private async Task<List<JsonNode?>> MessagesAsync(Caller caller, CancellationToken ct) =>
        await work.Sql.ListAsync(
            $"""
            select o.created_at, o.place, o.body from outbox o
            where o.community_id = {work.CommunityId} and o.body is not null and (o.speaker_id = {caller.Person} or exists (
                select 1 from handles h where h.person_id = {caller.Person} and h.workspace = o.workspace and (o.place = '@' || h.user_id or o.only_user = h.user_id)))
            order by o.id desc limit 200
            """,
            row => (JsonNode?)new JsonObject
            {
                ["at"] = InstantPattern.General.Format(row.Instant(0)),
                ["place"] = row.Text(1),
                ["text"] = PlainText.Of(Message.FromJson(row.Text(2)).Summary, _ => "…"),
            }, ct);

    private static JsonArray Of<T>(IEnumerable<T> rows)
        where T : class
    {
        var properties = typeof(T).GetProperties().Where(property => property.CanWrite).ToList();
        return [.. rows.Select(row => (JsonNode?)new JsonObject(properties.Select(property =>
            KeyValuePair.Create(JsonNamingPolicy.CamelCase.ConvertName(property.Name), ValueOf(property.GetValue(row))))))];
    }

    private static JsonNode? ValueOf(object? value) => value switch
    {
        null => null,
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
