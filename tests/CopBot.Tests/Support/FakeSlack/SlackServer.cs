using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>
/// Slack's side of the wire on a port of this machine: Web API, Socket Mode, signed HTTP deliveries, OAuth, response urls.
/// It keeps what it was told, refuses what Slack refuses, and notes every breach in <see cref="Problems"/>.
/// </summary>
public sealed class SlackServer : IAsyncDisposable
{
    private readonly List<SlackWorkspace> workspaces = [];
    private readonly List<SlackCall> calls = [];
    private readonly List<string> problems = [];
    private readonly List<Task> background = [];
    private readonly List<(SlackKind Kind, JsonObject Payload)> sent = [];
    private WebApplication? app;

    private SlackServer(TimeProvider? clock)
    {
        Clock = clock ?? TimeProvider.System;
        AppToken = $"xapp-1-{AppId}-1-{SlackKeys.Secret(16)}";
        Tokens = new(this);
        Dispatcher = new(this);
        Linked = new(this);
        ResponseUrls = new(this);
        OAuth = new(this);
    }

    /// <summary>Where methods are, with a slash at the end: <c>http://127.0.0.1:port/api/</c>.</summary>
    public Uri ApiBase { get; private set; } = new("http://127.0.0.1/api/");

    /// <summary>The page that asks for consent; it consents by itself, see <see cref="SlackOAuth"/>.</summary>
    public Uri AuthorizeUrl => new(ApiBase, "/oauth/v2/authorize");
    public SlackWorkspace Workspace => workspaces[0];
    public IReadOnlyList<SlackWorkspace> Workspaces => [.. workspaces];
    public string AppId { get; } = "A0001";
    public string AppToken { get; }
    public string SigningSecret { get; } = SlackKeys.Secret(16);
    public string ClientId { get; } = "1000.2000";
    public string ClientSecret { get; } = SlackKeys.Secret(16);

    /// <summary>The legacy verification token that payloads still carry.</summary>
    public string VerificationToken { get; } = SlackKeys.Secret(12);
    public TimeProvider Clock { get; }
    public SlackFaults Faults { get; } = new();
    public SlackOAuth OAuth { get; }

    /// <summary>HTTP mode: where events, commands and interactions are posted, signed. Null: they go over the open sockets.</summary>
    public Uri? EventsUrl { get; set; }

    /// <summary>HTTP mode: where commands are posted; where events are when left out.</summary>
    public Uri? CommandsUrl { get; set; }

    /// <summary>HTTP mode: where interactions are posted; where events are when left out.</summary>
    public Uri? InteractionsUrl { get; set; }

    /// <summary>How long an acknowledgement may take. Real time, whatever the clock of the workspace says: sockets do not run on it.</summary>
    public TimeSpan AckTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Pauses before each repetition of an event that was not acknowledged; Slack's are at once, one minute, five minutes.</summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; set; } = [TimeSpan.Zero, TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(1)];

    /// <summary>How everything is delivered that is not told otherwise: duplicated, late, lost at first.</summary>
    public SlackDisturbance Disturbance { get; set; } = SlackDisturbance.None;

    /// <summary>Answer 429 to more than about one message a second in a channel.</summary>
    public bool EnforceRates { get; set; }

    /// <summary>Events the app subscribes to, as in its manifest; message events by kind of channel.</summary>
    public HashSet<string> SubscribedEvents { get; } =
    [
        "app_home_opened", "app_mention", "message.im", "reaction_added", "reaction_removed", "member_joined_channel", "member_left_channel", "team_join", "user_change",
        "subteam_created", "subteam_updated", "subteam_members_changed", "app_uninstalled", "tokens_revoked", "channel_archive", "channel_unarchive", "channel_deleted", "channel_rename",
        "group_archive", "group_unarchive", "group_deleted", "group_rename", "channel_left", "group_left", "channel_id_changed",
    ];

    /// <summary>Every request to the Web API and to response urls, in order of arrival.</summary>
    public IReadOnlyList<SlackCall> Calls => Locked(() => calls.ToList());

    /// <summary>Everything that was sent to the bot, once each however often it was repeated.</summary>
    public IReadOnlyList<(SlackKind Kind, JsonObject Payload)> Sent => Locked(() => sent.ToList());

    /// <summary>Every breach found so far; a test asserts that there is none.</summary>
    public IReadOnlyList<string> Problems => Locked(() => problems.ToList());

    /// <summary>The open connections of Socket Mode.</summary>
    public IReadOnlyList<SlackSocket> Sockets => Linked.Open;

    internal Lock Gate { get; } = new();
    internal SlackTokens Tokens { get; }
    internal SlackDispatcher Dispatcher { get; }
    internal SlackLinks Linked { get; }
    internal SlackResponseUrls ResponseUrls { get; }

