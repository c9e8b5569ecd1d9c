using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Storage;
using CopBot.Host;
using CopBot.Platforms.Teams;
using CopBot.Platforms.Teams.Api;
using CopBot.Platforms.Teams.Conversations;
using CopBot.Platforms.Teams.Identity;
using CopBot.PlatformTests.Discord.Storms;
using CopBot.Tests.Support.FakeTeams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TeamsMessage = CopBot.Tests.Support.FakeTeams.TeamsMessage;
using TeamsPace = CopBot.Platforms.Teams.Api.TeamsPace;
using TeamsPerson = CopBot.Tests.Support.FakeTeams.TeamsPerson;

namespace CopBot.PlatformTests.Teams.Storms;

/// <summary>The whole bot at work in Teams, as the serving process has it: its address, inbox, outbox. It can be stopped, and another started on its database.</summary>
public sealed partial class RunningTeams : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly ServiceProvider services;
    private readonly IDisposable? held;
    private readonly TestDatabase database;
    private readonly TeamsDoorway doorway;
    private readonly List<Task> work;
    private bool stopped;

    private RunningTeams(TeamsServer teams, ServiceProvider services, IDisposable? held, TestDatabase database, TeamsDoorway doorway, Told told)
    {
        (Teams, this.services, this.held, this.database, this.doorway, Log) = (teams, services, held, database, doorway, told);
        teams.Bot = doorway.Address;
        work = [services.GetRequiredService<InboxWorker>().RunAsync(stop.Token), services.GetRequiredService<OutboxDispatcher>().RunAsync(stop.Token)];
    }

    public TeamsServer Teams { get; }

    /// <summary>What it logged.</summary>
    public Told Log { get; }

    /// <summary>Starts it against a server that is there already, on a new database or on that of one that was stopped. A new one is let into the team.</summary>
    /// <param name="paced">Whether it keeps to Teams' pace by itself.</param>
    /// <param name="patience">How long it waits for an answer, in real time.</param>
    public static async Task<RunningTeams> StartAsync(TeamsServer teams, RunningTeams? after = null, bool paced = true, TimeSpan? patience = null)
    {
        var database = after?.database ?? await TestDatabase.CreateAsync(Product.Sqlite);
        var told = new Told();
        var collection = new ServiceCollection();
        collection.AddLogging(logging => logging.AddProvider(told).SetMinimumLevel(LogLevel.Information));
        collection.AddBot(new BotSettings { Database = database.Setting, Content = PackReader.DefaultFolder, Zone = "Europe/Madrid" }, teams.Clock);
        collection.AddTeams(TeamsEars.SettingsFor(teams));
        if (!paced)
            collection.AddSingleton(new TeamsPace(teams.Clock) { Times = 100_000 });
        if (patience is { } time)
        {
            collection.AddSingleton(provider => new TeamsApi(
                provider.GetRequiredService<TeamsHttp>(), provider.GetRequiredService<TeamsToken>(), provider.GetRequiredService<TeamsPace>(), teams.Clock, provider.GetRequiredService<ILogger<TeamsApi>>())
            {
                Patience = time,
            });
        }

        var services = collection.BuildServiceProvider();
        var held = await services.OpenDatabaseAsync(CancellationToken.None);
        await services.GetRequiredService<TeamsConversations>().LoadAsync(CancellationToken.None);
        var bot = new RunningTeams(teams, services, held, database, await TeamsDoorway.OpenAsync(services), told);
        if (after is null)
            await teams.InstallAsync(teams.Team, teams.Team.Owners is [var owner, ..] ? owner : teams.Team.AddPerson("owner of the team", owner: true));
        return bot;
    }

    /// <summary>Stops it as a planned restart does: what was begun is finished.</summary>
    public async Task StopAsync()
    {
        if (stopped)
            return;
        stopped = true;
        await doorway.DisposeAsync();
        await stop.CancelAsync();
        await Task.WhenAll(work).WaitAsync(TimeSpan.FromSeconds(20)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await services.DisposeAsync();
        held?.Dispose();
        stop.Dispose();
    }

    /// <summary>One value from the database.</summary>
    public Task<T?> ScalarAsync<T>(Statement statement) =>
        services.GetRequiredService<Store>().ReadAsync(Community.First, (one, ct) => one.Sql.ScalarAsync<T>(statement, ct), CancellationToken.None);

    /// <summary>Writes something in one transaction.</summary>
    public Task WriteAsync(Func<Work, CancellationToken, Task> write) => services.GetRequiredService<Store>().WriteAsync(Community.First, write, CancellationToken.None);

    /// <summary>Says something unasked.</summary>
    public Task PostAsync(Place place, string text) => WriteAsync((work, ct) => work.Get<Outbox>().PostAsync(place, text, ct));

    /// <summary>Where a conversation is for the outbox: a channel, a thread in it, or somebody alone.</summary>
    public Place PlaceOf(TeamsConversation where, string? thread = null) =>
        new(TeamsPlatform.PlatformName, Teams.TenantId, where.Person is { } person ? "@" + person.AadObjectId : where.Id) { Thread = thread };

    /// <summary>How many messages of the outbox are in a state.</summary>
    public Task<int> CountAsync(OutboxState state) => ScalarAsync<int>($"select count(*) from outbox where state = {state}");

    /// <summary>Waits until the inbox is done and the outbox has nothing more to send.</summary>
    public Task QuietAsync() =>
        Quiet.WaitAsync(
            () => ScalarAsync<int>($"select (select count(*) from inbox where state = 0) + (select count(*) from outbox where state in (0, 1))"),
            async () => $"{await ScalarAsync<int>($"select count(*) from inbox where state = 0")} in, {await ScalarAsync<int>($"select count(*) from outbox where state in (0, 1)")} out, last {string.Join("; ", Teams.Requests.TakeLast(4))}; {string.Join("; ", Log.Lines.TakeLast(6))}");

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await database.DisposeAsync();
    }

    /// <summary>The titles that a text speaks of.</summary>
    public static IReadOnlyList<string> TitlesIn(string? text) => [.. Title().Matches(text ?? "").Select(match => match.Value).Distinct()];

    /// <summary>The title that a message speaks of.</summary>
    public static string? TitleOf(TeamsMessage post) => TitlesIn(post.Content.Activity.ToJsonString()) is [var title, ..] ? title : null;

    /// <summary>Every title that messages speak of, with how often.</summary>
    public static Dictionary<string, int> StoriesOf(TeamsServer teams) =>
        teams.Posts.Where(post => !post.Deleted).Select(TitleOf).OfType<string>().GroupBy(title => title).ToDictionary(group => group.Key, group => group.Count());

    [GeneratedRegex("story( [0-9a-f]{10}){4}")]
    private static partial Regex Title();
}

