using FsCheck;
using FsCheck.Fluent;

namespace CopBot.Tests.Core.Properties;

/// <summary>
/// What a few people do over some days, as the lines of a rehearsal. Beside those, <c>^2</c> is the number of the second latest claim,
/// <c>link ana bo</c> joins two accounts, and <c>again ^3</c> delivers the third latest event once more.
/// </summary>
public sealed record LeagueScript(IReadOnlyList<string> Lines)
{
    private static readonly string[] Everybody = ["ana", "bo", "cy", "dee", "eve", "fay"];
    private static readonly string[] Squads = ["Blue", "Green"];
    private static readonly string[] Words = ["runbook", "canary", "pager", "budget", "retry", "queue", "restore", "trace", "deploy", "alert", "quota", "shard"];

    /// <summary>Something of everything, valid and not.</summary>
    public static Arbitrary<LeagueScript> OfEverything { get; } = Of(35, people => Gen.Frequency(
        (20, Share(people)), (8, Mob(people)), (20, Kudos(people)), (10, Use(people)), (20, Confirm(people)), (22, TakeBack(people)),
        (10, Experiment(people)), (4, Outcome(people)), (6, Story(people)), (18, Privacy(people)), (10, Squad(people)), (26, Clock), (4, Link(people)),
        (1, Forget(people)), (3, Role(people)), (6, Look(people)), (6, Nonsense(people)), (4, Again)));

    /// <summary>Much that earns on few days, so that the caps are reached.</summary>
    public static Arbitrary<LeagueScript> ThatReachesCaps { get; } = Of(50, people => Gen.Frequency(
        (20, Share(people)), (8, Kudos(people)), (8, Use(people)), (10, Confirm(people)), (16, TakeBack(people)), (3, Privacy(people)), (3, Clock), (4, Link(people)), (3, Again)));

    /// <summary>People who try to earn from themselves: by their own word, by a second account, by a friend who turns out to be one.</summary>
    public static Arbitrary<LeagueScript> ThatCheats { get; } = Of(40, people => Gen.Frequency(
        (10, Share(people)), (10, Kudos(people)), (14, Use(people)), (30, Confirm(people)), (8, TakeBack(people)), (10, Experiment(people)), (4, Outcome(people)), (3, Clock), (16, Link(people)), (4, Again)));

    public override string ToString() => Environment.NewLine + string.Join(Environment.NewLine, Lines);

    // Of every hundred steps so many are scenes in which several people act together; the others are single lines by anybody.
    private static Arbitrary<LeagueScript> Of(int scenes, Func<string[], Gen<string>> line) => Arb.From(
        from count in Gen.Choose(3, Everybody.Length)
        from joining in Gen.Choose(2, count)
        from length in Gen.Choose(18, 34)
        from steps in Gen.Frequency((scenes, Scene(Everybody[..count])), (100 - scenes, line(Everybody[..count]).Select(one => new[] { one }))).ListOf(length)
        select new LeagueScript([.. Everybody[..joining].Select(name => $"{name}: help"), "ana: squad create Blue", "bo: squad create Green", "bo: squad join Blue", "ana: squad join Green", $"{Everybody[joining - 1]} (private): privacy hidden", .. steps.SelectMany(step => step)]),
        Shorter);

    private static Gen<string[]> Scene(string[] people) =>
        from cast in Gen.Shuffle(people)
        from title in Title
        from size in Gen.Elements("large", "huge", "huge", "medium")
        from format in Gen.Elements("talk", "code", "demo")
        from scene in Gen.Elements<string[]>(
            [$"{cast[0]}: share \"{title}\" size={size} format={format}", $"{cast[1]}: confirm ^1", $"{cast[2]}: used ^1"],
            [$"{cast[0]}: mob \"{title}\" with=@{cast[1]},@{cast[2]}", $"{cast[0]}: confirm ^1", $"{cast[2]}: confirm ^1"],
            [$"{cast[0]}: experiment start \"{title}\" measure=\"pages a night\"", $"{cast[1]}: confirm ^1", $"{cast[0]}: experiment result ^1 disproved learned=\"it does not\" next=\"drop it\"", $"{cast[2]}: confirm ^1"],
            [$"{cast[0]}: share \"{title}\"", $"{cast[0]}: share \"{title}\"", $"{cast[1]}: confirm ^1", $"{cast[1]}: used ^2"],
            [$"{cast[0]}: kudos @{cast[1]} \"for the review\"", $"{cast[1]}: kudos @{cast[0]} \"for the thanks\"", "clock +1d", $"{cast[1]}: undo"],
            [$"{cast[0]}: experiment start \"{title}\" measure=x", $"{cast[0]}: experiment start \"{title}\" measure=x", $"{cast[1]}: confirm ^1", $"{cast[0]}: experiment result ^1 proven learned=\"it works\" next=\"keep it\"", $"{cast[2]}: confirm ^1"])
        select scene;

    // Half of it, then without each single line.
    private static IEnumerable<LeagueScript> Shorter(LeagueScript script)
    {
        var lines = script.Lines;
        foreach (var part in (int[])[lines.Count / 2, lines.Count / 4, lines.Count / 8])
        {
            for (var from = 0; part > 1 && from < lines.Count; from += part)
                yield return new LeagueScript([.. lines.Take(from), .. lines.Skip(from + part)]);
        }

        for (var without = 0; without < lines.Count; without++)
            yield return new LeagueScript([.. lines.Take(without), .. lines.Skip(without + 1)]);
    }

