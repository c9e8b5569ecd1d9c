using CopBot.Core.Chat;
using CopBot.PlatformTests.Discord.Storms;
using CopBot.Platforms.Teams;
using CopBot.Tests.Support.FakeTeams;
using TeamsMessage = CopBot.Tests.Support.FakeTeams.TeamsMessage;

namespace CopBot.PlatformTests.Teams.Storms;

/// <summary>
/// Every answer that a service of Teams, or something before it, may give. A message whose fate nobody knows is listed and not said again; what may be done
/// twice is. The clock goes as usual until every answer was met, and then so fast that the longest wait is over in a moment.
/// </summary>
public sealed class AnswerTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly Dictionary<string, (Func<TimeProvider, TeamsFault>? Fault, Class Class)> Answers = new()
    {
        ["201"] = (null, Class.Done),
        ["201, slow"] = (_ => TeamsFault.Slow(TimeSpan.FromSeconds(1)), Class.Done),
        ["201, too late"] = (_ => TeamsFault.Slow(Patience + TimeSpan.FromSeconds(1)), Class.UnknownAndSaid),
        ["201, 10 MB"] = (_ => TeamsFault.Huge, Class.Done),
        ["cut before"] = (_ => TeamsFault.CutBefore, Class.Unknown),
        ["cut after"] = (_ => TeamsFault.CutAfter, Class.UnknownAndSaid),
        ["200, HTML"] = (_ => TeamsFault.Html(200), Class.Unknown),
        ["307"] = (_ => TeamsFault.Redirect(new("http://127.0.0.1:9/")), Class.Refused),
        ["400"] = (_ => TeamsFault.Error(400, "BadSyntax"), Class.Refused),
        ["401"] = (_ => TeamsFault.Error(401, "Unauthorized"), Class.Later),
        ["408"] = (_ => TeamsFault.Status(408), Class.Unknown),
        ["412"] = (_ => TeamsFault.Error(412, "PreconditionFailed"), Class.Later),
        ["413"] = (_ => TeamsFault.Error(413, "MessageSizeTooBig"), Class.Refused),
        ["429, none"] = (_ => TeamsFault.Limited(), Class.Later),
        ["429, 0"] = (_ => TeamsFault.Limited(0), Class.Later),
        ["429, 7"] = (_ => TeamsFault.Limited(7), Class.Later),
        ["429, 1000000000"] = (_ => TeamsFault.Limited(1e9), Class.Later),
        ["429, no number"] = (_ => TeamsFault.Limited() with { RetryAfter = "soon" }, Class.Later),
        ["429, a date"] = (clock => TeamsFault.LimitedUntil(clock.GetUtcNow() + TimeSpan.FromSeconds(7)), Class.Later),
        ["429, a date that is over"] = (clock => TeamsFault.LimitedUntil(clock.GetUtcNow() - TimeSpan.FromDays(7)), Class.Later),
        ["500"] = (_ => TeamsFault.Error(500, "ServiceError"), Class.Unknown),
        ["500, done"] = (_ => TeamsFault.DoneBut(500), Class.UnknownAndSaid),
        ["502"] = (_ => TeamsFault.Html(), Class.Unknown),
        ["502, done"] = (_ => TeamsFault.DoneBut(502), Class.UnknownAndSaid),
        ["503"] = (_ => TeamsFault.Status(503), Class.Later),
        ["504"] = (_ => TeamsFault.Error(504, "GatewayTimeout"), Class.Unknown),
        ["504, done"] = (_ => TeamsFault.DoneBut(504), Class.UnknownAndSaid),
    };

    private enum Class
    {
        Done,

        /// <summary>Certainly not done; it goes again.</summary>
        Later,

        /// <summary>Not done, and nobody can know it.</summary>
        Unknown,
        UnknownAndSaid,
        Refused,
    }

    [Fact]
    public async Task Each_answer_has_its_class_and_nothing_is_said_twice()
    {
        var clock = new FastClock(1);
        await using var teams = await TeamsServer.StartAsync(clock);
        var ana = teams.Team.AddPerson("ana", owner: true);
        var cases = (from way in (string[])["thread", "reply", "alone", "begin", "update"] from answer in Answers select new Case(teams, way, answer.Key, answer.Value.Fault?.Invoke(clock), answer.Value.Class)).ToList();
        foreach (var one in cases)
            await one.BeginAsync(ana);
        await using var bot = await RunningTeams.StartAsync(teams, patience: Patience);
        await Task.WhenAll(cases.Select(one => one.MeetAsync(bot)));
        await bot.QuietAsync();
        Assert.All(cases.Where(one => one.Way == "update"), one => Assert.Single(one.Posts));
        foreach (var one in cases)
            await one.SendAsync(bot);

        // Each way takes its messages in its own time, so the clock goes on fast only when every answer was met.
        await teams.WaitForAsync(() => cases.All(one => one.IsMet), "every answer", TimeSpan.FromSeconds(60));
        await Task.Delay(Patience, TimeProvider.System);
        clock.Run(100);
        await bot.QuietAsync();

        var wrong = new List<string>();
        foreach (var one in cases)
        {
            var found = (one.Standing().Count, (OutboxState?)await bot.ScalarAsync<int?>($"select state from outbox where body like {"%" + one.Title + "%"} and state <> {OutboxState.Sent}"));
            if (found != one.Expected)
                wrong.Add($"{one.Way}, {one.Answer}: {found.Count} standing, {found.Item2?.ToString() ?? "done"}; expected {one.Expected}");
            else if (one is { Fault: not null, MayRepeat: false, Expected.State: OutboxState.Unknown } && one.Attempts != 1)
                wrong.Add($"{one.Way}, {one.Answer}: sent {one.Attempts} times");
        }

        output.WriteLine($"{cases.Count} answers on {cases.GroupBy(one => one.Way).Count()} ways: {cases.Count(one => one.Expected.State is null)} done in the end, {cases.Count(one => one.Expected.State == OutboxState.Unknown)} listed as unknown and not said again, {cases.Count(one => one.Expected.State == OutboxState.Parked)} refused");
        Assert.Empty(wrong);
        Assert.Empty(teams.Breaches);
    }

    private sealed class Case(TeamsServer teams, string way, string answer, TeamsFault? fault, Class kind)
    {
        private TeamsConversation where = null!;
        private TeamsPerson? person;
        private string? thread;
        private int met, attempts;

        public string Way => way;

        public string Answer => answer;

        public TeamsFault? Fault => fault;

        public bool MayRepeat => way is "begin" or "update";

        public bool IsMet => fault is null || Volatile.Read(ref met) == 1;

        /// <summary>How often it was sent, where it met an answer that was thought up.</summary>
        public int Attempts => Volatile.Read(ref attempts);

        public string Title => $"story of {way} and {answer}.";

        public (int Stands, OutboxState? State) Expected => (MayRepeat, kind) switch
        {
            (_, Class.Refused) => (way == "update" ? 1 : 0, OutboxState.Parked),
            (false, Class.Unknown) => (0, OutboxState.Unknown),
            (false, Class.UnknownAndSaid) => (1, OutboxState.Unknown),
            _ => (1, null),
        };

        public async Task BeginAsync(TeamsPerson by)
        {
            if (way is "alone" or "begin")
            {
                person = teams.AddPerson($"{way} {answer}");
                teams.GiveApp(person);
                where = person.Chat;
                return;
            }

            where = teams.Team.AddChannel($"{way} {answer}");
            if (way != "thread")
                thread = (await teams.SayAsync(by, where, "let us see")).Id;
        }

        // Whoever joins is known without a conversation; whoever added the app has one.
        public async Task MeetAsync(RunningTeams bot)
        {
            if (way == "begin")
                await teams.JoinAsync(teams.Team, person!);
            else if (way == "alone")
                await teams.InstallAsync(person!);
            else if (way == "update")
                await bot.WriteAsync((work, ct) => work.Get<Outbox>().AnswerAllAsync(Said(bot), "as it was at first", Title, ct));
        }

        public Task SendAsync(RunningTeams bot)
        {
            if (fault is not null)
            {
                var route = way switch { "thread" or "begin" => "POST /v3/conversations", "update" => "PUT /v3/conversations/{conversationId}/activities/{activityId}", _ => "POST /v3/conversations/{conversationId}/activities" };
                teams.Faults.Always(route, fault, only: request => IsMine(request) && Interlocked.Increment(ref attempts) == 1 && Interlocked.Exchange(ref met, 1) == 0);
            }

            return bot.WriteAsync((work, ct) => way == "update" ? work.Get<Outbox>().ReviseAsync(Title, Title, ct) : work.Get<Outbox>().PostAsync(bot.PlaceOf(where, thread), Title, ct));
        }

        /// <summary>All that the bot said there.</summary>
        public IReadOnlyList<TeamsMessage> Posts => [.. teams.Posts.Where(post => post.Where == where)];

        /// <summary>What stands there of it; of an update that was refused, what stood there before.</summary>
        public IReadOnlyList<TeamsMessage> Standing() => [.. Posts.Where(post => Says(post.Content.Activity.ToJsonString()) != (way == "update" && kind == Class.Refused))];

        private bool Says(string json) => json.Contains(Title, StringComparison.Ordinal);

        private bool IsMine(TeamsRequest request) => way switch
        {
            "thread" => (string?)request.Body?["channelData"]?["channel"]?["id"] == where.Id,
            "begin" => (string?)request.Body?["members"]?[0]?["id"] == person!.Mri,
            _ => request.Path.Contains(where.Id, StringComparison.Ordinal),
        };

        private Incoming Said(RunningTeams bot) =>
            new() { EventId = Title, Place = bot.PlaceOf(where, thread), From = new Handle(TeamsPlatform.PlatformName, teams.TenantId, teams.Team.Owners[0].AadObjectId, "ana"), Text = "" };
    }
}
