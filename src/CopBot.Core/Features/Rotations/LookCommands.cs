using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Rotations;

public sealed class LookCommands(Work work, RotationBook book) : ICommands
{
    private const int MostShown = 25;

    [Command("rotation list", "See the rotations; of one, who is in it and the next twelve turns", ReadsOnly = true, Example = "rotation list")]
    public async Task<Reply> ListAsync(Caller caller, [Description("Which rotation"), Also("name"), MaxLength(40)] string? rotation = null, CancellationToken ct = default)
    {
        var all = await work.Db.Set<Rotation>().OrderBy(one => one.NameKey).ToListAsync(ct);
        if (rotation is null && all.Count > 1)
        {
            var facts = new List<Fact>();
            foreach (var one in all)
                facts.Add(new(PlainText.Visible(one.Name), await NowAsync(one, ct)));
            return new Message($"{all.Count} rotations.", Card.Of(new Facts(facts)));
        }

        var found = await book.FindAsync(rotation, "rotation list", ct);
        var members = await work.Db.Set<RotationMember>().Where(member => member.RotationId == found.Id).OrderBy(member => member.JoinedAt).Select(member => member.PersonId).ToListAsync(ct);
        if (members.Count == 0)
            throw Empty(found);

        RichText more = members.Count > MostShown ? $" and {members.Count - MostShown} more" : "";
        var today = caller.Today;
        var away = await work.Db.Set<RotationAbsence>().Where(absence => absence.RotationId == found.Id && absence.UntilDate >= today).OrderBy(absence => absence.FromDate).Take(MostShown).ToListAsync(ct);
        return new Message(
            $"{new UserText(found.Name)}: {await NowAsync(found, ct)}.",
            Card.Of(
                new Facts([
                    new($"In it ({members.Count})", RichText.Of($"{RichText.Join(", ", members.Take(MostShown).Select(person => RichText.Of($"{person:name}")))}{more}")),
                    .. away.Select(absence => new Fact("Away", RichText.Of($"{absence.PersonId:name}, {ReasonText.Day(absence.FromDate)} to {ReasonText.Day(absence.UntilDate)}"))),
                ]),
                await TurnsAsync(found, Forecast.Length, ct),
                Short(found, members.Count)));
    }

