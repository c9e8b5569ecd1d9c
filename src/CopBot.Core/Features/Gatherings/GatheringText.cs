using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Gatherings;

/// <summary>Gatherings in words.</summary>
internal static class GatheringText
{
    public const string Mob = "mob";
    public const string Talk = "talk";
    public const string Workshop = "workshop";
    public const string Wheel = "wheel";
    public const string Meeting = "meeting";

    /// <summary>The kinds, with what they are called in a sentence.</summary>
    public static IReadOnlyDictionary<string, string> Kinds { get; } = new Dictionary<string, string>
    {
        [Mob] = "a mob session",
        [Talk] = "a talk",
        [Workshop] = "a workshop",
        [Wheel] = "a Wheel of Misfortune",
        [Meeting] = "a meeting",
    };

    /// <summary>Whether the league has an entry for what was done.</summary>
    public static bool IsLogged(Gathering one) => one.Kind is Mob or Talk or Workshop;

    /// <summary>Such as “Mob on the pager bot” (gathering 1).</summary>
    public static RichText Of(Gathering one) => $"“{one.Titled}” (gathering {one.Number})";

    /// <summary>Such as Thu 15 Jan 2026 15:00.</summary>
    public static RichText When(Gathering one, Community community) => one.BeginsAt.InZone(community.Zone).ToString("ddd d MMM uuuu HH:mm", CultureInfo.InvariantCulture);

    /// <summary>What it is, when and how long.</summary>
    public static RichText Whole(Gathering one, Community community) =>
        $"“{one.Titled}”, {Kinds[one.Kind]} on {When(one, community)} {community.Zone.Id} time, {one.Minutes} minutes";

    /// <summary>The name under which what everybody was shown is brought up to date.</summary>
    public static string ShownAs(Gathering one) => string.Create(CultureInfo.InvariantCulture, $"gathering/{one.Number}");

    public static Button Join(Gathering one) => new("Join", Line("join", one));

    public static Button Leave(Gathering one) => new("I cannot come", Line("leave", one));

    public static Button CalendarFile(Gathering one) => new("Calendar file", Line("ics", one));

    public static Button Here(Gathering one) => new("I was there", Line("here", one));

    public static Button Missed(Gathering one) => new("I missed it", Line("missed", one));

    public static Button Log(Gathering one) => new("Write the log entry", Line("log", one));

    public static string Line(string verb, Gathering one) => string.Create(CultureInfo.InvariantCulture, $"gather {verb} {one.Number}");
}