    private static Gen<string> Share(string[] people) =>
        from who in Gen.Elements(people)
        from title in Title
        from size in Gen.Elements("", "", " size=small", " size=medium", " size=medium", " size=large", " size=huge", " size=gigantic")
        from format in Gen.Elements("", "", " format=talk", " format=doc", " format=post", " format=coaching", " format=code", " format=demo", " format=lab", " format=song")
        from link in Gen.Elements("", "", "", " link=https://example.org/r", " link=nowhere")
        select $"{who}: share \"{title}\"{size}{format}{link}";

    private static Gen<string> Mob(string[] people) =>
        from who in Gen.Elements(people)
        from with in Gen.SubListOf([.. people, "gil"])
        from title in Title
        from minutes in Gen.Elements("", " minutes=90", " minutes=0", " minutes=soon")
        select $"{who}: mob \"{title}\" with={string.Join(',', with.Select(name => "@" + name))}{minutes}";

    private static Gen<string> Kudos(string[] people) =>
        from who in Gen.Elements(people)
        from whom in Gen.Elements<string>([.. people, "nobody"])
        from place in Gen.Elements("", "", " (private)")
        from reason in Gen.Elements(" \"for the review\"", " for being there", "")
        select $"{who}{place}: kudos @{whom}{reason}";

    private static Gen<string> Use(string[] people) => On(people, "used {0}", "used {0} \"in our checklist\"");

    private static Gen<string> Confirm(string[] people) => On(people, "confirm {0}", "confirm {0}", "confirm {0}", "confirm {0}", "accept {0}", "decline {0}");

    private static Gen<string> TakeBack(string[] people) =>
        On(people, "undo {0}", "undo {0}", "undo", "void {0} reason=\"it was something else\"", "flag {0} \"seen before\"", "unflag {0}");

    private static Gen<string> Experiment(string[] people) =>
        Gen.OneOf(
            from who in Gen.Elements(people)
            from title in Title
            from measure in Gen.Elements("", " measure=\"rollbacks a month\"", " measure=\"pages a night\" due=2026-12-24")
            select $"{who}: experiment start \"{title}\"{measure}",
            On(people, "experiment result {0} proven learned=\"it works\" next=\"keep it\"", "experiment result {0} disproved learned=\"it does not\" next=\"drop it\"", "experiment result {0} inconclusive learned=\"hard to say\""));

    private static Gen<string> Outcome(string[] people) =>
        On(people, "outcome {0} category=speed before=40 after=12 unit=minutes", "outcome {0} category=savings before=3 after=3 unit=hosts");

    private static Gen<string> Story(string[] people) =>
        from who in Gen.Elements(people)
        from kind in Gen.Elements("win", "failure")
        from title in Title
        select $"{who}: {kind} \"{title}\"";

    private static Gen<string> Privacy(string[] people) =>
        from who in Gen.Elements(people)
        from choice in Gen.Elements("public", "alias Phoenix", "alias Otter", "hidden", "hidden", "observer", "invisible")
        select $"{who} (private): privacy {choice}";

    private static Gen<string> Squad(string[] people) =>
        from who in Gen.Elements(people)
        from squad in Gen.Elements(Squads)
        from act in Gen.Elements("squad join " + squad, "squad join " + squad, "squad leave", "squad create " + squad, "squad join Purple")
        select $"{who}: {act}";

    private static Gen<string> Link(string[] people) =>
        from two in Gen.Shuffle(people)
        select $"link {two[0]} {two[1]}";

    private static Gen<string> Forget(string[] people) => Gen.Elements(people).Select(who => $"{who} (private): forget me yes=yes");

    private static Gen<string> Role(string[] people) =>
        from who in Gen.Elements(people)
        from whom in Gen.Elements(people)
        from role in Gen.Elements("lead", "core", "member")
        select $"{who}: role @{whom} {role}";

    private static Gen<string> Look(string[] people) =>
        from who in Gen.Elements(people)
        from what in Gen.Elements("board week", "board all squads", "me", "why", "pending", "rules", "squad list", "help", "my data")
        select $"{who}: {what}";

    private static Gen<string> Nonsense(string[] people) =>
        from who in Gen.Elements(people)
        from what in Gen.Elements("shrae it", "confirm", "confirm 999", "confirm me", "share", "share \"@everyone look\"", "kudos", "undo 0", "mob \"alone\"", "experiment result 1 sideways", "link WRONGCODE", "/cop", "used -1")
        select $"{who}: {what}";

    private static Gen<string> Clock => Gen.Elements("clock +90m", "clock +5h", "clock +1d", "clock +1d", "clock +3d", "clock +8d", "clock +15d");

    private static Gen<string> Again => Gen.Choose(1, 12).Select(back => $"again ^{back}");

    // Mostly new, at times one that was there before.
    private static Gen<string> Title =>
        from one in Gen.Elements(Words)
        from other in Gen.Elements(Words)
        from number in Gen.Choose(0, 40)
        select $"{one} {number} {other} {number * 7919 % 1000}";

    private static Gen<string> On(string[] people, params string[] commands) =>
        from who in Gen.Elements(people)
        from back in Gen.Frequency((6, Gen.Choose(1, 4)), (2, Gen.Choose(5, 12)), (1, Gen.Constant(40)))
        from command in Gen.Elements(commands)
        select $"{who}: {string.Format(System.Globalization.CultureInfo.InvariantCulture, command, "^" + back)}";
}
