using System.Text.Json.Nodes;
using CopBot.Host.CommandLine;
using CopBot.Tests.Support;

namespace CopBot.Tests.Host;

public sealed class RehearseTests : IDisposable
{
    private const string FirstWeek =
        """
        ana: share "Runbooks that cut MTTR" size=medium format=doc link=https://example.org/r topic=incidents
        bo: me
        cy: me
        bo: mob "Fix the flaky deploy" with=@ana,@cy minutes=90 topic=delivery
        bo: confirm 2
        cy: confirm 2
        dee: kudos @ana "for reviewing the runbook"
        ana: board week
        ana (private): why
        """;

    private readonly Copbot copbot = new();

    [Fact]
    public async Task The_first_week_reads_as_it_always_did()
    {
        var ran = await copbot.RunAsync(FirstWeek, "rehearse");

        ran.Says(ExitCodes.Done);
        Golden.Check("Host/golden/first-week.txt", ran.Output);
        Assert.Empty(copbot.Folder.GetFiles());
    }

    [Fact]
    public async Task The_first_week_as_json_has_the_promised_shape_and_the_promised_points()
    {
        await File.WriteAllTextAsync(copbot.PathOf("week.txt"), FirstWeek, CancellationToken.None);
        var ran = await copbot.RunAsync("", "rehearse", copbot.PathOf("week.txt"), "--json");

        ran.Says(ExitCodes.Done);
        Golden.Check("Host/golden/first-week.jsonl", ran.Output);
        var messages = ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        Assert.All(messages, message =>
        {
            Assert.Equal(["at", "local", "place", "only", "text", "card"], message.Select(member => member.Key));
            Assert.Matches(@"^2026-01-05T08:00:00Z$", (string)message["at"]!);
            Assert.Equal("2026-01-05T09:00", (string)message["local"]!);
            Assert.Matches("^(#general|@(ana|bo|cy|dee))$", (string)message["place"]!);
            Assert.True(message["card"] is null or JsonObject, "card is an object or null");
        });
        var refused = Assert.Single(messages, message => (string?)message["only"] == "bo" && ((string)message["text"]!).Contains("Nobody confirms their own", StringComparison.Ordinal));
        Assert.Equal("#general", (string)refused["place"]!);
        Assert.Contains(messages, message => (string)message["place"]! == "#general" && Flat(message).Contains("1. ana 23 2. bo 15 3. cy 10 4. dee 1", StringComparison.Ordinal));
        var why = messages[^1];
        Assert.Equal(("@ana", null), ((string)why["place"]!, (string?)why["only"]));
        Assert.Equal(23, ((string)why["text"]!).Split('\n').Where(line => line.StartsWith('+')).Sum(line => int.Parse(line[1..].Split(':', ' ')[0], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("ana: help\n# fine\nwhat is this\nbo: help\n", "line 3: expected")]
    [InlineData("clock tomorrow\n", "line 1: the clock moves by")]
    [InlineData("ana: help\n\nclock 2025-01-01T00:00\n", "line 3: the clock does not go back; it shows 2026-01-05T09:00")]
    [InlineData("-ana: help\n", "line 1: “-ana” is not a name")]
    public async Task A_line_that_cannot_be_read_stops_with_its_number(string script, string wrong)
    {
        var ran = await copbot.RunAsync(script, "rehearse", "-");

        ran.Says(ExitCodes.WrongUse, wrong);
        Assert.Equal(script.StartsWith("ana: help", StringComparison.Ordinal), ran.Output.Contains("Welcome", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_command_is_an_ordinary_reply_and_the_clock_runs_what_falls_due()
    {
        var ran = await copbot.RunAsync("ana: shrae it\nana: share Runbooks size=large\nclock +15d\nana: me\n", "rehearse", "--start", "2026-03-20T10:00", "--zone", "Asia/Kolkata");

        ran.Says(ExitCodes.Done, "Did you mean", "2026-03-20 10:00 #general", "2026-03-31 10:00 @ana", "2026-04-03 10:00 @ana", "expired", "2026-04-04 10:00");
    }

    [Fact]
    public async Task A_database_that_is_named_is_kept_and_can_be_played_on()
    {
        await copbot.RunAsync("ana: share Runbooks size=medium\n", "rehearse", "--database", copbot.Database);
        var ran = await copbot.RunAsync("ana: share \"Pager hygiene\" size=medium\nana: me\n", "rehearse", "--database", copbot.Database, "--start", "2026-01-06T09:00");

        ran.Says(ExitCodes.Done, "#2", "20");
        (await copbot.RunAsync("", "db", "verify", "--database", copbot.Database)).Says(ExitCodes.Done, "2 entries");
    }

    public void Dispose() => copbot.Dispose();

    private static string Flat(JsonObject message) => string.Join(' ', ((string)message["text"]!).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
