using CopBot.Core.Chat;
using CopBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Tests.Core.Features;

/// <summary>What is said for every command: its example, or the lines that stand here. Said in a community where <see cref="Hidden"/> has taken part in everything (see <see cref="TakePartAsync"/>).</summary>
public static class SampleLines
{
    public const string Hidden = "Quillon";

    private static readonly Dictionary<string, string[]> Lines = new()
    {
        ["accept"] = ["accept 14"],
        ["board"] = ["board", "board all", "board month squads", "board season kind=share", "board squads kind=win", "board last"],
        ["canvas history"] = ["canvas history purpose", "canvas history values"],
        ["canvas review"] = ["canvas review on=2030-01-07", "canvas review", "canvas review done"],
        ["canvas show"] = ["canvas show", "canvas show purpose"],
        ["confirm"] = ["confirm 1", "confirm 3", "confirm 11"],
        ["decline"] = ["decline 14"],
        ["experiment result"] = ["experiment result 2 proven learned=\"It helps\" next=\"Everywhere\""],
        ["experiment start"] = ["experiment start \"Less noise at night\" measure=pages"],
        ["failure"] = ["failure \"The pager was off\""],
        ["flag"] = ["flag 1 \"seen before\"", "flag 12 \"again\""],
        ["forget me"] = ["forget me"],
        ["freeze incident"] = ["freeze incident \"Checkout is down\" channels=general", "freeze incident \"Checkout is down\" channels=#ops"],
        ["gather here"] = ["gather here 3", "gather here 1"],
        ["gather list"] = ["gather list"],
        ["gather log"] = ["gather log 3", "gather log 1"],
        ["gather show"] = ["gather show 1", "gather show 2", "gather show 3"],
        ["gap add"] = ["gap add \"Load testing\" need=\"Carry the sale\" importance=4 level=2"],
        ["gap close"] = ["gap close 2 reason=\"We drill it\"", "gap close 1 reason=\"We drill it\""],
        ["gap link"] = ["gap link 1 1"],
        ["gap own"] = ["gap own 1", "gap own 1 drop"],
        ["gap show"] = ["gap show 1", "gap show 2"],
        ["gap start"] = ["gap start 1 experiment"],
        ["gap vote"] = ["gap vote 1"],
        ["help"] = ["help", "help squad", "help kudos"],
        ["kudos"] = [$"kudos @{Hidden} \"for being there\""],
        ["library search"] = ["library search cover", "library search by=@lea", $"library search by=@{Hidden}"],
        ["link"] = ["link", "link ABCDEFGHJKLMNP"],
        ["me"] = ["me"],
        ["mob"] = [$"mob \"Untangle the queue\" with=@{Hidden},@lea,@mem"],
        ["my data"] = ["my data"],
        ["outcome"] = ["outcome 2 speed 40 12 minutes \"Quicker\"", "outcome 3 quality 1 2 points"],
        ["pending"] = ["pending"],
        ["privacy"] = ["privacy public", $"privacy alias {Hidden}"],
        ["role"] = [$"role @{Hidden} member"],
        ["rotation away"] = ["rotation away Watch until=2030-02-20", $"rotation away Watch until=2030-02-20 who=@{Hidden}"],
        ["rotation back"] = [$"rotation back Watch who=@{Hidden}"],
        ["rotation balance"] = ["rotation balance"],
        ["rotation create"] = ["rotation create Night seats=2 every=\"2w monday\"", "rotation create Watch seats=2 every=week"],
        ["rotation feed"] = ["rotation feed Watch", "rotation feed \"Watch\" revoke"],
        ["rotation join"] = ["rotation join Watch", $"rotation join Watch who=@{Hidden}"],
        ["rotation leave"] = ["rotation leave Wach"],
        ["rotation list"] = ["rotation list", "rotation list Watch"],
        ["rotation next"] = ["rotation next Watch"],
        ["rotation note"] = ["rotation note \"Mind the gap\" rotation=Watch"],
        ["rotation override"] = [$"rotation override turn=3 seat=1 who=@{Hidden} reason=\"knows it\" rotation=Watch", $"rotation override turn=1 seat=1 who=@{Hidden} reason=\"knows it\" rotation=Watch"],
        ["rotation remove"] = ["rotation remove Watch"],
        ["rotation skip"] = ["rotation skip Watch", $"rotation skip Watch who=@{Hidden}"],
        ["rotation swap"] = ["rotation swap Watch", $"rotation swap Watch with=@{Hidden}"],
        ["rotation take"] = ["rotation take 2 rotation=Watch"],
        ["rotation who"] = ["rotation who Watch"],
        ["rotation why"] = ["rotation why Watch", "rotation why Watch turn=3"],
        ["rules"] = ["rules", "rules mob"],
        ["settings"] = ["settings", "settings name=\"Night shift\""],
        ["share"] = ["share \"How we sleep again\""],
        ["squad create"] = ["squad create Blue"],
        ["squad join"] = ["squad join Cover", "squad join Cove"],
        ["squad leave"] = ["squad leave"],
        ["squad list"] = ["squad list"],
        ["subscribe"] = ["subscribe", "subscribe week in=#ops"],
        ["thaw"] = ["thaw", "thaw channels=#ops"],
        ["undo"] = ["undo 1", "undo"],
        ["unflag"] = ["unflag 12"],
        ["used"] = ["used 1", "used 9"],
        ["void"] = ["void 9 reason=\"not so large\""],
        ["wheel spin"] = ["wheel spin players=@lea,@mem", $"wheel spin players=@{Hidden},@lea"],
        ["why"] = ["why", $"why @{Hidden}", .. Enumerable.Range(1, 14).Select(number => $"why #{number}"), "why @lea month"],
        ["win"] = ["win \"A quiet week\""],
    };

