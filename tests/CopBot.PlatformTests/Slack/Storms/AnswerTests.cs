using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Slack;
using CopBot.Platforms.Slack.Api;
using CopBot.Platforms.Slack.Intake;
using CopBot.Tests.Support.FakeSlack;
using Microsoft.Extensions.Logging.Abstractions;

namespace CopBot.PlatformTests.Slack.Storms;

/// <summary>
/// Every answer that Slack, or something before it, may give to a message. At the end each public message stands once; of one for a single pair of eyes
/// whose fate nobody knows there is no second. The clock runs two hundred times as fast: the longest wait is an hour.
/// </summary>
public sealed class AnswerTests(ITestOutputHelper output)
{
    private const string LongestWait = "429, 1000000000";

    private static readonly Dictionary<string, (SlackFault? Fault, Class Class)> Answers = new()
    {
        ["200"] = (null, Class.Done),
        ["200, slow"] = (SlackFault.Slow(TimeSpan.FromSeconds(1)), Class.Done),
        ["200, too late"] = (SlackFault.Slow(TimeSpan.FromSeconds(11)), Class.UnknownAndSaid),
        ["cut before"] = (SlackFault.CutBefore, Class.Unknown),
        ["cut after"] = (SlackFault.CutAfter, Class.UnknownAndSaid),
        ["408"] = (SlackFault.Status(408), Class.Unknown),
        ["429, none"] = (SlackFault.RateLimited(null), Class.Later),
        ["429, 0"] = (SlackFault.RateLimited("0"), Class.Later),
        ["429, 7"] = (SlackFault.RateLimited("7"), Class.Later),
        [LongestWait] = (SlackFault.RateLimited("1000000000"), Class.Later),
        ["429, no number"] = (SlackFault.RateLimited("soon"), Class.Later),
        ["500"] = (SlackFault.Status(500), Class.Unknown),
        ["502"] = (SlackFault.Status(502, "<html>Bad gateway</html>"), Class.Unknown),
        ["503"] = (SlackFault.Status(503), Class.Later),
        ["504"] = (SlackFault.Status(504), Class.Unknown),
        ["HTML"] = (SlackFault.Html, Class.Unknown),
        ["nothing"] = (SlackFault.Empty, Class.Nothing),
        ["more than 8 MB"] = (SlackFault.Status(200, new string(' ', 9 * 1024 * 1024)), Class.Unknown),
    };

    private enum Class
    {
        Done,

        /// <summary>Certainly not said; it goes again.</summary>
        Later,

        Unknown,
        UnknownAndSaid,

        /// <summary>An empty 200: no answer of a method, and enough for a way back.</summary>
        Nothing,
    }

    [Fact]
    public async Task Each_answer_has_its_class_and_nothing_is_said_twice()
    {
        var clock = new ScaledClock(1);
        await using var slack = await SlackServer.StartAsync(clock);
        await using var bot = await RunningBot.StartAsync(slack, http: true);
        var ana = slack.Workspace.AddUser("ana");
        var cases = (from way in (string[])["post", "ephemeral", "back", "update"] from answer in Answers select new Case(way, answer.Key, answer.Value.Fault, answer.Value.Class)).ToList();
        await Task.WhenAll(cases.Select(one => one.BeginAsync(bot, ana)));
        await bot.QuietAsync();
        Assert.All(cases.Where(one => one.Way == "update"), one => Assert.Single(one.Standing(bot)));

        // A way back is good for minutes, so the clock goes as usual until every answer was met; only the waits after it go by fast.
        // The wait of an hour lets its whole method rest, so it comes when nothing else is left to be met.
        foreach (var round in cases.GroupBy(one => one.Answer == LongestWait).OrderBy(round => round.Key))
        {
            foreach (var one in round)
                await one.SendAsync(bot);
            await slack.UntilAsync(() => round.All(one => one.IsMet), "every answer", TimeSpan.FromMinutes(2));
        }

        clock.Run(200);
        await bot.QuietAsync();

        var wrong = new List<string>();
        foreach (var one in cases)
        {
            var (stands, state) = (one.Standing(bot).Count, await bot.ScalarAsync<int?>($"select state from outbox where place = {one.Channel.Id}"));
            output.WriteLine($"{one.Way}, {one.Answer}: {stands} standing, {(state is null ? "done" : (OutboxState)state)}");
            if ((stands, (OutboxState?)state) != one.Expected || (one.Way == "update" && one.Standing(bot)[0].Text != one.Title))
                wrong.Add($"{one.Way}, {one.Answer}: {stands} standing, {(OutboxState?)state}; expected {one.Expected}");
        }

        Assert.Empty(wrong);
        Assert.Empty(slack.Problems);
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_was_said()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        foreach (var address in (string[])[$"http://127.0.0.1:{port}/api/", "http://nobody.invalid/api/"])
        {
            var api = new SlackApi(http, new SlackSettings { ApiBase = new(address) }, new Pacer(TimeProvider.System), NullLogger<SlackApi>.Instance);
            foreach (var method in (SlackMethod[])[SlackMethod.PostMessage, SlackMethod.PostEphemeral, SlackMethod.Update])
                Assert.Equal(SlackOutcome.Transient, (await api.CallAsync(method, "xoxb-none", [], CancellationToken.None)).Outcome);
        }

        var back = new SlackApi(http, new SlackSettings { ApiBase = new($"http://127.0.0.1:{port}/api/") }, new Pacer(TimeProvider.System), NullLogger<SlackApi>.Instance);
        Assert.Equal(SlackOutcome.Transient, (await back.RespondAsync(new($"http://127.0.0.1:{port}/commands/1"), [], CancellationToken.None)).Outcome);
    }