    [Command("rotation next", "See who serves next, and when", ReadsOnly = true, Example = "rotation next")]
    public async Task<Reply> NextAsync(Caller caller, [Description("Which rotation"), Also("name"), MaxLength(40)] string? rotation = null, CancellationToken ct = default)
    {
        var found = await book.FindAsync(rotation, "rotation next", ct);
        if (await book.ForecastAsync(found, 1, ct) is not [var (decision, at), ..])
            return new Message(Halted(found));
        if (decision.Choices.Count == 0)
            throw Empty(found);

        var when = at.InZone(caller.Community.Zone).ToString("ddd d MMM uuuu HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        var says = decision.Seated.Any() ? Seated(found, decision) : RichText.Of($"nobody, everybody is away");
        return new Message(
            $"Next in {new UserText(found.Name)}, from {when}: {says}.",
            Card.Of(Explained(found, decision.Choices.Select(choice => (choice.Person, choice.Seat, ReasonText.Of(choice, decision.Turn.From)))), new Note("If nothing changes.")));
    }

    [Command("rotation who", "See who serves now", ReadsOnly = true, Example = "rotation who")]
    public async Task<Reply> WhoAsync(Caller caller, [Description("Which rotation"), Also("name"), MaxLength(40)] string? rotation = null, CancellationToken ct = default)
    {
        var found = await book.FindAsync(rotation, "rotation who", ct);
        return new Message($"{new UserText(found.Name)}: {await NowAsync(found, ct)}.");
    }

    [Command("rotation why", "See why a turn has the people it has", ReadsOnly = true, Example = "rotation why")]
    public async Task<Reply> WhyAsync(
        Caller caller,
        [Description("Which rotation"), Also("name"), MaxLength(40)] string? rotation = null,
        [Description("Which turn, by its number; the one under way where it is left out")] int? turn = null,
        CancellationToken ct = default)
    {
        var found = await book.FindAsync(rotation, "rotation why", ct);
        var number = turn ?? Math.Max(1, found.Turn);
        if (number > found.Turn)
        {
            var ahead = await book.ForecastAsync(found, Forecast.Length, ct);
            if (ahead.Count > 0 && ahead[0].Decision.Choices.Count == 0)
                throw Empty(found);
            var decision = ahead.Select(one => one.Decision).FirstOrDefault(one => one.Turn.Number == number)
                ?? throw new Refusal($"Turn {number} of {new UserText(found.Name)} is not in sight; I look {Forecast.Length} turns ahead.");
            return new Message(
                $"{new UserText(found.Name)}, turn {number}, is going to begin on {ReasonText.Day(decision.Turn.From)} with {Seated(found, decision)}, if nothing changes.",
                Card.Of(Explained(found, decision.Choices.Select(choice => (choice.Person, choice.Seat, ReasonText.Of(choice, decision.Turn.From))))));
        }

        var begun = await work.Db.Set<RotationTurn>().FirstOrDefaultAsync(one => one.RotationId == found.Id && one.Number == number, ct)
            ?? throw new Refusal($"{new UserText(found.Name)} has no turn {number}; {ReasonText.Line("rotation list", found):code} shows them.");
        var rows = await book.ChoicesAsync(found, number, ct);
        var served = rows.Where(row => row.Seat is not null).Select(row => (row.PersonId, row.Seat!.Value)).ToList();
        var reasons = await work.Db.Set<RotationAgreement>().Where(one => one.RotationId == found.Id && one.Turn == number && one.Kind == AgreementKind.Override).ToListAsync(ct);
        return new Message(
            $"{new UserText(found.Name)}, turn {number}, began on {ReasonText.Day(begun.FromDate)}: {ReasonText.Names(found, served)}.",
            Card.Of(Explained(found, rows.Select(row => (row.PersonId, row.Seat, Because(row, begun.FromDate, reasons))))));
    }

    [Command("rotation balance", "See how the turns and roles are spread", ReadsOnly = true, Example = "rotation balance")]
    public async Task<Reply> BalanceAsync(Caller caller, [Description("Which rotation"), Also("name"), MaxLength(40)] string? rotation = null, CancellationToken ct = default)
    {
        var found = await book.FindAsync(rotation, "rotation balance", ct);
        var rota = await book.RotaAsync(found, ct);
        if (rota.Pool.Count == 0)
            throw Empty(found);
        if (found.Turn == 0)
            return new Message($"{new UserText(found.Name)} has had no turn yet, so nobody has served.");

        var names = found.RoleNames;
        var rows = rota.Pool.OrderByDescending(member => member.Served.Sum()).ThenBy(member => member.Person).Take(MostShown).Select(member =>
        {
            var roles = RichText.Join(", ", member.Served.Select((count, seat) => (count, seat)).Where(one => one.count > 0).Select(one => RichText.Of($"{one.count} {new UserText(names[one.seat])}")));
            var turns = member.Served.Sum() switch
            {
                0 => RichText.Of($"no turn yet"),
                1 => RichText.Of($"1 turn, {roles}"),
                var sum => RichText.Of($"{sum} turns: {roles}"),
            };
            RichText credit = member.Credit.Sum() == 0 ? "" : $"; {member.Credit.Sum()} more count for the time before or away";
            return RichText.Of($"{member.Person:name}: {turns}{credit}.");
        });
        return new Message($"{new UserText(found.Name)} after {found.Turn} {(found.Turn == 1 ? "turn" : "turns")}.", Card.Of([.. rows.Select(row => (Block)new Paragraph(row))]));
    }

    private async Task<RichText> NowAsync(Rotation rotation, CancellationToken ct)
    {
        if (rotation.Turn == 0)
        {
            return (await book.AheadAsync(rotation, 1, ct)) is [var first, ..]
                ? RichText.Of($"nobody serves yet; the first turn begins on {ReasonText.Day(first.Turn.From)}")
                : RichText.Of($"nobody serves yet, and no turn is coming");
        }

        var serving = (await book.ChoicesAsync(rotation, rotation.Turn, ct)).Where(row => row.Seat is not null).Select(row => (row.PersonId, row.Seat!.Value)).ToList();
        RichText until = (await book.AheadAsync(rotation, 1, ct)) is [var next, ..] ? $" until {ReasonText.Day(next.Turn.From)}" : " until further notice: its schedule does not run";
        return $"{ReasonText.Names(rotation, serving)}{until} (turn {rotation.Turn})";
    }

    private async Task<Block> TurnsAsync(Rotation rotation, int count, CancellationToken ct)
    {
        var ahead = await book.ForecastAsync(rotation, count, ct);
        return ahead.Count == 0
            ? new Note(Halted(rotation))
            : new Facts([.. ahead.Select(one => new Fact($"Turn {one.Decision.Turn.Number}", RichText.Of($"{ReasonText.Day(one.Decision.Turn.From)}: {Seated(rotation, one.Decision)}")))]);
    }

    private static RichText Seated(Rotation rotation, Decision decision) => ReasonText.Names(rotation, decision.Seated.Select(choice => (choice.Person, choice.Seat!.Value)));

    private static Facts Explained(Rotation rotation, IEnumerable<(PersonId Person, int? Seat, RichText Reason)> choices) =>
        new([.. choices.OrderBy(choice => choice.Seat is null).ThenBy(choice => choice.Seat).Take(MostShown).Select(choice =>
            new Fact(choice.Seat is { } seat ? PlainText.Visible(rotation.RoleNames[Math.Min(seat, rotation.RoleNames.Count - 1)]) : "rests", RichText.Of($"{choice.Person:name}, because: {choice.Reason}")))]);

    private static RichText Because(RotationChoice row, LocalDate from, List<RotationAgreement> overrides) =>
        row.Reason == Reason.SeatedByLead && overrides.LastOrDefault(one => one.PersonId == row.PersonId)?.Reason is { } said
            ? RichText.Of($"{ReasonText.Of(row, from)}: “{new UserText(said)}”")
            : ReasonText.Of(row, from);

    private static Note? Short(Rotation rotation, int people) => people >= rotation.RoleNames.Count ? null
        : new Note($"{rotation.RoleNames.Count} seats and {people} {(people == 1 ? "person" : "people")}: some seats stay empty until more join.");

    private static RichText Halted(Rotation rotation) => $"{new UserText(rotation.Name)} does not change any more: its schedule does not run. {"schedule list":code} shows it.";

    private static Refusal Empty(Rotation rotation) => new($"Nobody is in {new UserText(rotation.Name)} yet; {ReasonText.Line("rotation join", rotation):code} makes you the first.")
    {
        Offers = [new($"Join {rotation.Name}", CommandLine.Write("rotation join", [new("rotation", rotation.Name)]))],
    };
}
