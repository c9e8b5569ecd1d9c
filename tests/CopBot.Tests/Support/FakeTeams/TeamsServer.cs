using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>
/// Microsoft's side of the wire on ports of this machine: Bot Connector, Entra's token endpoint, the metadata with the Connector's keys, and Graph. It keeps what it was told,
/// refuses what Teams refuses, and notes every breach of Teams' rules in <see cref="Breaches"/>. What people do reaches the bot at <see cref="Bot"/> as signed activities.
/// </summary>
public sealed partial class TeamsServer : IAsyncDisposable
{
    private readonly List<TeamsRequest> requests = [];
    private readonly List<string> breaches = [];
    private readonly List<TeamsTeam> teams = [];
    private readonly List<Task> later = [];
    private readonly List<(string Host, string Path)> bearerHosts = [];
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5) }) { Timeout = Timeout.InfiniteTimeSpan };
    private long lastNumber;
    private TeamsListener? listener, elsewhere;

    private TeamsServer(TimeProvider? clock)
    {
        Clock = clock ?? TimeProvider.System;
        Identity = new(this);
        Keys = new(this);
        Pace = new(this);
        Graph = new(this);
    }

    /// <summary>Where identity is: <c>http://127.0.0.1:port/</c>; a token is asked for under <c>{tenant}/oauth2/v2.0/token</c>.</summary>
    public Uri Root => listener!.Root;

    /// <summary>The same over TLS, with <see cref="TeamsCertificate"/>.</summary>
    public Uri SecureRoot => listener!.SecureRoot;

    /// <summary>The address at which tokens of the bot's own organisation are given out.</summary>
    public Uri TokenAddress => new(Root, $"{Identity.TenantId}/oauth2/v2.0/token");

    /// <summary>Where the metadata of the Connector's keys is.</summary>
    public Uri OpenIdMetadata => new(Root, "v1/.well-known/openidconfiguration");

    /// <summary>The Connector's address, as activities name it.</summary>
    public Uri ServiceUrl => new(Root, "amer/");

    /// <summary>Another place: whoever is led there with a token is found in <see cref="BearerHosts"/>.</summary>
    public Uri Elsewhere => elsewhere!.Root;

    /// <summary>The bot's own address, set by the test: <c>http://127.0.0.1:port/api/messages</c>.</summary>
    public Uri? Bot { get; set; }
    public TimeProvider Clock { get; }
    public TeamsIdentity Identity { get; }
    public TeamsKeys Keys { get; }

    /// <summary>Failures of the Connector; those of identity and Graph are theirs.</summary>
    public TeamsFaults Faults { get; } = new();
    public TeamsPace Pace { get; }
    public FakeGraph Graph { get; }

    /// <summary>The organisation in which people work; the bot's own unless the test says otherwise.</summary>
    public string TenantId => Identity.TenantId;

    /// <summary>What the bot is called, and under what it is mentioned.</summary>
    public string BotName { get; set; } = "CopBot";
    public string BotId => "28:" + Identity.AppId;
    public IReadOnlyList<TeamsTeam> Teams => Locked(() => teams.ToList());
    public TeamsTeam Team => teams[0];
    public IReadOnlyList<TeamsPerson> People => Locked(() => PersonList.ToList());

    /// <summary>Whoever is in a team with the app can be written to alone as well, without having it themself. Teams' documents say both; the stricter reading is the rule here.</summary>
    public bool TeamOpensChats { get; set; }

    /// <summary>Messages that one person alone sees in a channel or chat are taken; it is a preview, which not every organisation has.</summary>
    public bool TargetedMessages { get; set; }

    /// <summary>A page of members has no more than this, whatever is asked for.</summary>
    public int MembersPerPage { get; set; } = 500;

    /// <summary>Every request, in order of arrival, to whichever of the doors.</summary>
    public IReadOnlyList<TeamsRequest> Requests => Locked(() => requests.ToList());

    /// <summary>Every breach found so far; a test asserts that there is none.</summary>
    public IReadOnlyList<string> Breaches => Locked(() => breaches.ToList());

    /// <summary>Every host that received a bearer token, and with which path.</summary>
    public IReadOnlyList<(string Host, string Path)> BearerHosts => Locked(() => bearerHosts.ToList());

    /// <summary>Every message of the bot, in channels and chats, in order of first posting; deleted ones too.</summary>
    public IReadOnlyList<TeamsMessage> Posts => Locked(() => MessageList.Where(message => message.Author is null).ToList());

    /// <summary>Those of people too.</summary>
    public IReadOnlyList<TeamsMessage> AllMessages => Locked(() => MessageList.ToList());

    /// <summary>Conversations in which the bot showed that it types, in order.</summary>
    public IReadOnlyList<TeamsConversation> Typing => Locked(() => TypingList.ToList());

    internal Lock Gate { get; } = new();
    internal List<TeamsPerson> PersonList { get; } = [];
    internal List<TeamsConversation> ConversationList { get; } = [];
    internal List<TeamsMessage> MessageList { get; } = [];
    internal List<TeamsConversation> TypingList { get; } = [];

    /// <summary>Starts a server with one team that the bot is in.</summary>
    public static async Task<TeamsServer> StartAsync(TimeProvider? clock = null)
    {
        var server = new TeamsServer(clock);
        server.AddTeam("The League");
        var (identity, connector, graph) = (new IdentityDoor(server), new ConnectorDoor(server), new GraphDoor(server));
        server.listener = await TeamsListener.StartAsync(
            context => context.Request.Path.Value is { } path && path.StartsWith("/amer/", StringComparison.Ordinal)
                ? connector.ServeAsync(context, RawPath(context)["/amer".Length..])
                : identity.ServeAsync(context, RawPath(context)),
            secure: true);
        server.elsewhere = await TeamsListener.StartAsync(server.TrapAsync);
        server.Graph.Listener = await TeamsListener.StartAsync(context => graph.ServeVersionAsync(context, RawPath(context)));
        return server;
    }

    /// <summary>The Connector and identity are away: connections are refused.</summary>
    public Task TurnOffAsync() => listener!.TurnOffAsync();

    /// <summary>They are back, at the same addresses.</summary>
    public Task TurnOnAsync() => listener!.TurnOnAsync();

    /// <summary>Waits until something has come about.</summary>
    public async Task WaitForAsync(Func<bool> come, string what, TimeSpan? patience = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!come())
        {
            if (TimeProvider.System.GetElapsedTime(began) > (patience ?? TimeSpan.FromMinutes(1)))
                throw new TimeoutException($"{what}: did not come about. Breaches: {string.Join("; ", Breaches)}. Last requests: {string.Join("; ", Requests.TakeLast(5).Select(request => request.ToString()![..Math.Min(300, request.ToString()!.Length)]))}");
            await Task.Delay(TimeSpan.FromMilliseconds(15), TimeProvider.System);
        }
    }

    /// <summary>Waits for a message of the bot that is so.</summary>
    public async Task<TeamsMessage> PostAsync(Func<TeamsMessage, bool> which, string what, TimeSpan? patience = null)
    {
        TeamsMessage? found = null;
        await WaitForAsync(() => (found = Posts.FirstOrDefault(post => !post.Deleted && which(post))) is not null, what, patience);
        return found!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var open in (TeamsListener?[])[listener, elsewhere, Graph.Listener])
            if (open is not null)
                await open.DisposeAsync();
        client.Dispose();
    }

    internal void Breach(string what)
    {
        lock (Gate)
            breaches.Add(what);
    }

    internal void Record(TeamsRequest request)
    {
        lock (Gate)
        {
            requests.Add(request);
            if (request.Bearer is not null)
                bearerHosts.Add((request.Host, request.Path));
        }
    }

    internal void Later(Func<Task> work)
    {
        lock (Gate)
            later.Add(work());
    }

    /// <summary>Waits until what happens by itself has happened, such as the events that follow an installation.</summary>
    public async Task SettledAsync()
    {
        foreach (var task in Locked(() => later.ToList()))
            await task;
    }

    internal T Locked<T>(Func<T> read)
    {
        lock (Gate)
            return read();
    }

    /// <summary>The next id of a message: the clock's milliseconds since 1970, but never one that was given out before.</summary>
    internal string NewNumber()
    {
        lock (Gate)
        {
            lastNumber = Math.Max(Clock.GetUtcNow().ToUnixTimeMilliseconds(), lastNumber + 1);
            return lastNumber.ToString(CultureInfo.InvariantCulture);
        }
    }

    internal TeamsConversation? FindConversation(string id) => ConversationList.Find(conversation => conversation.Id == id && !conversation.Deleted);

    internal TeamsPerson? FindPerson(string id) => PersonList.Find(person => person.Is(id));

    internal void Add(TeamsTeam team) => teams.Add(team);

    // Escaped slashes are part of an id: the path is read as it was sent.
    private static string RawPath(HttpContext context)
    {
        var target = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
        var end = target.IndexOf('?', StringComparison.Ordinal);
        return end < 0 ? target : target[..end];
    }

    private Task TrapAsync(HttpContext context)
    {
        lock (Gate)
            if (context.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.Ordinal))
                bearerHosts.Add((context.Request.Host.Value ?? "", context.Request.Path.Value ?? ""));
        context.Response.StatusCode = 200;
        return context.Response.WriteAsync("""{"id":"elsewhere"}""");
    }
}
