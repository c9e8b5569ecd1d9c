using Xunit;

namespace CopBot.Tests.Core.Content;

/// <summary>The default points policy with one mistake made in it.</summary>
/// <param name="Name">What the mistake is.</param>
/// <param name="From">A piece of the default text …</param>
/// <param name="To">… and what is written in its place.</param>
/// <param name="At">A piece of the line that the problem must name; where there is none, it is the file's first.</param>
/// <param name="Words">What the problem must say.</param>
/// <param name="EditorSees">Whether the JSON schema shows it too while the file is being written.</param>
public sealed record BrokenPoints(string Name, string From, string To, string? At, string[] Words, bool EditorSees = true)
{
    private const string Sizes =
        """
        sizes:
          small: A link, a tip, a page that helped you
          medium: A walk-through, a talk in the team, a runbook others can follow
          large: A workshop, a reusable tool, a series that took days
          huge: Something the whole community builds on for months

        """;

    private static readonly string Long = new('x', 301);

    private static readonly BrokenPoints[] Mistakes =
    [
        // Keys
        new("a mistyped key", "    points: { story: 8 }\n\n  failure", "    poinst: { story: 8 }\n\n  failure", "poinst", ["`poinst` is not known here; did you mean `points`?"]),
        new("a mistyped key of the file", "undo-hours:", "undo_hours:", "undo_hours", ["`undo_hours` is not known here; did you mean `undo-hours`?"]),
        new("a key nobody knows", "version: 1", "version: 1\nbonus: 3", "bonus", ["`bonus` is not known here; the file has version, waiting, undo-hours"]),
        new("a mistyped part", "participant: 10", "participants: 10", "participants", ["`participants` is not known here; did you mean `participant`?"]),
        new("a part that the kind does not have", "{ result: 15 }", "{ result: 15, extra-page: 1 }", "extra-page", ["`extra-page` is not known here; `points` of `experiment-result` has result"]),
        new("a key of a limit that does not exist", "says: you may give", "colour: red, says: you may give", "colour: red", ["`colour` is not known here; this limit has per, times, period, says"]),
        new("a key twice", "    title: Win\n", "    title: Win\n    title: Victory\n", "Victory", ["`title` stands twice in kind `win`, first on line ", "keep one"], EditorSees: false),
        new("a part twice", "{ receiver: 3,", "{ receiver: 3, receiver: 4,", "receiver: 4", ["`receiver` stands twice in `points` of `kudos`"], EditorSees: false),
        new("a key of the file twice", "undo-hours: 24", "undo-hours: 24\nundo-hours: 48", "undo-hours: 48", ["`undo-hours` stands twice in the file"], EditorSees: false),
        new("no version", "version: 1\n", "\n", null, ["the file lacks `version`; it is a whole number, 1 or more"]),
        new("a list without its key", "caps:\n", "", "{ name: daily", ["a `-` stands where a `key: value` should stand"], EditorSees: false),
        new("no sizes", Sizes, "\n", null, ["the file lacks `sizes`; it is a group of keys"]),
        new("no formats", "formats: [talk, doc, post, coaching, code, demo, lab]", "", null, ["the file lacks `formats`; it is a list such as `[one, two]`"]),
        new("a text for the sizes", Sizes, "sizes: small\n", "sizes: small", ["`sizes` is `small`; it must be a group of keys"]),
        new("a kind without points", "    points: { participant: 10, host: 5 }\n", "", "  mob:", ["kind `mob` lacks `points`", "participant, host"]),
        new("a kind without title", "    title: Mob session\n", "", "  mob:", ["kind `mob` lacks `title`; it is a text of 1 to 300 characters"]),
        new("a share without default", "    default: small\n", "", "  share:", ["kind `share` lacks `default`; it is one of small, medium, large, huge"]),
        new("words for a part that does not exist", "receiver: received", "reciever: received", "reciever", ["`reciever` is not known here; did you mean `receiver`?"], EditorSees: false),
        new("no words for a part", "receiver: received", "receiver: \"\"", "receiver: \"\"", ["`receiver` is empty; write 1 to 300 characters"]),
        new("no days for who left a squad", "same-squad-days: 7\n", "\n", null, ["the file lacks `same-squad-days`; it is a whole number, 1 to 365"]),
        new("no days of expiry", "  expires-after-days: 14\n", "", "waiting:", ["`waiting` lacks `expires-after-days`; it is a whole number, 1 to 365"]),
        new("a cap without points", "points: 60, ", "", "name: daily", ["this cap lacks `points`; it is a whole number, 1 to 100000"]),
        new("a limit without a period", "times: 3, period: week", "times: 3", "per: claim", ["this limit lacks `period`; it is one of day, week"]),

        // Kinds and parts
        new("a mistyped kind", "  kudos:", "  kudo:", "  kudo:", ["`kudo` is not known here; did you mean `kudos`?"]),
        new("a kind nobody knows", "kinds:\n", "kinds:\n  birthday: { title: B, says: b, points: { day: 1 } }\n", "birthday", ["`birthday` is not known here; `kinds` has share, experiment-start"]),
        new("a kind that is missing", "  win:\n    title: Win\n    says: Something that went well, and why\n    points: { story: 8 }\n", "", "kinds:", ["`kinds` lacks `win`", "points of 0"]),
        new("a part that is missing", "{ participant: 10, host: 5 }", "{ participant: 10 }", "{ participant: 10 }", ["`points` of `mob` lacks `host`; it is a whole number, 0 to 10000"]),
        new("a size without points", "medium: 10, large: 20, huge: 40 }", "medium: 10, large: 20 }", "small: 5", ["`points` of `share`, one for each of `sizes`, lacks `huge`"], EditorSees: false),
        new("points for a size that does not exist", "huge: 40 }", "huge: 40, whole-quarter: 90 }", "whole-quarter", ["`whole-quarter` is not known here; `points` of `share`, one for each of `sizes`, has small, medium, large, huge"], EditorSees: false),

        // Types
        new("a word for a number", "percent: 90", "percent: many", "percent: many", ["`percent` is `many`; it must be a whole number, 0 to 100"]),
        new("a number in quotes", "percent: 90", "percent: \"90\"", "percent:", ["`percent` is `90` in quotes; it must be a whole number"]),
        new("a fraction for a whole number", "{ outcome: 10 }", "{ outcome: 10.5 }", "10.5", ["`outcome` is `10.5`; it must be a whole number, 0 to 10000"]),
        new("a decimal comma", "code: 1.5,", "code: \"1,5\",", "1,5", ["`code` is `1,5` in quotes; it must be a number such as 1.5"]),
        new("a list for a number", "undo-hours: 24", "undo-hours: [24]", "undo-hours", ["`undo-hours` is a list; it must be a whole number, 1 to 720"]),
        new("nothing for a number", "undo-hours: 24", "undo-hours:", "undo-hours", ["`undo-hours` is empty; it must be a whole number"]),
        new("a number for a text", "title: Reuse", "title: 2026", "2026", ["`title` is `2026`", "put it in quotes"]),
        new("true for a text", "title: Reuse", "title: true", "title: true", ["`title` is `true`", "put it in quotes"]),
        new("a group for a text", "title: Reuse", "title: { en: Reuse }", "en: Reuse", ["`title` is a group of keys; it must be a text"]),
        new("a text for a group", "    points: { result: 15 }", "    points: 15", "points: 15", ["`points` of `experiment-result` is `15`; it must be a group of keys: result"]),
        new("a text for a list", "formats: [talk, doc, post, coaching, code, demo, lab]", "formats: talk", "formats: talk", ["`formats` is `talk`; it must be a list such as `[one, two]`"]),
        new("a text for a cap", "caps:\n", "caps:\n  - daily\n", "- daily", ["this cap is `daily`; it must be a group of keys: name, points, period, rules, says"]),
        new("nothing for a kind", "    title: Failure story\n    says: Something that went wrong, and what it taught\n    points: { story: 8 }\n", "", "  failure:", ["kind `failure` is empty; it must be a group of keys: title, says, points"]),

        // Ranges
        new("more than all percent", "percent: 90", "percent: 130", "percent: 130", ["`percent` is 130; it must be 0 to 100"]),
        new("minus points", "{ result: 15 }", "{ result: -5 }", "result: -5", ["`result` is -5; it must be 0 to 10000"]),
        new("too many points", "huge: 40 }", "huge: 10001 }", "10001", ["`huge` is 10001; it must be 0 to 10000"]),
        new("a number too long for a computer word", "huge: 40 }", "huge: 99999999999999 }", "9999", ["`huge` is 99999999999999; it must be 0 to 10000"]),
        new("version 0", "version: 1", "version: 0", "version: 0", ["`version` is 0; it must be 1 or more"]),
        new("a cap of 0", "points: 60,", "points: 0,", "name: daily", ["`points` is 0; it must be 1 to 100000"]),
        new("a cap too high", "points: 60,", "points: 100001,", "name: daily", ["`points` is 100001; it must be 1 to 100000"]),
        new("no day", "  days: 30", "  days: 0", "  days: 0", ["`days` is 0; it must be 1 to 365"]),
        new("more days than a year", "expires-after-days: 14", "expires-after-days: 366", "366", ["`expires-after-days` is 366; it must be 1 to 365"]),
        new("a reminder before the claim", "reminder-before-days: 3", "reminder-before-days: 15", "reminder-before-days", ["`reminder-before-days` is 15, but a claim expires after 14; it must be 1 to 14"], EditorSees: false),
        new("more hours than a month", "undo-hours: 24", "undo-hours: 721", "721", ["`undo-hours` is 721; it must be 1 to 720"]),
        new("a factor of 0", "demo: 1.5", "demo: 0", "demo: 0", ["`demo` is 0; it must be above 0 and at most 10"]),
        new("a factor too high", "demo: 1.5", "demo: 10.1", "demo: 10.1", ["`demo` is 10.1; it must be above 0 and at most 10"]),
        new("a limit of 0 times", "times: 3", "times: 0", "per: claim", ["`times` is 0; it must be 1 to 1000"]),

        // Words of a closed list, and names of things elsewhere in the file
        new("an unknown per", "per: pair", "per: squad", "per: squad", ["`per` is `squad`; it must be one of giver, pair, claim"]),
        new("a mistyped per", "per: giver", "per: givr", "per: givr", ["`per` is `givr`", "did you mean `giver`?"]),
        new("an unknown period", "points: 60, period: day", "points: 60, period: month", "period: month", ["`period` is `month`; it must be one of day, week"]),
        new("an unknown confirmer", "confirmed-by: participant", "confirmed-by: boss", "boss", ["`confirmed-by` is `boss`; it must be one of member, participant"]),
        new("a default that has no points", "default: small", "default: tiny", "default: tiny", ["`default` is `tiny`, which `points` does not have; it has small, medium, large, huge"], EditorSees: false),
        new("a mistyped default", "default: small", "default: smal", "default: smal", ["`default` is `smal`", "did you mean `small`?"], EditorSees: false),
        new("confirmation of a part that does not exist", "confirm-when: [large, huge]", "confirm-when: [large, big]", "big", ["`confirm-when` names `big`, which `points` does not have; it has small, medium, large, huge"], EditorSees: false),
        new("confirmation of no part", "confirm-when: [large, huge]", "confirm-when: []", "confirm-when:", ["`confirm-when` is empty; leave it out"]),
        new("confirmation by nobody", "    confirmed-by: member\n    confirm-when", "    confirm-when", "confirm-when: [", ["`confirm-when` does nothing without `confirmed-by`"]),
        new("a factor for a format that does not exist", "times: { code: 1.5,", "times: { film: 1.5,", "film", ["`times` names `film`, which `formats` does not have; it has talk, doc, post"], EditorSees: false),
        new("a cap on a part that does not exist", "[share.small]", "[share.smal]", "share.smal]", ["`rules` names `share.smal`, which is no rule; `share` has share.small, share.medium", "did you mean `share.small`?"], EditorSees: false),
        new("a cap on a kind that does not exist", "[share.small]", "[karaoke.song]", "karaoke", ["`rules` names `karaoke.song`, which is no rule; a rule is a kind, a dot and a part, such as `share.small`"]),
        new("a cap on a kind without its part", "[share.small]", "[mob]", "[mob]", ["`rules` names `mob`, which is no rule; `mob` has mob.participant, mob.host"]),
        new("a cap on no rule", "[share.small]", "[]", "rules: []", ["`rules` is empty; leave it out where the cap is for all points"]),
        new("two caps of one name", "name: small shares", "name: Daily", "name: Daily", ["two caps named `Daily`"], EditorSees: false),

        // Names and texts
        new("a format twice", "coaching, code,", "coaching, talk, code,", "coaching, talk", ["`talk` stands twice in `formats`"]),
        new("a name with a space", "savings, other]", "savings, much more]", "much more", ["`much more` cannot be a name here", "such as `live-demo`"]),
        new("a name in capitals", "savings, other]", "savings, Other]", "Other]", ["`Other` cannot be a name here; use lower-case letters"]),
        new("a name that is too long", "savings, other]", $"savings, {new string('o', 41)}]", "ooooo", ["has 41 characters; a name may have 40"]),
        new("a list too long for a menu", "savings, other]", $"savings, {string.Join(", ", Enumerable.Range('a', 24).Select(c => (char)c))}]", "savings, a", ["`outcomes` has 27 entries; it may have 25"]),
        new("no outcomes", "outcomes: [quality, speed, savings, other]", "outcomes: []", "outcomes:", ["`outcomes` is empty; name at least one"]),
        new("an empty text", "title: Outcome", "title: \"\"", "title: \"\"", ["`title` is empty; write 1 to 300 characters"]),
        new("a text of spaces", "title: Outcome", "title: '   '", "title: '   '", ["`title` is empty"]),
        new("no text", "title: Outcome", "title:", "title:\n", ["`title` is empty"]),
        new("a text too long", "says: Several people", $"says: {Long} people", "xxx", ["`says` has 332 characters; it may have 300"]),
        new("a control in a text", "title: Win", "title: \"Win\\e[31m\"", "[31m", ["`title` contains a character that nobody can see (U+001B); take it out"], EditorSees: false),
        new("a text that runs backwards", "title: Win", "title: \"W\\u202ein\"", "W\\u202ein", ["`title` contains a character that nobody can see (U+202E)"], EditorSees: false),
        new("a line break in a text", "title: Win", "title: |\n      Win\n      big", "title: |", ["`title` contains a line break; take it out"], EditorSees: false),
        new("a control in the file", "says: Several people", "says: Seve\0ral people", "Seve", ["contains a character that nobody can see (U+0000); take it out"], EditorSees: false),
        new("a direction mark in a comment", "# The author", "# The \u202e author", "# The \u202e author", ["contains a character that nobody can see (U+202E)"], EditorSees: false),

        // What is not YAML at all
        new("a bracket left open", "points: { small: 5, medium: 10, large: 20, huge: 40 }", "points: { small: 5, medium: 10, large: 20, huge: 40", "huge: 40", ["opens here and is not closed"], EditorSees: false),
        new("a list left open at the end", "rules: [share.small], says: at most 20 points a week from small shares }", "rules: [share.small", "rules: [share", ["opens here and is not closed"], EditorSees: false),
        new("a missing comma", "giver: 1 }", "giver: 1 kind: 2 }", "kind: 2", ["a `:` stands where a `,` or the `}` of line "], EditorSees: false),
        new("a colon in a text", "says: Thanks to", "says: Thanks: to", "Thanks: to", ["put a text with a colon in quotes"], EditorSees: false),
        new("a key without colon", "    confirmed-by: participant", "    confirmed-by participant", "confirmed-by participant", ["`confirmed-by participant` stands where a `key: value` should stand"], EditorSees: false),
        new("a line too far in", "    title: Reuse", "      title: Reuse", "says: You used", ["the indentation does not fit the lines before; a `key: value` should stand here"], EditorSees: false),
        new("a tab", "    title: Reuse", "\ttitle: Reuse", "\ttitle: Reuse", ["indented with a tab; use spaces"], EditorSees: false),
        new("a quote left open", "title: Kudos", "title: \"Kudos", "title: \"Kudos", ["a quote opens here and is not closed"], EditorSees: false),
        new("a text that begins with @", "title: Kudos", "title: @Kudos", "title: @Kudos", ["a text cannot begin with `@`; put it in quotes"], EditorSees: false),
        new("an alias", "title: Kudos", "title: *kudos", "title: *kudos", ["aliases (`*`)", "not read here"], EditorSees: false),
        new("a second document", "caps:\n", "---\ncaps:\n", "---", ["a second document"], EditorSees: false),
        new("a list for a key", "undo-hours: 24", "[undo, hours]: 24", "[undo", ["a key must be one word"], EditorSees: false),
        new("a wrong escape", "title: Kudos", "title: \"Ku\\dos\"", "Ku\\dos", ["a `\\` in double quotes begins a code"], EditorSees: false),
    ];

    public static TheoryData<string> All => [.. Mistakes.Select(mistake => mistake.Name)];

    public static TheoryData<string> SeenByEditors => [.. Mistakes.Where(mistake => mistake.EditorSees).Select(mistake => mistake.Name)];

    /// <summary>The whole default file with the mistake in it.</summary>
    public string Text => In(PackFolder.DefaultPoints);

    public int Line => LineIn(Text);

    public static BrokenPoints Named(string name) => Mistakes.Single(mistake => mistake.Name == name);

    /// <summary>A file with this mistake made at the first place where it fits.</summary>
    public string In(string points)
    {
        var first = points.IndexOf(From, StringComparison.Ordinal);
        Assert.True(first >= 0, $"the policy no longer contains “{From}”");
        return string.Concat(points.AsSpan(0, first), To, points.AsSpan(first + From.Length));
    }

    public int LineIn(string points) => At is null ? 1 : points[..points.IndexOf(At, StringComparison.Ordinal)].Count(c => c == '\n') + 1;
}
