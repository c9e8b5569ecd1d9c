using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Rotations;

/// <summary>Finds rotations and everything that a choice in them depends on.</summary>
public sealed class RotationBook(Work work)
{
    /// <summary>The rotation of a name, or the only one; otherwise a refusal says which there are.</summary>
    public async Task<Rotation> FindAsync(string? name, string command, CancellationToken ct)
    {
        var all = await work.Db.Set<Rotation>().OrderBy(rotation => rotation.NameKey).ToListAsync(ct);
        if (all.Count == 0)
            throw new Refusal($"There is no rotation yet. A lead makes one: {"rotation create \"Core team\" seats=2 every=2w day=monday at=09:00 roles=lead,moderator":code}. Nothing was changed.");
        if (name is null)
        {
            return all.Count == 1 ? all[0] : throw new Refusal($"Which rotation: {RichText.Join(", ", all.Select(one => RichText.Of($"{new UserText(one.Name)}")))}? Nothing was changed.")
            {
                Offers = [.. all.Take(5).Select(one => new Button(one.Name, CommandLine.Write(command, [new("rotation", one.Name)])))],
            };
        }

        if (all.FirstOrDefault(one => one.NameKey == Key(name)) is { } found)
            return found;
        var near = all.MaxBy(one => Similarity.Of(one.NameKey, Key(name)))!;
        throw Similarity.Of(near.NameKey, Key(name)) >= 60
            ? new Refusal($"There is no rotation {new UserText(name)}. Did you mean {ReasonText.Line(command, near):code}? Nothing was changed.")
            : new Refusal($"There is no rotation {new UserText(name)}; there is {RichText.Join(", ", all.Select(one => RichText.Of($"{new UserText(one.Name)}")))}. Nothing was changed.");
    }

    public Task<Rotation?> OfAsync(Guid? id, CancellationToken ct) => work.Db.Set<Rotation>().FirstOrDefaultAsync(rotation => rotation.Id == id, ct);

    public Task<Schedule> ScheduleOfAsync(Rotation rotation, CancellationToken ct) =>
        work.Db.Set<Schedule>().Where(schedule => schedule.Effect == ChangeOver.Effect && schedule.SubjectId == rotation.Id).OrderByDescending(schedule => schedule.Number).FirstAsync(ct);

    /// <summary>What the next choice depends on. Whoever left or was erased is not in it.</summary>
    public async Task<Rota> RotaAsync(Rotation rotation, CancellationToken ct)
    {
        var served = await ServedAsync(rotation, ct);
        var members = await work.Db.Set<RotationMember>().Where(member => member.RotationId == rotation.Id).ToListAsync(ct);
        var absences = await work.Db.Set<RotationAbsence>().Where(absence => absence.RotationId == rotation.Id).ToListAsync(ct);
        var left = await work.Sql.ListAsync($"select person_id from handles where community_id = {work.CommunityId} group by person_id having count(left_at) = count(*)", row => row.Person(0), ct);
        var agreements = await work.Db.Set<RotationAgreement>()
            .Where(one => one.RotationId == rotation.Id && one.Turn > rotation.Turn && one.State == AgreementState.Agreed).OrderBy(one => one.MadeAt).ThenBy(one => one.Id).ToListAsync(ct);
        var seats = rotation.RoleNames.Count;
        return new Rota
        {
            Seed = Draw.Seed(rotation.NameKey),
            Seats = seats,
            Limit = rotation.TermLimit,
            Pool = [.. members.Select(member =>
            {
                var own = served.Where(one => one.Person == member.PersonId).ToList();
                return new PoolMember
                {
                    Person = member.PersonId,
                    Served = CountsOf(own.Select(one => one.Seat), seats),
                    Credit = NumbersOf(member.Credit, seats),
                    LastTurn = member.LastTurn,
                    Turns = [.. own.Select(one => one.Turn)],
                    Throughout = member.Throughout,
                };
            })],
            Previous = [.. served.Where(one => one.Turn.Number == rotation.Turn).OrderBy(one => one.Seat).Select(one => one.Person)],

            // Whoever left every chat is away until they come back.
            Absences = [
                .. absences.Select(absence => new Absence(absence.PersonId, absence.FromDate, absence.UntilDate)),
                .. members.Where(member => left.Contains(member.PersonId)).Select(member => Absence.ForGood(member.PersonId))],
            Agreements = [.. agreements.Select(one => new Agreement(one.Turn, one.Kind, one.PersonId, one.OtherId ?? one.PersonId, one.Seat))],
        };
    }

