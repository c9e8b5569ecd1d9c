using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using CopBot.EndToEndTests.Support;
using CopBot.Platforms.Teams.Cards;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;

namespace CopBot.EndToEndTests.Teams;

/// <summary>
/// What the bot really says, as cards in light and dark, on a phone and beside a chat. The pictures stay in the folder <c>cards</c> beside the tests, or in
/// the one that COPBOT_SCREENSHOTS names, to be looked at.
/// </summary>
public sealed partial class CardPictureTests(Chromium chromium)
{
    [Fact]
    public async Task The_leaderboard_the_form_of_a_share_and_a_why_are_whole_in_light_and_dark_on_a_phone_and_on_a_screen()
    {
        var cards = await SaidAsync();
        await using var page = new CardPage(chromium);
        foreach (var (name, message) in cards)
        {
            var card = TeamsMessage.Of(message, new(Names(), _ => "29:somebody", "d1") { Alone = true }).Card!;
            foreach (var theme in (string[])["light", "dark"])
            {
                foreach (var width in (int[])[360, 800])
                {
                    var (shown, said) = await page.ShowAsync(card, theme, width);
                    Assert.Empty(said.Problems);
                    Assert.Empty(said.Wide);
                    var missing = Texts(card).Where(text => !Plain(said.Text).Contains(Plain(text), StringComparison.Ordinal)).ToList();
                    Assert.True(missing.Count == 0, $"{name}: “{string.Join("”, “", missing)}” is not in\n{said.Text}");
                    await LookAsync(shown, name, theme, width);
                }
            }
        }
    }

    [Fact]
    public async Task What_a_message_cannot_show_would_be_seen()
    {
        await using var page = new CardPage(chromium);
        var card = new JsonObject { ["type"] = "AdaptiveCard", ["version"] = "1.5", ["body"] = new JsonArray(new JsonObject { ["type"] = "TextBlock", ["text"] = new string('x', 300) }, new JsonObject { ["type"] = "Input.Text" }, new JsonObject { ["type"] = "NoSuch" }) };
        var (shown, said) = await page.ShowAsync(card, "light", 360);
        Assert.NotEmpty(said.Problems);
        Assert.NotEmpty(said.Wide);
        await shown.Context.CloseAsync();
    }

    private static async Task LookAsync(IPage shown, string name, string theme, int width)
    {
        Assert.True(await shown.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{name} is wider than {width} pixels");
        var found = await shown.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Rules("color-contrast", "label", "button-name", "select-name", "link-name", "table-duplicate-name") });
        Assert.True(found.Violations.Length == 0, $"{name} {theme}: " + string.Join('\n', found.Violations.Select(one => $"{one.Id}: {one.Help} {string.Join(", ", one.Nodes.Select(node => node.Html))}")));
        var folder = Environment.GetEnvironmentVariable("COPBOT_SCREENSHOTS") ?? Path.Combine(AppContext.BaseDirectory, "cards");
        Directory.CreateDirectory(folder);
        await shown.ScreenshotAsync(new() { Path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{theme}-{width}.png")), FullPage = true });
        await shown.Context.CloseAsync();
    }

    // The answers of a community that has played a little, as they wait in the outbox.
    private static async Task<IReadOnlyList<(string Name, Message Message)>> SaidAsync()
    {
        await using var host = await HostProcess.StartAsync();
        using var ana = await HttpVisitor.JoinAsync(host, "ana");
        using var bo = await HttpVisitor.JoinAsync(host, "bo");
        await ana.SayAsync("share \"Runbooks that cut MTTR\" size=medium");
        await ana.HearsAsync("Runbooks that cut MTTR");
        await bo.SayAsync("win \"Nobody was paged all weekend\"");
        await bo.HearsAsync("Nobody was paged");
        await bo.SayAsync("kudos @ana \"for reviewing the runbook\"");
        await bo.HearsAsync("for reviewing");
        List<(string, Message)> said = [];
        foreach (var line in (string[])["board", "share", "why"])
        {
            var before = Bodies(host).Count;
            await ana.SayAsync(line);
            said.Add((line, await NextCardAsync(host, before)));
        }

        return said;
    }

    private static async Task<Message> NextCardAsync(HostProcess host, int before)
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(20);)
        {
            if (Bodies(host).Skip(before).Select(Message.FromJson).FirstOrDefault(message => message.Card is { Blocks.Count: > 0 }) is { } message)
                return message;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        throw new TimeoutException("no card came");
    }

    private static List<string> Bodies(HostProcess host)
    {
        using var connection = new SqliteConnection($"Data Source={host.DatabaseFile};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select body from outbox order by id";
        using var reader = command.ExecuteReader();
        List<string> bodies = [];
        while (reader.Read())
            bodies.Add(reader.GetString(0));
        return bodies;
    }

    // Names of some length, each person another.
    private static Func<PersonId, string> Names()
    {
        string[] names = ["Ana Lucía Fernández-Montero", "Bo"];
        var known = new Dictionary<PersonId, string>();
        return person => known.TryGetValue(person, out var called) ? called : known[person] = names[known.Count % names.Length];
    }

    // All that one should read, apart from what opens later.
    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject map => map.Where(member => member.Key is not "fallback" and not "card" and not "data" and not "msteams" and not "refresh" and not "choices").SelectMany(member => member is { Key: "text" or "title" or "label", Value: JsonValue text } ? [text.GetValue<string>()] : Texts(member.Value)),
        JsonArray items => items.SelectMany(Texts),
        _ => [],
    };

    private static string Plain(string text) => Tags().Replace(text, "");

    [GeneratedRegex(@"</?at>|\s+|\u2060")]
    private static partial Regex Tags();
}
