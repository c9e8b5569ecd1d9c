using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using CopBot.EndToEndTests.Support;

namespace CopBot.EndToEndTests.Calendar;

/// <summary>The calendar of a rotation as a calendar program gets it.</summary>
public sealed partial class CalendarFeedTests(IndependentParser parser) : IClassFixture<IndependentParser>
{
    private const string Zone = "Europe/Berlin";
    private static readonly string[] People = ["ana", "bo", "cy", "dee"];

    [Fact]
    public async Task An_independent_parser_finds_the_turns_that_the_bot_shows_also_after_a_change_of_clocks()
    {
        await parser.InstallAsync();
        await using var host = await HostProcess.StartAsync();
        using var ana = await PrepareAsync(host);

        // The first turn begins at once; the next twelve, of four weeks each, meet a change of clocks whenever this runs.
        await ana.SayAsync("schedule run 1");
        await ana.HearsAsync("ran once now");
        await ana.SayAsync("rotation list");
        var shown = Turns().Matches(Plain(await ana.HearsAsync("Turn 13")));
        Assert.Equal(12, shown.Count);

        var calendar = await parser.ReadAsync(await ReadAsync(await AddressAsync(ana)), Zone);
        Assert.Equal(("Équipe; core, 日本", "2.0"), (calendar.Name, calendar.Version));
        Assert.Equal(13, calendar.Events.Count);
        Assert.Equal("CONFIRMED", calendar.Events[0].Status);
        foreach (var (turn, said) in calendar.Events.Skip(1).Zip(shown))
        {
            var day = DateTime.ParseExact(said.Groups[2].Value, "ddd d MMM yyyy", CultureInfo.InvariantCulture);
            Assert.Equal($"{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} 09:00", turn.Local);
            Assert.Equal($"Équipe; core, 日本: {said.Groups[3].Value.Replace(" and ", ", ", StringComparison.Ordinal)}", turn.Summary);
            Assert.EndsWith($"-{said.Groups[1].Value}@copbot", turn.Uid);
            Assert.Equal("TENTATIVE", turn.Status);
        }

        Assert.All(calendar.Events.Zip(calendar.Events.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Begin));
        Assert.Equal(2, calendar.Events.Skip(1).Select(turn => turn.Begin.Hour).Distinct().Count());
        Assert.Equal(13, calendar.Events.Select(turn => turn.Uid).Distinct().Count());

        // A lead seats somebody else: the same event, changed.
        var absent = People.First(name => !calendar.Events[3].Summary.Contains($"{name} (", StringComparison.Ordinal));
        await ana.SayAsync($"rotation override turn=4 seat=lead who=@{absent} reason=\"knows it\"");
        await ana.HearsAsync($"{absent} is lead in turn 4");
        var changed = (await parser.ReadAsync(await ReadAsync(await AddressAsync(ana)), Zone)).Events[3];
        Assert.Contains($": {absent} (lead)", changed.Summary);
        Assert.Equal((calendar.Events[3].Uid, calendar.Events[3].Begin), (changed.Uid, changed.Begin));
        Assert.True(changed.Sequence > calendar.Events[3].Sequence);
    }

    [Fact]
    public async Task An_address_that_was_ended_answers_like_one_that_never_was_and_no_address_is_logged()
    {
        await using var host = await HostProcess.StartAsync();
        using var ana = await PrepareAsync(host);
        using var bo = await HttpVisitor.JoinAsync(host, "bo");
        var address = await AddressAsync(ana);
        Assert.DoesNotContain("/calendar/", await bo.PageAsync());

        using var http = new HttpClient();
        using (var answer = await http.GetAsync(address))
        {
            Assert.Equal("text/calendar; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
            Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }

        using (var answer = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, address)))
            Assert.Equal((HttpStatusCode.OK, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        using (var answer = await http.PostAsync(address, null))
            Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);

        await ana.SayAsync("rotation feed \"Équipe; core, 日本\" revoke");
        await ana.HearsAsync("opens nothing any more");
        var answers = new List<(HttpStatusCode, string)>();
        foreach (var token in (string[])[address.Segments[^1], new string('A', 43) + ".ics", "x.ics"])
        {
            using var answer = await http.GetAsync(new Uri(host.Address, "/calendar/" + token));
            answers.Add((answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        }

        Assert.Equal(HttpStatusCode.NotFound, answers[0].Item1);
        Assert.Single(answers.Distinct());
        await host.StopAsync();
        Assert.DoesNotContain(address.Segments[^1][..20], host.Log);
    }

    private static async Task<HttpVisitor> PrepareAsync(HostProcess host)
    {
        var ana = await HttpVisitor.JoinAsync(host, "ana");
        await ana.SayAsync($"settings zone={Zone}");
        await ana.SayAsync("rotation create \"Équipe; core, 日本\" seats=2 every=4w day=monday at=09:00 roles=lead,moderator");
        await ana.HearsAsync("Who joins?");
        foreach (var name in People)
        {
            using var visitor = await HttpVisitor.JoinAsync(host, name);
            await visitor.SayAsync("rotation join");
            await visitor.HearsAsync($"{name} is in Équipe; core, 日本 now");
        }

        return ana;
    }

    // Each address is said once; the last one on the page is the newest.
    private static async Task<Uri> AddressAsync(HttpVisitor visitor)
    {
        var before = Address().Count(await visitor.PageAsync());
        await visitor.SayAsync("rotation feed");
        string page;
        do
        {
            page = await visitor.HearsAsync("Subscribe to it");
        }
        while (Address().Count(page) == before);
        return new Uri(Address().Matches(page)[^1].Groups[1].Value);
    }

    private static async Task<string> ReadAsync(Uri address)
    {
        // As a calendar program asks: no cookie, no session.
        using var http = new HttpClient();
        return await http.GetStringAsync(address);
    }

    private static string Plain(string page) => WebUtility.HtmlDecode(Tag().Replace(page.Replace("</dt>", ": ", StringComparison.Ordinal), ""));

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("^Turn (\\d+): (.+?): (.+?)\\r?$", RegexOptions.Multiline)]
    private static partial Regex Turns();

    [GeneratedRegex("href=\"(http://localhost:\\d+/calendar/[A-Za-z0-9_-]{43}\\.ics)\"")]
    private static partial Regex Address();
}
