using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.EndToEndTests.Support;
using CopBot.Tests.Support.FakeTeams;

namespace CopBot.EndToEndTests.Teams;

/// <summary>What the bot says is an activity by Microsoft's own schema: the example of every command, typed in a channel or alone.</summary>
public sealed class SentActivitiesTests(TeamsPeer peer, ITestOutputHelper output) : IClassFixture<TeamsPeer>
{
    [Fact]
    public async Task What_every_command_says_passes_the_schema()
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

        // It would be seen: of the same activities one with a summary that is no text.
        var broken = sent[0].DeepClone().AsObject();
        broken["summary"] = 7;
        Assert.Single(await peer.ProblemsAsync([sent[0], broken]));
    }

    private static IEnumerable<Command> Catalogue() => new CommandCatalog(CommandCatalog.CommandClasses(typeof(CommandCatalog).Assembly), _ => ["any"]).Commands;
}