    /// <summary>Every seat that was served, in order. A turn ends when the next begins.</summary>
    public async Task<List<(PersonId Person, int Seat, Turn Turn)>> ServedAsync(Rotation rotation, CancellationToken ct)
    {
        var turns = await work.Db.Set<RotationTurn>().Where(turn => turn.RotationId == rotation.Id).OrderBy(turn => turn.Number).ToListAsync(ct);
        var spans = turns.Select((turn, index) => new Turn(turn.Number, turn.FromDate, index + 1 < turns.Count ? turns[index + 1].FromDate : turn.FromDate)).ToDictionary(turn => turn.Number);
        var rows = await work.Db.Set<RotationChoice>().Where(choice => choice.RotationId == rotation.Id && choice.Seat != null).OrderBy(choice => choice.Turn).ToListAsync(ct);

        // A turn under way has no end yet; idle days are counted from the next change-over on, which is its end.
        return [.. rows.Select(row => (row.PersonId, row.Seat!.Value, spans[row.Turn]))];
    }

    /// <summary>The turns to come by the schedule as it stands; none while it does not run.</summary>
    public async Task<IReadOnlyList<(Turn Turn, Instant At)>> AheadAsync(Rotation rotation, int count, CancellationToken ct)
    {
        var schedule = await ScheduleOfAsync(rotation, ct);
        if (schedule.NextAt is not { } next || RecurrenceText.TryRead(schedule.Rule) is not { } rule)
            return [];
        return Ahead(rotation, rule, (await Communities.LoadAsync(work, ct)).Zone, next, count);
    }

    /// <summary>The turns from an occurrence on.</summary>
    public static IReadOnlyList<(Turn Turn, Instant At)> Ahead(Rotation rotation, Recurrence rule, DateTimeZone zone, Instant from, int count)
    {
        var times = Occurrences.After(rule, zone, from - Duration.FromMilliseconds(1)).Take(count + 1).ToList();
        return [.. times.Select((one, index) => (new Turn(rotation.Turn + 1 + index, one.Date, index + 1 < times.Count ? times[index + 1].Date : one.Date.PlusDays(1)), one.At)).Take(count)];
    }

    /// <summary>The next turns as they will be if nothing changes, with the instants at which they begin.</summary>
    public async Task<IReadOnlyList<(Decision Decision, Instant At)>> ForecastAsync(Rotation rotation, int count, CancellationToken ct)
    {
        var ahead = await AheadAsync(rotation, count + Chooser.Horizon, ct);
        var rota = await RotaAsync(rotation, ct);
        return [.. Forecast.Of(rota, [.. ahead.Select(one => one.Turn)], count).Select((decision, index) => (decision, ahead[index].At))];
    }

    public async Task<IReadOnlyList<RotationChoice>> ChoicesAsync(Rotation rotation, int turn, CancellationToken ct) =>
        await work.Db.Set<RotationChoice>().Where(choice => choice.RotationId == rotation.Id && choice.Turn == turn).OrderBy(choice => choice.Seat == null).ThenBy(choice => choice.Seat).ThenBy(choice => choice.PersonId).ToListAsync(ct);

    public static string Key(string name) => string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();

    public static string TextOf(IEnumerable<int> numbers) => string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    // A rotation may have got more seats since, or fewer.
    private static int[] NumbersOf(string text, int seats)
    {
        var numbers = text.Length == 0 ? [] : text.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return [.. Enumerable.Range(0, seats).Select(seat => seat < numbers.Length ? numbers[seat] : 0)];
    }

    private static int[] CountsOf(IEnumerable<int> served, int seats)
    {
        var counts = new int[seats];
        foreach (var seat in served)
            counts[Math.Min(seat, seats - 1)]++;
        return counts;
    }
}
