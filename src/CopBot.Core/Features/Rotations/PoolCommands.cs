using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Rotations;

public sealed class PoolCommands(Work work, RotationBook book, Audit audit, Naming naming, Outbox outbox, OrderedIds ids) : ICommands
{
    [Command("rotation join", "Join a rotation: your turns come by themselves", Example = "rotation join \"Core team\"")]
    public async Task<Reply> JoinAsync(
        Caller caller,
        [Description("Which rotation"), Also("name"), MaxLength(40)] string? rotation = null,
        [Description("Whom, if not yourself; leads only")] PersonId? who = null,
        CancellationToken ct = default)
    {
        var found = await book.FindAsync(rotation, "rotation join", ct);
        var person = await WhomAsync(caller, who, "rotation join", ct);
        var rota = await book.RotaAsync(found, ct);
        if (rota.Pool.Any(member => member.Person == person))
            throw new Refusal($"{await SubjectAsync(caller, person, "are", "is", ct)} in {new UserText(found.Name)} already. Nothing was changed.");
        if (person == caller.Person && caller.LooksOn)
            throw new Refusal($"You only look on; {"privacy public":code} or {"privacy hidden":code} lets you take part. Nothing was changed.");

        var before = (await book.ServedAsync(found, ct)).Where(one => one.Person == person).ToList();
        var served = new int[rota.Seats];
        foreach (var one in before)
            served[one.Seat]++;
        var newcomer = rota.Welcome(person, served, [.. before.Select(one => one.Turn)]);
        if (found.Turn > 0)
            newcomer = newcomer with { Throughout = false };
        await work.Sql.ExecuteAsync(
            $"""
            insert into rotation_members (rotation_id, person_id, community_id, joined_at, credit, last_turn, throughout)
            values ({found.Id}, {person}, {work.CommunityId}, {caller.At}, {RotationBook.TextOf(newcomer.Credit)}, {newcomer.LastTurn}, {newcomer.Throughout})
            """, ct);
        if (person != caller.Person)
            return Reply.ToAll(new Message($"{await naming.NameAsync(person, ct)} is in {new UserText(found.Name)} now."));
        return Reply.ToAll(new Message($"{person:name} is in {new UserText(found.Name)} now: {rota.Pool.Count + 1} for {rota.Seats} {(rota.Seats == 1 ? "seat" : "seats")}."));
    }

    [Command("rotation leave", "Leave a rotation; a turn that is under way stays yours", Example = "rotation leave \"Core team\"")]
    public async Task<Reply> LeaveAsync(
        Caller caller,
        [Description("Which rotation"), Also("name"), MaxLength(40)] string? rotation = null,
        [Description("Who leaves, if not yourself; leads only")] PersonId? who = null,
        CancellationToken ct = default)
    {
        var (found, person) = await MemberAsync(caller, rotation, who, "rotation leave", ct);
        await work.Sql.ExecuteAsync($"delete from rotation_members where rotation_id = {found.Id} and person_id = {person}", ct);
        await work.Sql.ExecuteAsync($"delete from rotation_absences where rotation_id = {found.Id} and person_id = {person}", ct);
        await work.Sql.ExecuteAsync($"delete from rotation_agreements where rotation_id = {found.Id} and turn > {found.Turn} and (person_id = {person} or other_id = {person})", ct);
        RichText serving = (await book.ChoicesAsync(found, found.Turn, ct)).Any(one => one.PersonId == person && one.Seat is not null) ? " The turn that is under way goes on until the next change-over." : "";
        return new Message($"{await SubjectAsync(caller, person, "are", "is", ct)} not chosen for {new UserText(found.Name)} any more.{serving}");
    }

    [Command("rotation away", "Say when you are away: no turn is yours meanwhile, and none is owed", Example = "rotation away \"Core team\" from=2030-02-01 until=2030-02-20")]
    public async Task<Reply> AwayAsync(
        Caller caller,
        [Description("The last day away")] LocalDate until,
        [Description("The first day away; today where it is left out")] LocalDate? from = null,
        [Description("Which rotation"), Also("name"), MaxLength(40)] string? rotation = null,
        [Description("Who is away, if not yourself; leads only")] PersonId? who = null,
        CancellationToken ct = default)
    {
        var first = from ?? caller.Today;
        if (until < first)
            throw new Refusal($"{ReasonText.Day(until)} is before {ReasonText.Day(first)}. Nothing was stored.");
        if (until < caller.Today)
            throw new Refusal($"{ReasonText.Day(until)} is over; today is {ReasonText.Day(caller.Today)}. Nothing was stored.");
        var (found, person) = await MemberAsync(caller, rotation, who, "rotation away", ct);
        var before = await book.ForecastAsync(found, Forecast.Length, ct);
        await work.Sql.ExecuteAsync(
            $"insert into rotation_absences (id, community_id, rotation_id, person_id, from_date, until_date) values ({ids.Next()}, {work.CommunityId}, {found.Id}, {person}, {first}, {until})", ct);

        var rota = await book.RotaAsync(found, ct);
        var missed = before.Select(one => one.Decision.Turn).Where(turn => turn.From <= until && first < turn.Until).ToList();
        RichText turns = missed.Count == 0 ? "No turn falls into that time." : missed.Count == 1
            ? $"Turn {missed[0].Number} goes without {(person == caller.Person ? "you" : "them")}."
            : $"Turns {missed[0].Number} {(missed.Count == 2 ? "and" : "to")} {missed[^1].Number} go without {(person == caller.Person ? "you" : "them")}.";
        RichText nobody = before.Select(one => one.Decision.Turn).FirstOrDefault(turn => rota.Pool.All(member => rota.IsAway(member.Person, turn))) is { Number: > 0 } empty ? $" Everybody is away in turn {empty.Number}, so nobody will serve." : "";
        return new Message(
            $"{await SubjectAsync(caller, person, "are", "is", ct)} away from {new UserText(found.Name)} from {ReasonText.Day(first)} until {ReasonText.Day(until)}. {turns}{nobody}",
            Card.Of(person == caller.Person ? new Buttons([new("I am back", CommandLine.Write("rotation back", [new("rotation", found.Name)]))]) : null));
    }

