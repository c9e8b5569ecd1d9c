using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.EndToEndTests.Support;
using CopBot.Tests.Support.FakeTeams;

namespace CopBot.EndToEndTests.Teams;

/// <summary>What the bot says passes Microsoft's own code, activities their schema and cards their renderer: the example of every command, typed in a channel or alone.</summary>
public sealed class SentActivitiesTests(TeamsPeer peer, Chromium chromium, ITestOutputHelper output) : IClassFixture<TeamsPeer>
{
    [Fact]
    public async Task What_every_command_says_passes_the_schema_and_is_shown_whole()
    {
        await using var teams = await TeamsServer.StartAsync();
        await using var host = await HostProcess.StartAsync(settings: new Dictionary<string, string>
        {
            ["CopBot__Teams__AppId"] = teams.Identity.AppId,
            ["CopBot__Teams__TenantId"] = teams.TenantId,
            ["CopBot__Teams__AppSecret"] = teams.Identity.Secret!,
            ["CopBot__Teams__OpenIdMetadata"] = teams.OpenIdMetadata.AbsoluteUri,
            ["CopBot__Teams__TokenAddress"] = teams.Root.AbsoluteUri,
            ["CopBot__Teams__GraphBase"] = teams.Graph.Base.AbsoluteUri,
        });
        teams.Bot = new(host.Address, "api/messages");

        // So many that nobody's chat comes near the pace at which Teams lets a bot speak.
        var people = Enumerable.Range(0, 12).Select(number => teams.Team.AddPerson($"person{number}")).ToList();
        await teams.InstallAsync(teams.Team, people[0]);
        foreach (var person in people)
            await teams.InstallAsync(person);
        var lines = Catalogue().Where(command => command.Name is not "forget me").SelectMany(command => (string?[])[command.Name, command.Example]).OfType<string>().Distinct().ToList();
        for (var number = 0; number < lines.Count; number++)
        {
            var person = people[number % people.Count];
            await (number % 3 == 0 ? teams.DirectAsync(person, lines[number]) : teams.AskAsync(person, teams.Team.General, lines[number]));
        }

        await teams.WaitForAsync(() => teams.Posts.Count >= lines.Count, "an answer to each", TimeSpan.FromMinutes(2));
        var sent = teams.Requests.Select(request => request.Body).OfType<JsonObject>().Select(body => body["type"] is not null ? body : body["activity"] as JsonObject).OfType<JsonObject>().ToList();
        output.WriteLine($"{lines.Count} lines, {sent.Count} activities, {sent.Count(activity => activity["attachments"] is not null)} with cards");
        Assert.Empty(await peer.ProblemsAsync(sent));
        Assert.Empty(teams.Breaches);
        await ShownAsync([.. sent.SelectMany(activity => activity["attachments"] as JsonArray ?? []).Select(attachment => attachment!["content"]).OfType<JsonObject>().Where(content => (string?)content["type"] == "AdaptiveCard")]);

        // It would be seen: of the same activities one with a summary that is no text.
        var broken = sent[0].DeepClone().AsObject();
        broken["summary"] = 7;
        Assert.Single(await peer.ProblemsAsync([sent[0], broken]));
    }

    private async Task ShownAsync(IReadOnlyCollection<JsonObject> cards)
    {
        Assert.True(cards.Count > 80, $"only {cards.Count} cards");
        await using var page = new CardPage(chromium);
        List<string> spoilt = [];
        foreach (var (theme, width) in ((string, int)[])[("light", 360), ("dark", 800)])
        {
            foreach (var (card, shown) in cards.Zip(await page.ShowEachAsync(cards, theme, width)))
            {
                if (shown.Problems.Count > 0 || shown.Text.Length == 0 || (shown.Wide.Count > 0 && !HasLongCode(card)))
                    spoilt.Add($"{theme}, {width} pixels: {string.Join("; ", [.. shown.Problems, .. shown.Wide])}\n{card.ToJsonString()}");
            }
        }

        Assert.True(spoilt.Count == 0, string.Join("\n\n", spoilt));
        Assert.InRange(cards.Count(HasLongCode), 0, cards.Count / 10);
    }

    // Lines of a file and what is typed are to be copied as they are, so nothing in them lets a long word end early.
    private static bool HasLongCode(JsonNode? node) => node switch
    {
        JsonObject run when (string?)run["fontType"] == "Monospace" => ((string)run["text"]!).Split(' ', '\n').Any(word => word.Length > 36),
        JsonObject map => map.Any(member => HasLongCode(member.Value)),
        JsonArray items => items.Any(HasLongCode),
        _ => false,
    };

    private static IEnumerable<Command> Catalogue() => new CommandCatalog(CommandCatalog.CommandClasses(typeof(CommandCatalog).Assembly), _ => ["any"]).Commands;
}