    private sealed record Case(string Way, string Answer, SlackFault? Fault, Class Class)
    {
        private Incoming? said;
        private int met;

        public bool IsMet => Fault is null || Volatile.Read(ref met) == 1;

        public SlackChannel Channel { get; private set; } = null!;

        public string Title => $"story of {Way} and {Answer}.";

        public (int Stands, OutboxState? State) Expected => (Way, Class) switch
        {
            ("ephemeral", Class.Unknown or Class.Nothing) => (0, OutboxState.Unknown),
            ("back", Class.Unknown) => (0, OutboxState.Unknown),
            ("ephemeral" or "back", Class.UnknownAndSaid) => (1, OutboxState.Unknown),
            ("back", Class.Nothing) => (0, null),
            _ => (1, null),
        };

        private string Method => Way switch { "post" => "chat.postMessage", "ephemeral" => "chat.postEphemeral", "back" => "response_url", _ => "chat.update" };

        public async Task BeginAsync(RunningBot bot, SlackUser by)
        {
            Channel = bot.Workspace.AddChannel($"{Way}-{Answers.Keys.ToList().IndexOf(Answer)}");
            var place = new Place(SlackPlatform.PlatformName, bot.Workspace.Team, Channel.Id);
            said = new Incoming { EventId = Title, Place = place, From = new Handle(SlackPlatform.PlatformName, bot.Workspace.Team, by.Id, by.Name), Text = "" };
            if (Way == "update")
                await bot.WriteAsync((work, ct) => work.Get<Outbox>().AnswerAllAsync(said, "as it was at first", Title, ct));
        }

        public async Task SendAsync(RunningBot bot)
        {
            if (Fault is not null)
                bot.Slack.Faults.Always(Method, Fault, only: args => ((string?)args["text"])?.Contains(Title, StringComparison.Ordinal) == true && Interlocked.Exchange(ref met, 1) == 0);
            if (Way == "back")
            {
                var payload = (await bot.Workspace.SlashAsync(bot.Workspace.Users[^1], Channel, "/cop", "nothing that is known")).ResponseUrl;
                said = said! with { ReplyTo = WayBack.Of(Channel.Id, payload) };
            }

            await bot.WriteAsync((work, ct) => Way switch
            {
                "post" => work.Get<Outbox>().PostAsync(said!.Place, Title, ct),
                "update" => work.Get<Outbox>().ReviseAsync(Title, Title, ct),
                _ => work.Get<Outbox>().AnswerAsync(said!, Title, ct),
            });
        }

        public List<SlackPost> Standing(RunningBot bot) => [.. bot.Workspace.Posts.Where(post => post.Channel == Channel.Id && (Way == "update" || post.Text.Contains(Title, StringComparison.Ordinal)))];
    }
}
