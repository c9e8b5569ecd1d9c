using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using CopBot.Host;
using CopBot.Host.Rehearsals;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CopBot.Tests.Support;

/// <summary>The whole bot on a database of its own, with a clock that stands: say something, and see what people see.</summary>
public sealed class Conversation : IAsyncDisposable
{
    private readonly Ears ears;
    private readonly IDisposable? held;
    private readonly TestDatabase? owned;
    private int said;

    private Conversation(ServiceProvider services, VirtualClock clock, Ears ears, IDisposable? held, TestDatabase? owned)
    {
        Services = services;
        Clock = clock;
        this.ears = ears;
        this.held = held;
        this.owned = owned;
    }

    public ServiceProvider Services { get; }

    public VirtualClock Clock { get; }

    /// <summary>How it reaches the bot.</summary>
    public Ears Ears => ears;

    /// <summary>The platform that it takes place on.</summary>
    public string Platform => ears.Platform;

    public Store Store => Services.GetRequiredService<Store>();

    /// <summary>A new community, Monday 5 January 2026, 09:00 in Madrid.</summary>
    public static async Task<Conversation> StartAsync(Product product = Product.Sqlite, Action<IServiceCollection>? more = null)
    {
        var database = await MigratedDatabase.TakeAsync(product);
        return await OnAsync(database.Setting, database, more: more, product: product);
    }

    /// <summary>A conversation on a database that exists already, or that somebody else disposes.</summary>
    public static async Task<Conversation> OnAsync(string database, TestDatabase? owned = null, Instant? start = null, Action<IServiceCollection>? more = null, Product product = Product.Sqlite)
    {
        var clock = new VirtualClock(start ?? Instant.FromUtc(2026, 1, 5, 8, 0));
        Ears ears = product switch
        {
            Product.Slack => await SlackEars.StartAsync(clock),
            Product.Discord => await DiscordEars.StartAsync(clock),
            Product.Teams => await TeamsEars.StartAsync(clock),
            _ => new RehearsalEars(),
        };
        var registered = new ServiceCollection()
            .AddLogging()
            .AddBot(new BotSettings { Database = database, Content = PackReader.DefaultFolder, Zone = "Europe/Madrid" }, clock);
        ears.Register(registered);
        more?.Invoke(registered);
        var services = registered.BuildServiceProvider();
        var held = await services.OpenDatabaseAsync(CancellationToken.None);
        await ears.ListenAsync(services);
        return new(services, clock, ears, held, owned);
    }

    /// <summary>Somebody says something in #general; gives everything that anybody hears because of it.</summary>
    public Task<IReadOnlyList<Heard>> SayAsync(string name, string text, string? eventId = null) => SayAsync(Event(name, text, false, eventId));

    /// <summary>Somebody says something in their private conversation.</summary>
    public Task<IReadOnlyList<Heard>> WhisperAsync(string name, string text, string? eventId = null) => SayAsync(Event(name, text, true, eventId));

    public async Task<IReadOnlyList<Heard>> SayAsync(Incoming incoming)
    {
        await ears.SayAsync(Services, incoming);
        return ears.Take();
    }

    /// <summary>The event that a line would be, in the one workspace or in another.</summary>
    public Incoming Event(string name, string text, bool inPrivate = false, string? eventId = null, string workspace = LocalNames.Platform)
    {
        var from = LocalNames.Handle(name) with { Workspace = workspace };
        return new Incoming
        {
            EventId = eventId ?? (++said).ToString(CultureInfo.InvariantCulture),
            Place = inPrivate ? Place.With(from, ears.Platform) : new Place(ears.Platform, workspace, "#general"),
            From = from,
            Text = text,
            At = Clock.Now,
        };
    }

    /// <summary>The answer to a line: the text of the last message that the speaker hears.</summary>
    public async Task<string> AskAsync(string name, string text) => (await SayAsync(name, text))[^1].Text;

    /// <summary>As <see cref="AskAsync"/>, in the private conversation.</summary>
    public async Task<string> WhisperAskAsync(string name, string text) => (await WhisperAsync(name, text))[^1].Text;

    /// <summary>Lets people join, in this order; the first is the lead.</summary>
    public async Task JoinAsync(params string[] names)
    {
        foreach (var name in names)
            await SayAsync(name, "help");
    }

    /// <summary>Moves the clock and runs what falls due on the way; gives what is heard.</summary>
    public async Task<IReadOnlyList<Heard>> WaitAsync(Duration by)
    {
        var until = Clock.Now + by;
        var due = Services.GetRequiredService<DueWorker>();
        while (await due.NextAsync(CancellationToken.None) is { } next && next <= until)
        {
            Clock.MoveTo(Instant.Max(next, Clock.Now));
            await due.RunAsync(Clock.Now, CancellationToken.None);
            await Services.GetRequiredService<OutboxDispatcher>().DrainAsync(CancellationToken.None);
        }

        Clock.MoveTo(until);
        return ears.Take();
    }

    /// <summary>The points of somebody in the week, as the board would show them.</summary>
    public async Task<int> PointsAsync(string name) => await ScalarAsync<int>(
        $"""
        select coalesce(sum(l.points), 0) from ledger l join handles h on h.person_id = l.person_id where h.name_key = {name.ToLowerInvariant()}
        """);

    /// <summary>How many claims and entries of the ledger there are: what was stored.</summary>
    public async Task<(int Claims, int Entries)> StoredAsync() =>
        (await ScalarAsync<int>($"select count(*) from claims"), await ScalarAsync<int>($"select count(*) from ledger"));

    /// <summary>One value from the database.</summary>
    public Task<T?> ScalarAsync<T>(Statement statement) => Store.ReadAsync(Community.First, (work, ct) => work.Sql.ScalarAsync<T>(statement, ct), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await ears.DisposeAsync();
        await Services.DisposeAsync();
        held?.Dispose();
        if (owned is not null)
            await owned.DisposeAsync();
    }
}

/// <summary>A message as it reached somebody: where, for whose eyes alone, and its whole text.</summary>
public sealed record Heard(string Place, string? Only, string Text, Message Message)
{
    public string Workspace { get; init; } = LocalNames.Platform;

    /// <summary>The card as JSON with the names that its reader may see; empty where there is none.</summary>
    public string Card { get; init; } = "";

    /// <summary>Whether only this person could see it.</summary>
    public bool IsFor(string name) => Only == name || Place == "@" + name;

    /// <summary>Whether everybody in the channel saw it.</summary>
    public bool IsPublic => Only is null && !Place.StartsWith('@');
}
