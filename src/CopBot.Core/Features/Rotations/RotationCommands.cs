using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Features.Groups;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Rotations;

public sealed class RotationCommands(Work work, RotationBook book, ScheduleBook schedules, CoreTeam core, FollowingGroups groups, Audit audit, OrderedIds ids) : ICommands
{
    private const int MostSeats = 8;

    [Command("rotation create", "Set up a team whose seats change hands by themselves", Role = Role.Lead, Example = "rotation create \"Core team\" seats=2 every=2w day=monday at=09:00 roles=lead,moderator")]
    public async Task<Reply> CreateAsync(
        Caller caller,
        [Description("What it is called"), MaxLength(40)] string name,
        [Description("How many serve at a time")] int seats,
        [Description("How often it changes: 2w, monday, 15th, last friday or month"), MaxLength(40)] string every,
        [Description("The weekday, where how often does not say it"), MaxLength(20)] string? day = null,
        [Description("The time of day, such as 09:00"), MaxLength(10)] string? at = null,
        [Description("A role per seat, separated by commas"), MaxLength(200)] string? roles = null,
        [Description("The most turns of anybody within a year, while others are there")] int? limit = null,
        CancellationToken ct = default)
    {
        name = string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var named = RolesOf(seats, roles);
        var time = at is null ? new LocalTime(9, 0) : WhenText.TimeOf(at) ?? throw new Refusal($"{"at":code} is a time of day such as {"09:00":code}, not “{new UserText(at)}”. Nothing was stored.");
        var rule = CadenceText.Read(Every(every, day, caller.Community.Language), time, caller.At.InZone(caller.Community.Zone).LocalDateTime, caller.Community.Language);
        if (limit == 0)
            throw new Refusal($"{"limit":code} is at least 1 turn within a year; leave it out for no limit. Nothing was stored.");
        if (await work.Db.Set<Rotation>().AnyAsync(rotation => rotation.NameKey == RotationBook.Key(name), ct))
            throw new Refusal($"There is a rotation {new UserText(name)} already; {Line("rotation list", name):code} shows it. Nothing was changed.");

        var id = ids.Next();
        await work.Sql.ExecuteAsync(
            $"""
            insert into rotations (id, community_id, name, name_key, roles, term_limit, turn, reminded_days, created_at)
            values ({id}, {work.CommunityId}, {name}, {RotationBook.Key(name)}, {string.Join(',', named)}, {limit ?? 0}, {0}, {0}, {caller.At})
            """, ct);
        var schedule = await schedules.AddAsync(ChangeOver.Effect, name, rule, Lateness.RunOnce, ChangeOver.Within, caller.Person, id, ct);
        await audit.NoteAsync(caller, "rotation create", ct, detail: name);
        RichText words = RecurrenceText.Say(rule);
        var first = schedule.NextAt!.Value.InZone(caller.Community.Zone);
        return Reply.ToAll(new Message(
            $"Rotation {new UserText(name, caller.Person)}: {seats} {(seats == 1 ? "seat" : "seats")} ({new UserText(string.Join(", ", named), caller.Person)}), changing {words}, first on {ReasonText.Day(first.Date)}. Who joins?",
            Card.Of(new Buttons([new($"Join {name}", Line("rotation join", name))]))));
    }

    [Command("rotation remove", "Remove a rotation with everything that is kept of it", Role = Role.Lead, Example = "rotation remove \"Core team\"")]
    public async Task<Reply> RemoveAsync(
        Caller caller,
        [Description("Which rotation"), Also("name"), MaxLength(40)] string? rotation = null,
        [Description("Whether you are sure")] bool yes = false,
        CancellationToken ct = default)
    {
        var found = await book.FindAsync(rotation, "rotation remove", ct);
        if (!yes)
        {
            throw new Refusal($"This removes {new UserText(found.Name)} with its {found.Turn} past {(found.Turn == 1 ? "turn" : "turns")}, and nobody is chosen any more. Nothing was changed yet.")
            {
                Offers = [new($"Remove {found.Name}", CommandLine.Write("rotation remove", [new("rotation", found.Name), new("yes", "yes")]), Destructive: true)],
            };
        }

        await schedules.HaltAsync(await book.ScheduleOfAsync(found, ct), ScheduleState.Cancelled, ct);
        foreach (var one in (await book.ChoicesAsync(found, found.Turn, ct)).Where(one => one.MadeCore))
            await core.EndAsync(found, one.PersonId, ct);
        await work.Sql.ExecuteAsync($"delete from rotation_members where rotation_id = {found.Id}", ct);
        await work.Sql.ExecuteAsync($"delete from rotation_absences where rotation_id = {found.Id}", ct);
        await work.Sql.ExecuteAsync($"delete from rotation_turns where rotation_id = {found.Id}", ct);
        await work.Sql.ExecuteAsync($"delete from rotation_choices where rotation_id = {found.Id}", ct);
        await work.Sql.ExecuteAsync($"delete from rotation_agreements where rotation_id = {found.Id}", ct);
        await work.Sql.ExecuteAsync($"delete from rotation_notes where rotation_id = {found.Id}", ct);
        await work.Sql.ExecuteAsync($"delete from rotation_reminders where rotation_id = {found.Id}", ct);
        await work.Sql.ExecuteAsync($"delete from turn_notices where rotation_id = {found.Id}", ct);
        await work.Sql.ExecuteAsync($"delete from calendar_feeds where rotation_id = {found.Id}", ct);
        await work.Sql.ExecuteAsync($"delete from calendars where rotation_id = {found.Id}", ct);
        await work.Sql.ExecuteAsync($"delete from rotations where id = {found.Id}", ct);
        await groups.WantAsync(found.Id, found.Name, found.Turn, ct);
        await audit.NoteAsync(caller, "rotation remove", ct, detail: found.Name);
        return Reply.ToAll(new Message($"Rotation {new UserText(found.Name)} is removed."));
    }

    private static string Line(string command, string rotation) => CommandLine.Write(command, [new("rotation", rotation)]);

    private static List<string> RolesOf(int seats, string? roles)
    {
        if (seats is < 1 or > MostSeats)
            throw new Refusal($"{"seats":code} is 1 to {MostSeats}, not {seats}. Nothing was stored.");
        var named = (roles ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
        if (named.Count > seats)
            throw new Refusal($"{named.Count} roles do not fit on {seats} {(seats == 1 ? "seat" : "seats")}: a role is a seat. Nothing was stored.");
        if (named.Distinct(StringComparer.OrdinalIgnoreCase).Count() < named.Count)
            throw new Refusal($"Each role is named once; “{new UserText(roles!)}” names one twice. Nothing was stored.");

        // Seats without a role of their own are counted.
        for (var seat = named.Count + 1; seat <= seats; seat++)
            named.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"seat {seat}"));
        return named;
    }

    // every=2w day=monday and every="2w monday" are the same.
    private static string Every(string every, string? day, string language)
    {
        if (day is null)
            return every;
        if (CadenceText.WeekdayOf(day, language) is null)
            throw new Refusal($"{"day":code} is a weekday such as {"monday":code}, not “{new UserText(day)}”. Nothing was stored.");
        if (CadenceText.WeekdayOf(every, language) is not null)
            throw new Refusal($"{"every":code} names the day already, “{new UserText(every)}”; leave {"day":code} out. Nothing was stored.");
        var words = every.Trim().ToLowerInvariant() switch
        {
            "week" or "weekly" => "1w",
            "month" or "monthly" => "first",
            var other => other,
        };
        return $"{words} {day.Trim()}";
    }
}
