using System.Net;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Storage;
using CopBot.EndToEndTests.Support;
using CopBot.Host;
using CopBot.Host.Dashboard;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CopBot.EndToEndTests.WebChat;

public sealed class BusyTests
{
    [Fact]
    public async Task When_too_much_waits_the_page_says_so_and_keeps_what_was_typed()
    {
        await using var chat = await Chat.StartAsync();
        using var ana = await HttpVisitor.ArriveAsync(chat.Address);
        using var joined = await ana.PostAsync("/join", ("name", "ana"));
        chat.Store.Before = new StoreBusy();

        using var answer = await ana.PostAsync("/say", ("line", "win \"Typed <once>\""), ("to", "private"));
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("Too much is happening at once. Nothing was stored, and your line is still here", page, StringComparison.Ordinal);
        Assert.Contains("value=\"win &quot;Typed &lt;once&gt;&quot;\"", page, StringComparison.Ordinal);
        Assert.Matches("value=\"private\" checked", page);
    }

    [Fact]
    public async Task A_script_gets_the_sentence_alone_and_is_told_when_to_come_back()
    {
        await using var chat = await Chat.StartAsync();
        using var ana = await HttpVisitor.ArriveAsync(chat.Address);
        using var joined = await ana.PostAsync("/join", ("name", "ana"));
        var seal = System.Text.RegularExpressions.Regex.Match(await ana.PageAsync(), "name=\"seal\" value=\"([^\"]+)").Groups[1].Value;
        ana.Http.DefaultRequestHeaders.Accept.Clear();
        ana.Http.DefaultRequestHeaders.Accept.ParseAdd("text/plain");
        chat.Store.Before = new StoreBusy();

        using var answer = await ana.PostSealedAsync("/say", seal, ("line", "me"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.StartsWith("Too much is happening at once.", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_nobody_knows_whether_it_was_stored_the_page_says_so_and_sending_it_again_counts_once()
    {
        await using var chat = await Chat.StartAsync();
        using var ana = await HttpVisitor.ArriveAsync(chat.Address);
        using var joined = await ana.PostAsync("/join", ("name", "ana"));
        chat.Store.After = new OutcomeUnknown(new IOException("the line broke"));

        using var unknown = await ana.PostAsync("/say", ("line", "win \"Perhaps\""), ("event", "the-form"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unknown.StatusCode);
        var page = await unknown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("I cannot say whether that was stored. Send it again: it will count once.", page, StringComparison.Ordinal);
        Assert.Contains("value=\"the-form\"", page, StringComparison.Ordinal);

        chat.Store.After = null;
        using var again = await ana.PostAsync("/say", ("line", "win \"Perhaps\""), ("event", "the-form"));
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
        Assert.Equal(1, await chat.Store.ReadAsync(Community.First, (work, ct) => work.Sql.ScalarAsync<int>($"select count(*) from inbox", ct), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Trouble_that_nobody_foresaw_is_a_page_with_a_way_back_and_without_its_inside()
    {
        await using var chat = await Chat.StartAsync();
        using var ana = await HttpVisitor.ArriveAsync(chat.Address);
        using var joined = await ana.PostAsync("/join", ("name", "ana"));
        chat.Store.Before = new InvalidOperationException("an inside matter");

        using var answer = await ana.PostAsync("/say", ("line", "me"));
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("Something went wrong on this side", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("inside matter", page, StringComparison.Ordinal);
    }

    /// <summary>Web chat in this process, on a store that fails when it is told to.</summary>
    private sealed class Chat(WebApplication app, DirectoryInfo folder, IDisposable? held) : IAsyncDisposable
    {
        public StubbornStore Store => app.Services.GetRequiredService<StubbornStore>();

        public Uri Address => new(app.Urls.First());

        public static async Task<Chat> StartAsync()
        {
            var folder = Directory.CreateTempSubdirectory("copbot-e2e-");
            var settings = new BotSettings { Database = Path.Combine(folder.FullName, "copbot.db"), Content = PackReader.DefaultFolder };
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            builder.Services.AddBot(settings, TimeProvider.System).AddWebChat(settings);
            builder.Services.AddSingleton<GroupCommitStore>();
            builder.Services.AddSingleton<StubbornStore>();
            builder.Services.AddSingleton<Store>(provider => provider.GetRequiredService<StubbornStore>());
            var app = builder.Build();
            var held = await app.Services.OpenDatabaseAsync(CancellationToken.None);
            app.MapWebChat();
            await app.StartAsync();
            return new(app, folder, held);
        }

        public async ValueTask DisposeAsync()
        {
            await app.DisposeAsync();
            held?.Dispose();
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A store in front of the real one.</summary>
    private sealed class StubbornStore(IDatabase database, IServiceScopeFactory scopes, GroupCommitStore real) : Store(database, scopes)
    {
        /// <summary>Thrown instead of writing.</summary>
        public Exception? Before { get; set; }

        /// <summary>Thrown once what was to be written is written.</summary>
        public Exception? After { get; set; }

        public override async Task<T> WriteAsync<T>(int community, Func<Work, CancellationToken, Task<T>> work, CancellationToken ct)
        {
            if (Before is not null)
                throw Before;
            var result = await real.WriteAsync(community, work, ct);
            return After is null ? result : throw After;
        }
    }
}