/// <summary>Channels with a thread in each, and people, to all of whom something is said.</summary>
public sealed class TeamsCrowd
{
    private readonly Random random;
    private readonly List<(TeamsConversation Where, string? Thread)> places = [];

    private TeamsCrowd(int seed) => random = new(seed);

    /// <summary>What was to be said, by the conversation it is for, in order.</summary>
    public Dictionary<TeamsConversation, List<string>> Told { get; } = [];

    public IReadOnlyList<string> All => [.. Told.Values.SelectMany(titles => titles)];

    public IReadOnlyList<TeamsPerson> People { get; private set; } = [];

    public IReadOnlyList<TeamsConversation> Channels { get; private set; } = [];

    /// <summary>Fills a team before the bot is let in.</summary>
    public static async Task<TeamsCrowd> GatherAsync(TeamsServer teams, int channels, int people, int seed)
    {
        var crowd = new TeamsCrowd(seed)
        {
            People = [.. Enumerable.Range(0, people).Select(number => teams.Team.AddPerson($"person{number}"))],
            Channels = [.. Enumerable.Range(0, channels).Select(number => teams.Team.AddChannel($"channel{number}"))],
        };
        foreach (var channel in crowd.Channels)
        {
            crowd.places.Add((channel, null));
            crowd.places.Add((channel, (await teams.SayAsync(crowd.People[0], channel, "let us see")).Id));
        }

        foreach (var person in crowd.People)
        {
            teams.GiveApp(person);
            crowd.places.Add((person.Chat, null));
        }

        return crowd;
    }

    /// <summary>Everybody becomes known to the bot without having said anything.</summary>
    public async Task GreetAsync(TeamsServer teams)
    {
        foreach (var person in People)
            await teams.JoinAsync(teams.Team, person);
    }

    /// <summary>Something is to be said in each place in turn, as often as there are messages.</summary>
    public Task TellAsync(RunningTeams bot, int messages) => bot.WriteAsync(async (work, ct) =>
    {
        for (var number = 0; number < messages; number++)
        {
            var ((where, thread), title) = (places[number % places.Count], RunningDiscord.NewTitle(random));
            if (!Told.TryGetValue(where, out var titles))
                Told[where] = titles = [];
            titles.Add(title);
            await work.Get<Outbox>().PostAsync(bot.PlaceOf(where, thread), title, ct);
        }
    });

    /// <summary>Everything stands where it belongs, once and in order, but for what nobody can know.</summary>
    public void AssertToldOnceInOrder(TeamsServer teams, IReadOnlySet<string>? doubtful = null)
    {
        foreach (var (where, titles) in Told)
        {
            var stands = teams.Posts.Where(post => post.Where == where).Select(RunningTeams.TitleOf).OfType<string>().ToList();
            Assert.Equal(titles.Where(title => doubtful?.Contains(title) != true), stands.Where(title => doubtful?.Contains(title) != true));
            Assert.Equal(stands.Distinct(), stands);
        }
    }
}