    [Command("rotation back", "Say that you are back, or not away after all", Example = "rotation back \"Core team\"")]
    public async Task<Reply> BackAsync(
        Caller caller,
        [Description("Which rotation"), Also("name"), MaxLength(40)] string? rotation = null,
        [Description("Who is back, if not yourself; leads only")] PersonId? who = null,
        CancellationToken ct = default)
    {
        var (found, person) = await MemberAsync(caller, rotation, who, "rotation back", ct);
        var yesterday = caller.Today.PlusDays(-1);
        var ended = await work.Sql.ExecuteAsync($"delete from rotation_absences where rotation_id = {found.Id} and person_id = {person} and from_date > {yesterday}", ct)
            + await work.Sql.ExecuteAsync($"update rotation_absences set until_date = {yesterday} where rotation_id = {found.Id} and person_id = {person} and until_date > {yesterday}", ct);
        return ended == 0
            ? throw new Refusal($"{await SubjectAsync(caller, person, "are", "is", ct)} not away. Nothing was changed.")
            : new Message($"{await SubjectAsync(caller, person, "are", "is", ct)} back: turns in {new UserText(found.Name)} come as they did before.");
    }

    [Command("rotation note", "Leave a word for those who serve next", Example = "rotation note \"The retro template is in the wiki\"")]
    public async Task<Reply> NoteAsync(
        Caller caller,
        [Description("What they should know"), MaxLength(500)] string text,
        [Description("Which rotation"), Also("name"), MaxLength(40)] string? rotation = null,
        CancellationToken ct = default)
    {
        var (found, person) = await MemberAsync(caller, rotation, null, "rotation note", ct);
        await work.Sql.ExecuteAsync(
            $"insert into rotation_notes (id, community_id, rotation_id, turn, person_id, text, made_at) values ({ids.Next()}, {work.CommunityId}, {found.Id}, {found.Turn}, {person}, {text}, {caller.At})", ct);
        return new Message($"Those who come next in {new UserText(found.Name)} will read it at the change-over.");
    }

    private async Task<(Rotation Rotation, PersonId Person)> MemberAsync(Caller caller, string? rotation, PersonId? who, string command, CancellationToken ct)
    {
        var found = await book.FindAsync(rotation, command, ct);
        var person = await WhomAsync(caller, who, command, ct);
        return await work.Db.Set<RotationMember>().AnyAsync(member => member.RotationId == found.Id && member.PersonId == person, ct)
            ? (found, person)
            : throw new Refusal($"{await SubjectAsync(caller, person, "are", "is", ct)} not in {new UserText(found.Name)}; {ReasonText.Line("rotation join", found):code} changes that. Nothing was changed.");
    }

    // Members speak for themselves, leads for anybody; that is noted.
    private async Task<PersonId> WhomAsync(Caller caller, PersonId? who, string command, CancellationToken ct)
    {
        if (who is not { } person || person == caller.Person)
            return caller.Person;
        if (caller.Role < Role.Lead)
            throw new Refusal($"Only a lead may say that for somebody else. Nothing was changed.");
        await audit.NoteAsync(caller, command, ct, subject: person);

        // Nobody learns by chance what was said in their name.
        await outbox.TellAsync(person, new Message($"{caller.Person:name} said for you: {command:code}. If that is wrong, say it yourself, or ask {caller.Person:name}."), ct);
        return person;
    }

    private async Task<RichText> SubjectAsync(Caller caller, PersonId person, string are, string @is, CancellationToken ct)
    {
        var name = await naming.NameAsync(person, ct);
        RichText verb = person == caller.Person ? are : @is;
        return person == caller.Person ? RichText.Of($"You {verb}") : RichText.Of($"{name} {verb}");
    }
}
