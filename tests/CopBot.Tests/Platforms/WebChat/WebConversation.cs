using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using CopBot.Host;
using CopBot.Host.Dashboard;
using CopBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CopBot.Tests.Platforms.WebChat;

/// <summary>Web chat without its pages: sessions, what is said in them, and what each may read.</summary>
public sealed class WebConversation : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly ServiceProvider services;
    private readonly IDisposable? held;
    private int said;

    private WebConversation(TestDatabase database, ServiceProvider services, VirtualClock clock, IDisposable? held)
    {
        this.database = database;
        this.services = services;
        this.held = held;
        Clock = clock;
    }

    public VirtualClock Clock { get; }

    public WebSessions Sessions => services.GetRequiredService<WebSessions>();

    private Store Store => services.GetRequiredService<Store>();

    public static async Task<WebConversation> StartAsync(Product product)
    {
        var database = await MigratedDatabase.TakeAsync(product);
        var clock = new VirtualClock(Instant.FromUtc(2026, 1, 5, 8, 0));
        var settings = new BotSettings { Database = database.Setting, Content = PackReader.DefaultFolder, Zone = "Europe/Madrid" };
        var services = new ServiceCollection().AddLogging().AddBot(settings, clock).AddWebChat(settings).BuildServiceProvider();
        return new(database, services, clock, await services.OpenDatabaseAsync(CancellationToken.None));
    }

    public Task<string> JoinAsync(string name) => Sessions.BeginAsync(name, null, CancellationToken.None);

    /// <summary>Says a line and takes it to its end; false when the session is over.</summary>
    public async Task<bool> SayAsync(string session, string text, bool inPrivate = false, string? eventId = null)
    {
        var line = new Said(text, inPrivate, null, eventId ?? (++said).ToString(CultureInfo.InvariantCulture));
        var (known, received) = await services.GetRequiredService<Speaking>().SayAsync(line, session, CancellationToken.None);
        if (received is not null)
            await services.GetRequiredService<CommandRunner>().RunAsync(received, CancellationToken.None);
        await services.GetRequiredService<OutboxDispatcher>().DrainAsync(CancellationToken.None);
        return known;
    }

    /// <summary>Everything that a session may read, as "speaker: text"; a star marks what nobody else sees. Null when the session is over.</summary>
    public async Task<IReadOnlyList<string>?> ReadAsync(string session, long after = 0)
    {
        await services.GetRequiredService<OutboxDispatcher>().DrainAsync(CancellationToken.None);
        var news = await services.GetRequiredService<ChatReader>().NewsAsync(session, after, CancellationToken.None);
        return news?.Lines.Select(line =>
            $"{(line.OnlyForReader ? "*" : "")}{line.Speaker ?? "CopBot"}: {PlainText.Of(line.Message.Summary, line.Names)}").ToList();
    }

    /// <summary>The board that a session sees, as "rank name points".</summary>
    public async Task<IReadOnlyList<string>> BoardAsync(string session)
    {
        var board = (await services.GetRequiredService<ChatReader>().NewsAsync(session, 0, CancellationToken.None))!.Board;
        return [.. board.Rows.Append(board.Own).OfType<WeekRow>().Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Rank} {row.Name} {row.Points}{(row.Own ? " you" : "")}"))];
    }

    /// <summary>Every word that is kept anywhere in the transcript.</summary>
    public Task<string> WordsAsync() => Store.ReadAsync(Community.First, async (work, ct) =>
        string.Join('\n', await work.Sql.ListAsync($"select place, only_user, body from outbox", row => $"{row.Text(0)} {row.TextOrNull(1)} {row.TextOrNull(2)}", ct)), CancellationToken.None);

    public Task<long> CountAsync(Statement statement) => Store.ReadAsync(Community.First, (work, ct) => work.Sql.ScalarAsync<long>(statement, ct), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        held?.Dispose();
        await database.DisposeAsync();
    }
}
