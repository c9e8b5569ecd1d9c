using CopBot.Core.Chat;

namespace CopBot.Tests.Core.Features;

/// <summary>A line or more for every command, said in a community where <see cref="Hidden"/> has taken part in everything (see <see cref="HiddenPersonTests"/>).</summary>
public static class SampleLines
{
    public const string Hidden = "Quillon";

    private static readonly Dictionary<string, string[]> Lines = new()
    {
        ["accept"] = ["accept 14"],
        ["board"] = ["board", "board all", "board month squads", "board season kind=share", "board squads kind=win", "board last"],
        ["confirm"] = ["confirm 1", "confirm 3", "confirm 11"],
        ["decline"] = ["decline 14"],
        ["experiment result"] = ["experiment result 2 proven learned=\"It helps\" next=\"Everywhere\""],
        ["experiment start"] = ["experiment start \"Less noise at night\" measure=pages"],
        ["failure"] = ["failure \"The pager was off\""],
        ["flag"] = ["flag 1 \"seen before\"", "flag 12 \"again\""],
        ["forget me"] = ["forget me"],
        ["help"] = ["help", "help squad", "help kudos"],
        ["kudos"] = [$"kudos @{Hidden} \"for being there\""],
        ["link"] = ["link", "link ABCDEFGHJKLMNP"],
        ["me"] = ["me"],
        ["mob"] = [$"mob \"Untangle the queue\" with=@{Hidden},@lea,@mem"],
        ["my data"] = ["my data"],
        ["outcome"] = ["outcome 2 speed 40 12 minutes \"Quicker\"", "outcome 3 quality 1 2 points"],
        ["pending"] = ["pending"],
        ["privacy"] = ["privacy public", $"privacy alias {Hidden}"],
        ["role"] = [$"role @{Hidden} member"],
        ["rules"] = ["rules", "rules mob"],
        ["settings"] = ["settings", "settings name=\"Night shift\""],
        ["share"] = ["share \"How we sleep again\""],
        ["squad create"] = ["squad create Blue"],
        ["squad join"] = ["squad join Cover", "squad join Cove"],
        ["squad leave"] = ["squad leave"],
        ["squad list"] = ["squad list"],
        ["undo"] = ["undo 1", "undo"],
        ["unflag"] = ["unflag 12"],
        ["used"] = ["used 1", "used 9"],
        ["void"] = ["void 9 reason=\"not so large\""],
        ["why"] = ["why", $"why @{Hidden}", .. Enumerable.Range(1, 14).Select(number => $"why #{number}"), "why @lea month"],
        ["win"] = ["win \"A quiet week\""],
    };

    /// <summary>The lines of a command; whoever adds a command adds its lines here.</summary>
    public static IReadOnlyList<string> For(Command command)
    {
        Assert.True(Lines.TryGetValue(command.Name, out var lines), $"`{command.Name}` has no line in SampleLines: add one that uses it as people would");
        return lines;
    }

    /// <summary>The commands that lines are kept for.</summary>
    public static IEnumerable<string> Commands => Lines.Keys;
}