    /// <summary>The lines of a command; its example where none stand here.</summary>
    public static IReadOnlyList<string> For(Command command)
    {
        if (Lines.TryGetValue(command.Name, out var lines))
            return lines;

        Assert.False(command.Example is null && command.Parameters.Any(parameter => parameter.Required), $"`{command.Name}` needs an Example: it is what `help` shows and what the privacy and role tests say");
        return [command.Example ?? command.Name];
    }

    /// <summary>Every line of every command, said by a member in the channel and in private, by a lead and by the hidden person, after <see cref="TakePartAsync"/>.</summary>
    public static async IAsyncEnumerable<(string Speaker, string Line, Heard Heard)> SayAllAsync(Conversation chat)
    {
        await foreach (var heard in TakePartAsync(chat))
            yield return heard;

        var commands = chat.Services.GetRequiredService<CommandCatalog>().Commands;
        Assert.Subset(commands.Select(command => command.Name).ToHashSet(), Lines.Keys.ToHashSet());
        foreach (var (speaker, inPrivate) in (IEnumerable<(string, bool)>)[("mem", false), ("mem", true), ("lea", false), (Hidden, false)])
        {
            // Whoever is hidden stays so.
            foreach (var line in commands.SelectMany(For).Where(line => speaker != Hidden || !line.StartsWith("privacy", StringComparison.Ordinal)))
            {
                foreach (var heard in await chat.SayAsync(chat.Event(speaker, line, inPrivate)))
                    yield return (speaker, line, heard);
            }
        }
    }

    /// <summary>The hidden person as author, host, participant, giver, receiver, user, confirmer, flagger, flagged, founder of a squad and one of the core team.</summary>
    public static async IAsyncEnumerable<(string Speaker, string Line, Heard Heard)> TakePartAsync(Conversation chat)
    {
        await chat.JoinAsync("lea", "mem", Hidden);
        await chat.SayAsync(Hidden, "privacy hidden");
        (string Name, string Line)[] steps =
        [
            (Hidden, "share \"Sharing under cover\" size=medium"),
            (Hidden, "experiment start \"Canary at one percent\" measure=rollbacks"),
            (Hidden, "mob \"Fix the flaky deploy\" with=@lea,@mem"),
            ("mem", $"kudos @{Hidden} \"for the review\""),
            (Hidden, "kudos @mem \"for the thanks\""),
            ("mem", "share \"How we page\""),
            (Hidden, "used 6 \"in our rota\""),
            ("lea", "used 1"),
            (Hidden, "share \"A workshop on postmortems\" size=large"),
            ("mem", "share \"A tool for runbooks\" size=large"),
            (Hidden, "outcome 2 quality 10 3 rollbacks"),
            (Hidden, "win \"Nobody was paged\""),
            ("mem", "win \"Nobody was woken\""),
            ("mem", $"mob \"Tame the alerts\" with=@{Hidden},@gil"),
            ("lea", "confirm 9"),
            (Hidden, "confirm 10"),
            ("mem", "flag 12 \"is that so\""),
            (Hidden, "flag 13 \"is that so\""),
            (Hidden, "squad create Cover"),
            (Hidden, "squad join Cover"),
            ("lea", $"role @{Hidden} core"),
            ("lea", "rotation create Watch seats=2 every=week"),
            (Hidden, "rotation join Watch"),
            ("mem", "rotation join Watch"),
            ("lea", "rotation join Watch"),
            ("lea", "schedule run 1"),
            (Hidden, "rotation note \"All is quiet\""),
            ("lea", "schedule run 1"),
            (Hidden, "gather plan \"Mob under cover\" at=\"in 10 days\""),
            ("mem", "gather plan \"Mob on the pager bot\" at=\"in 10 days\""),
            (Hidden, "gather join 2"),
            (Hidden, "gap add \"Chaos testing\" need=\"Survive the loss of a zone\" importance=5 level=1 topic=chaos"),
            (Hidden, "gap own 1"),
            (Hidden, "gap link 1 1"),
            (Hidden, "gap rate 1 level=2"),
            ("mem", "gap add \"Failover drills\" need=\"Survive the loss of a zone\" importance=3 level=3"),
            (Hidden, "gap vote 2"),
            (Hidden, "gap close 2 reason=\"Drilled in the dark\""),
            (Hidden, "canvas set purpose \"We keep quiet\""),
            (Hidden, "canvas rate values 3"),
            (Hidden, "canvas review on=2026-01-14"),
            ("mem", $"wheel spin players=@{Hidden},@lea"),
            (Hidden, "wheel next"),
            (Hidden, "link"),
        ];
        foreach (var (name, line) in steps)
        {
            var heard = await chat.SayAsync(name, line);
            Assert.DoesNotContain(heard, one => one.Text.Contains("Nothing was", StringComparison.Ordinal));
            foreach (var one in heard)
                yield return (name, line, one);
        }

        Assert.Equal(14, (await chat.StoredAsync()).Claims);
    }
}
