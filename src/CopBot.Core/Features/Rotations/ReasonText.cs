using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using NodaTime;

namespace CopBot.Core.Features.Rotations;

/// <summary>Reasons and dates as people read them.</summary>
internal static class ReasonText
{
    public static RichText Of(Choice choice, LocalDate from) => choice.Reason switch
    {
        Reason.FewestTurns => RichText.Of($"fewest turns ({choice.Amount})"),
        Reason.LongestIdle => RichText.Of($"idle longest, {Span(choice.Amount)}"),
        Reason.FirstTime => RichText.Of($"first time"),
        Reason.RoleBalance => RichText.Of($"least often in this role ({choice.Amount})"),
        Reason.Drawn => RichText.Of($"drawn by lot"),
        Reason.NobodyElse => RichText.Of($"nobody else is there"),
        Reason.TookOver => RichText.Of($"took over from {choice.Other!.Value:name}"),
        Reason.SeatedByLead => RichText.Of($"seated by a lead"),
        Reason.Away when from.PlusDays(choice.Amount) == Absence.NoEnd => "no longer in the chat",
        Reason.Away => RichText.Of($"away until {Day(from.PlusDays(choice.Amount))}"),
        Reason.ServedLast => RichText.Of($"served in the turn before"),
        Reason.TermLimit => RichText.Of($"at the limit: {choice.Amount} {(choice.Amount == 1 ? "turn" : "turns")} within a year"),
        Reason.MoreTurns => RichText.Of($"more turns ({choice.Amount})"),
        Reason.LessIdle => RichText.Of($"idle less long, {Span(choice.Amount)}"),
        Reason.RoleBalanceOfOthers => RichText.Of($"the roles come out even this way"),
        Reason.NotDrawn => RichText.Of($"not drawn"),
        Reason.Skipped => RichText.Of($"skips; the turn stays due"),
        Reason.HandedOver => RichText.Of($"handed over to {choice.Other!.Value:name}"),
        Reason.BesideVeteran => RichText.Of($"a first-timer sits beside somebody who has served"),
        _ => RichText.Of($"no seat was left"),
    };

    /// <summary>A stored choice as it was decided.</summary>
    public static RichText Of(RotationChoice row, LocalDate from) => Of(new Choice(row.PersonId, row.Seat, row.Reason, row.Amount, row.OtherId), from);

    public static string Day(LocalDate date) => date.ToString("ddd d MMM uuuu", CultureInfo.InvariantCulture);

    /// <summary>“bo (lead) and dee (moderator)”; those who are not shown are “someone”.</summary>
    public static RichText Names(Rotation rotation, IEnumerable<(PersonId Person, int Seat)> seated)
    {
        var parts = seated.OrderBy(one => one.Seat).Select(one => RichText.Of($"{one.Person:name} ({Role(rotation, one.Seat)})")).ToList();
        return parts.Count switch
        {
            0 => "nobody",
            1 => parts[0],
            _ => $"{RichText.Join(", ", parts[..^1])} and {parts[^1]}",
        };
    }

    /// <summary>A command for a rotation as somebody would type it.</summary>
    public static string Line(string command, Rotation rotation) =>
        rotation.Name.Contains('"', StringComparison.Ordinal) ? CommandLine.Write(command, [new("rotation", rotation.Name)]) : $"{command} \"{rotation.Name}\"";

    /// <summary>“ana, bo and cy”.</summary>
    public static RichText Plain(IEnumerable<PersonId> people) => Naming.Together(people.Select(person => RichText.Of($"{person:name}")), 0);

    public static UserText Role(Rotation rotation, int seat) => new(rotation.RoleNames[Math.Min(seat, rotation.RoleNames.Count - 1)]);

    private static RichText Span(int days) => days switch
    {
        0 => "not at all",
        1 => "1 day",
        < 14 => $"{days} days",
        _ => $"{days / 7} weeks",
    };
}