    /// <summary>Starts a server with the workspace <c>T0001</c>, in which the app is installed.</summary>
    public static async Task<SlackServer> StartAsync(TimeProvider? clock = null)
    {
        var server = new SlackServer(clock);
        server.AddWorkspace("T0001");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(options => options.AddServerHeader = false);
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        var app = builder.Build();
        // Slack's servers ping; clients take silence for death.
        app.UseWebSockets(new() { KeepAliveInterval = TimeSpan.FromSeconds(5), KeepAliveTimeout = TimeSpan.FromSeconds(20) });
        var api = new SlackWebApi(server);
        app.Map("/api/{method}", (HttpContext context, string method) => api.ServeAsync(context, method));
        app.Map("/link/", server.Linked.ServeAsync);
        app.MapPost("/commands/{**rest}", server.ResponseUrls.ServeAsync);
        app.MapPost("/actions/{**rest}", server.ResponseUrls.ServeAsync);
        app.MapGet("/oauth/v2/authorize", server.OAuth.Authorize);
        await app.StartAsync();
        server.app = app;
        server.ApiBase = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/api/");
        return server;
    }

    /// <summary>One more workspace; where the app is not installed yet it has no token, until OAuth gives it one.</summary>
    public SlackWorkspace AddWorkspace(string team, bool installed = true)
    {
        lock (Gate)
        {
            var workspace = new SlackWorkspace(this, team, workspaces.Count + 1);
            workspaces.Add(workspace);
            if (installed)
                workspace.Install(Tokens.NewBotToken(workspace, SlackTokens.AllScopes));
            return workspace;
        }
    }

    /// <summary>The connection ends without a word, as when a network fails.</summary>
    public void Cut(SlackSocket socket) => socket.Cut();

    /// <summary>Says <c>disconnect</c> with the reason on one socket or on all, and closes them after a while as Slack does.</summary>
    public Task Disconnect(string reason, SlackSocket? only = null, TimeSpan? closeAfter = null) =>
        Task.WhenAll((only is null ? Sockets : [only]).Select(socket => socket.DisconnectAsync(reason, closeAfter ?? TimeSpan.FromSeconds(2))));

    /// <summary>Waits until so many sockets are open.</summary>
    public Task SocketsAsync(int count, TimeSpan? patience = null) => UntilAsync(() => Sockets.Count >= count, $"{count} open sockets", patience);

    /// <summary>Waits until something has come about; what a bot does after its acknowledgement is done some time later.</summary>
    public async Task UntilAsync(Func<bool> come, string what, TimeSpan? patience = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!come())
        {
            if (TimeProvider.System.GetElapsedTime(began) > (patience ?? TimeSpan.FromMinutes(1)))
                throw new TimeoutException($"{what}: did not come about. Problems: {string.Join("; ", Problems)}. Last calls: {string.Join("; ", Calls.TakeLast(5).Select(call => $"{call.Method} {call.Answer?.ToJsonString()}"))}");
            await Task.Delay(TimeSpan.FromMilliseconds(15), TimeProvider.System);
        }
    }

    /// <summary>
    /// Posts a payload of any kind to the bot, as it is, disturbed in any way: duplicated, delayed, lost.
    /// What the bot acknowledges it with is given back and has no effect here; the doings of <see cref="SlackWorkspace"/> do have one.
    /// </summary>
    public Task<SlackDelivery> DeliverAsync(JsonObject payload, SlackKind kind, SlackDisturbance? disturbance = null)
    {
        lock (Gate)
            sent.Add((kind, payload.DeepClone().AsObject()));
        return Dispatcher.SendAsync(kind, payload, disturbance ?? Disturbance);
    }

    /// <summary>The question Slack asks when an events URL is entered: the answer has to be the challenge.</summary>
    public Task<SlackDelivery> VerifyUrlAsync() => Dispatcher.VerifyUrlAsync();

    /// <summary>Waits for the events that the bot's own doing brought about.</summary>
    public async Task IdleAsync()
    {
        while (Locked(() => background.Where(task => !task.IsCompleted).ToList()) is { Count: > 0 } open)
            await Task.WhenAll(open);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in Sockets)
            socket.Cut();
        Dispatcher.Dispose();
        if (app is not null)
            await app.DisposeAsync();
    }

    internal void Note(string problem)
    {
        lock (Gate)
            problems.Add(problem);
    }

    internal void Record(SlackCall call)
    {
        lock (Gate)
            calls.Add(call);
    }

    internal T Locked<T>(Func<T> read)
    {
        lock (Gate)
            return read();
    }

    internal void Background(Func<Task> doing)
    {
        lock (Gate)
            background.Add(Task.Run(doing));
    }
}
