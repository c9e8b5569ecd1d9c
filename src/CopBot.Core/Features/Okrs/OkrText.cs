using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using NodaTime;

namespace CopBot.Core.Features.Okrs;

/// <summary>Objectives and key results in words.</summary>
public sealed class OkrText(Naming naming)
{
    /// <summary>The state in one word, as people read it.</summary>
    public static string StateOf(Objective objective) => objective.State switch
    {
        ObjectiveState.Draft => "a draft",
        ObjectiveState.Active => "active",
        ObjectiveState.Achieved => "achieved",
        ObjectiveState.Missed => "missed",
        ObjectiveState.Dropped => "dropped",
        _ => "closed unanswered",
    };

    public static string ConfidenceOf(Confidence confidence) => confidence switch
    {
        Confidence.OnTrack => "on track",
        Confidence.AtRisk => "at risk",
        _ => "off track",
    };

    /// <summary>A number out of its target, such as <c>1 of 4 sessions</c>, or <c>from 10 to 30: 18 people</c> where it does not begin at nothing.</summary>
    public static string Reads(Progressing one) => one.KeyResult.Baseline == 0
        ? $"{Progressing.Say(one.Value)} of {Progressing.Say(one.KeyResult.Target)} {one.KeyResult.Unit}".TrimEnd()
        : $"{$"{Progressing.Say(one.Value)} {one.KeyResult.Unit}".TrimEnd()}, from {Progressing.Say(one.KeyResult.Baseline)} to {Progressing.Say(one.KeyResult.Target)}";

    /// <summary>Who looks after it, where they may be named.</summary>
    public async Task<RichText> OwnerAsync(Objective objective, CancellationToken ct) =>
        objective.OwnerId is { } owner ? await naming.NameAsync(owner, ct) : "nobody";

    /// <summary>A line on a key result: what it reads, its pace and how sure people are.</summary>
    public static RichText Line(Progressing one, LocalDate today, DateTimeZone zone)
    {
        var behind = one.IsReached ? ", reached" : one.IsBehind ? $", behind: an even pace would be at {Progressing.Say(Math.Round(one.Expected, 1))} by now" : "";
        var sure = one.KeyResult.Confidence is { } confidence ? $"; {ConfidenceOf(confidence)}" : "";
        var fresh = one.KeyResult switch
        {
            { Measure: not null } => "; counts itself",
            { CheckedAt: { } at } => Ago(Period.DaysBetween(at.InZone(zone).Date, today)),
            _ => "; no check-in yet",
        };
        return RichText.Of($"{new UserText(Reads(one))} ({one.Percent} %{behind}{sure}{fresh})");
    }

    private static string Ago(int days) => days switch
    {
        0 => "; checked in today",
        1 => "; checked in yesterday",
        _ => $"; checked in {days} days ago",
    };
}
