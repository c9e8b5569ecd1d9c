using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>
/// Discord's side of the wire on a port of this machine: API v10 and gateway. It keeps what it was told, refuses what Discord
/// refuses, and notes every breach of Discord's rules, and of our own about mentions, in <see cref="Breaches"/>.
/// </summary>
public sealed partial class DiscordServer : IAsyncDisposable
{
    private readonly List<DiscordGuild> guilds = [];
    private readonly List<DiscordRequest> requests = [];
    private readonly List<string> breaches = [];
    private WebApplication? app;
    private long lastSnowflake;
    private long pastIds;

    private DiscordServer(TimeProvider? clock)
    {
        Clock = clock ?? TimeProvider.System;
        BotUser = new(NewId(), "copbot") { IsBot = true };
        Users.Add(BotUser);
        Token = NewToken();
        Gateway = new(this);
        Limits = new(this);
    }

    /// <summary>Where the API is: <c>http://127.0.0.1:port/api/v10</c>, without a slash at the end.</summary>
    public Uri ApiBase { get; private set; } = new("http://127.0.0.1/api/v10");

    /// <summary>What <c>/gateway/bot</c> says.</summary>
    public Uri GatewayUrl => new UriBuilder(ApiBase) { Scheme = "ws", Path = "/gateway" }.Uri;

    /// <summary>What READY gives for resuming: another address than <see cref="GatewayUrl"/>.</summary>
    public Uri ResumeUrl => new UriBuilder(ApiBase) { Scheme = "ws", Path = "/resume" }.Uri;
    public DiscordGuild Guild => guilds[0];
    public IReadOnlyList<DiscordGuild> Guilds => Locked(() => guilds.ToList());

    /// <summary>The bot's token; another one after <see cref="ResetToken"/>.</summary>
    public string Token { get; private set; }
    public DiscordUser BotUser { get; }

    /// <summary>The application's id, which is the bot user's too.</summary>
    public string ApplicationId => BotUser.Id;
    public TimeProvider Clock { get; }
    public DiscordFaults Faults { get; } = new();
    public DiscordLimits Limits { get; }
    public DiscordGateway Gateway { get; }

    /// <summary>How long a person's action waits for the bot's first answer. Real time, whatever the clock says.</summary>
    public TimeSpan AnswerPatience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a nonce is remembered: a few minutes.</summary>
    public TimeSpan NonceLife { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The privileged intents that are switched on in the developer portal; others answer 4014.</summary>
    public int PrivilegedIntents { get; set; } = GatewayIntents.GuildMembers;

    /// <summary>Members of a body that Discord's description does not know are no breach. Discord reads past them, and some libraries send them.</summary>
    public bool MembersUnknown { get; set; }

    /// <summary>Shards that <c>/gateway/bot</c> recommends.</summary>
    public int RecommendedShards { get; set; } = 1;

    /// <summary>Application commands that are registered for everywhere, as Discord describes them.</summary>
    public IReadOnlyList<JsonObject> GlobalCommands => Locked(() => CommandList.ToList());

    /// <summary>Every request, in order of arrival.</summary>
    public IReadOnlyList<DiscordRequest> Requests => Locked(() => requests.ToList());

    /// <summary>Every breach found so far; a test asserts that there is none.</summary>
    public IReadOnlyList<string> Breaches => Locked(() => breaches.ToList());

    /// <summary>Every interaction so far, in order.</summary>
    public IReadOnlyList<DiscordInteraction> Interactions => Locked(() => InteractionList.ToList());

    /// <summary>Every message of the bot, in guilds, direct and ephemeral, in order of first posting.</summary>
    public IReadOnlyList<DiscordMessage> Posts => Locked(() => MessageList.Where(message => message.Author == BotUser).ToList());

    /// <summary>Those of people too.</summary>
    public IReadOnlyList<DiscordMessage> AllMessages => Locked(() => MessageList.ToList());

    /// <summary>Calls of <c>typing</c>: the channel's id, in order.</summary>
    public IReadOnlyList<string> Typing => Locked(() => TypingList.ToList());

    internal Lock Gate { get; } = new();
    internal List<DiscordUser> Users { get; } = [];
    internal List<DiscordChannel> Directs { get; } = [];
    internal List<DiscordMessage> MessageList { get; } = [];
    internal Dictionary<string, DiscordMessage> MessagesById { get; } = [];
    internal Dictionary<string, DiscordMessage> Nonces { get; } = [];
    internal List<DiscordInteraction> InteractionList { get; } = [];
    internal Dictionary<string, DiscordInteraction> InteractionsByToken { get; } = [];
    internal List<JsonObject> CommandList { get; } = [];
    internal List<string> TypingList { get; } = [];

    /// <summary>Starts a server with one guild that the bot is in.</summary>
    public static async Task<DiscordServer> StartAsync(TimeProvider? clock = null)
    {
        var server = new DiscordServer(clock);
        server.AddGuild("The League");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(options => options.AddServerHeader = false);
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        var app = builder.Build();
        // Discord's gateway does not ping: whoever waits for that never notices a dead connection.
        app.UseWebSockets(new() { KeepAliveInterval = Timeout.InfiniteTimeSpan });
        var rest = new DiscordRest(server);
        app.Map("/api/v10/{**path}", rest.ServeAsync);
        app.Map("/gateway", server.Gateway.ServeAsync);
        app.Map("/resume", server.Gateway.ServeAsync);
        await app.StartAsync();
        server.app = app;
        server.ApiBase = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/api/v10");
        return server;
    }

    /// <summary>One more guild; the bot may join it later with <see cref="DiscordGuild.InviteBot"/>.</summary>
    public DiscordGuild AddGuild(string name, bool botIn = true)
    {
        lock (Gate)
        {
            var guild = new DiscordGuild(this, NewId(), name);
            guilds.Add(guild);
            if (botIn)
                guild.InviteBot();
            return guild;
        }
    }

    /// <summary>An account that is in no guild yet.</summary>
    public DiscordUser AddUser(string username, string? globalName = null)
    {
        lock (Gate)
        {
            var user = new DiscordUser(NewId(), username) { GlobalName = globalName };
            Users.Add(user);
            return user;
        }
    }

    /// <summary>The bot's direct conversation with a person; opened where there is none.</summary>
    public DiscordChannel DirectOf(DiscordUser user)
    {
        lock (Gate)
        {
            if (Directs.Find(channel => channel.Recipient == user) is { } known)
                return known;
            var direct = new DiscordChannel(NewId(), "", DiscordChannel.Dm) { Recipient = user, Home = this };
            Directs.Add(direct);
            return direct;
        }
    }

    /// <summary>What a person sees in a channel, in order: what is there for all and their own ephemeral messages.</summary>
    public IReadOnlyList<DiscordMessage> SeenBy(DiscordUser person, DiscordChannel channel) => Locked(() =>
        channel.Deleted || (channel.IsDirect ? channel.Recipient != person : (DiscordPermissions.Of(person, channel.Guild!, channel) & DiscordPermissions.ViewChannel) == 0)
            ? (IReadOnlyList<DiscordMessage>)[]
            : [.. MessageList.Where(message => message.Channel == channel && !message.Deleted && (message.OnlyUser ?? person) == person)]);

    /// <summary>Somebody resets the token in the developer portal: the old one is worth nothing from now on.</summary>
    public void ResetToken()
    {
        lock (Gate)
            Token = NewToken();
    }

    /// <summary>Waits until something has come about.</summary>
    public async Task UntilAsync(Func<bool> come, string what, TimeSpan? patience = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!come())
        {
            if (TimeProvider.System.GetElapsedTime(began) > (patience ?? TimeSpan.FromMinutes(1)))
                throw new TimeoutException($"{what}: did not come about. Breaches: {string.Join("; ", Breaches)}. Last requests: {string.Join("; ", Requests.TakeLast(5).Select(request => request.ToString()![..Math.Min(300, request.ToString()!.Length)]))}");
            await Task.Delay(TimeSpan.FromMilliseconds(15), TimeProvider.System);
        }
    }

    /// <summary>Waits for a message of the bot that is so, and thinks no more.</summary>
    public async Task<DiscordMessage> PostAsync(Func<DiscordMessage, bool> which, string what, TimeSpan? patience = null)
    {
        DiscordMessage? found = null;
        await UntilAsync(() => (found = Posts.FirstOrDefault(post => !post.Deleted && !post.Thinking && which(post))) is not null, what, patience);
        return found!;
    }

    /// <summary>Waits until the bot listens: identified, and not merely connected.</summary>
    public Task ListeningAsync(TimeSpan? patience = null) => UntilAsync(() => Gateway.Sessions.Any(session => session.Connected), "a session of the gateway", patience);

    public async ValueTask DisposeAsync()
    {
        Gateway.CutAll();
        if (app is not null)
            await app.DisposeAsync();
    }

    internal void Breach(string what)
    {
        lock (Gate)
            breaches.Add(what);
    }

    internal void Record(DiscordRequest request)
    {
        lock (Gate)
            requests.Add(request);
    }

    internal T Locked<T>(Func<T> read)
    {
        lock (Gate)
            return read();
    }

    /// <summary>The next snowflake: the clock's milliseconds since 2015, but never one that was given out before.</summary>
    internal string NewId(DateTimeOffset? at = null)
    {
        lock (Gate)
        {
            if (at is { } past && past < Clock.GetUtcNow())
                return (((past.ToUnixTimeMilliseconds() - 1_420_070_400_000) << 22) + ++pastIds).ToString(System.Globalization.CultureInfo.InvariantCulture);
            lastSnowflake = Math.Max((Clock.GetUtcNow().ToUnixTimeMilliseconds() - 1_420_070_400_000) << 22, lastSnowflake + 1);
            return lastSnowflake.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    internal DiscordUser? FindUser(string id) => Users.Find(user => user.Id == id);

    internal DiscordGuild? FindGuild(string id) => guilds.Find(guild => guild.Id == id);

    internal DiscordChannel? FindChannel(string id) => guilds.SelectMany(guild => guild.ChannelList).Concat(Directs).FirstOrDefault(channel => channel.Id == id && !channel.Deleted);

    private string NewToken() => $"{Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(BotUser.Id)).TrimEnd('=')}.{DiscordKeys.Secret(3)}.{DiscordKeys.Secret(19)}";
}

/// <summary>Secrets that look like Discord's.</summary>
internal static class DiscordKeys
{
    public static string Secret(int bytes) => Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(bytes));
}
