using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>The gateway: who is connected, what sessions there are, and who hears of what.</summary>
public sealed class DiscordGateway
{
    private readonly DiscordServer server;
    private readonly List<GatewayConnection> connections = [];
    private readonly List<GatewaySession> sessions = [];
    private readonly List<JsonObject> identified = [];
    private readonly List<string> agents = [];
    private readonly List<int?> clientCloses = [];
    private readonly List<(int Key, DateTimeOffset At)> starts = [];
    private int numbered;

    internal DiscordGateway(DiscordServer server)
    {
        this.server = server;
        IdentifyPause = server.Clock == TimeProvider.System ? TimeSpan.FromSeconds(5) : TimeSpan.Zero;
    }

    public GatewayFaults Faults { get; } = new();

    /// <summary>What HELLO says.</summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromMilliseconds(41_250);

    /// <summary>In which only <see cref="MaxConcurrency"/> sessions may start (others get op 9 false). Nothing on a clock of the test's own, which may stand still.</summary>
    public TimeSpan IdentifyPause { get; set; }
    public int MaxConcurrency { get; set; } = 1;

    /// <summary>Sessions that may be started in a day.</summary>
    public int StartsTotal { get; set; } = 1000;
    public int StartsRemaining { get; set; } = 1000;

    /// <summary>Frames a client may send in a minute (real time).</summary>
    public int SendsPerMinute { get; set; } = 120;

    /// <summary>Bots in very many guilds must share them out among so many shards: 4011 for fewer.</summary>
    public int LeastShards { get; set; } = 1;

    /// <summary>Web sockets that were opened, refused ones not counted.</summary>
    public int Connections { get; private set; }
    public int Identifies { get; private set; }
    public int Resumes { get; private set; }

    /// <summary>Resumes that were accepted.</summary>
    public int Resumed { get; private set; }
    public int Heartbeats { get; private set; }

    /// <summary>What identified, without the token.</summary>
    public IReadOnlyList<JsonObject> Identified => server.Locked(() => identified.ToList());

    /// <summary>The User-Agent of every handshake.</summary>
    public IReadOnlyList<string> Agents => server.Locked(() => agents.ToList());

    /// <summary>The codes with which the client ended connections, in order; null where it went without a word.</summary>
    public IReadOnlyList<int?> ClientCloses => server.Locked(() => clientCloses.ToList());

    /// <summary>Sessions that live: connected, or to be resumed.</summary>
    public IReadOnlyList<GatewaySession> Sessions => server.Locked(() => sessions.ToList());

    /// <summary>The open connections.</summary>
    public IReadOnlyList<GatewayConnection> Open => server.Locked(() => connections.ToList());

    /// <summary>Op 7 on every open connection.</summary>
    public void Reconnect() => Each(connection => connection.Send(GatewayConnection.Frame(7, null)));

    /// <summary>Op 9 on every open connection; unless it is resumable, the session is over.</summary>
    public void Invalidate(bool resumable) => Each(connection => connection.Invalidate(resumable));

    /// <summary>Closes every open connection with a code.</summary>
    public void Close(int code) => Each(connection => connection.Close(code, ""));

    /// <summary>Every open connection ends without a word, as when a network fails.</summary>
    public void CutAll() => Each(connection => connection.Cut());

    /// <summary>Every open connection gets the beginning of a frame, and ends there.</summary>
    public void CutInTheMiddle() => Each(connection => connection.Send("""{"t":"MESSAGE_CREATE","s":1,"op":0,"d":{"content":"half of"""u8.ToArray(), cut: true));

    /// <summary>Open connections hear of nothing more, though heartbeats are acknowledged.</summary>
    public void Deafen() => Each(connection => connection.Deaf = true);

    /// <summary>Asks for a heartbeat at once (op 1).</summary>
    public void AskForHeartbeat() => Each(connection => connection.Send(GatewayConnection.Frame(1, null)));

    /// <summary>Something that is no JSON at all, in place of a frame.</summary>
    public void SendRubbish(string text = "\u0001{not json") => Each(connection => connection.Send(Encoding.UTF8.GetBytes(text)));

    /// <summary>Bytes that are not even text, or no zlib where that is spoken.</summary>
    public void SendRubbish(byte[] bytes) => Each(connection => connection.Send(bytes, raw: true));

    /// <summary>One well-formed frame of so many bytes, of a type that nobody knows.</summary>
    public void SendHuge(int bytes = 50 * 1024 * 1024) => Each(connection =>
        connection.Send(Encoding.UTF8.GetBytes($$$"""{"t":"HUGE","s":{{{connection.Session?.Sequence ?? 0}}},"op":0,"d":{"padding":"{{{new string('x', bytes)}}}"}}""")));

    /// <summary>A dispatch that is as given, in every session; whether it heard of it depends on nothing.</summary>
    public void Dispatch(string type, JsonObject data) => Dispatch(type, 0, null, _ => data);

    /// <summary>Every session is over; a resume is refused.</summary>
    public void ForgetSessions()
    {
        lock (server.Gate)
            sessions.Clear();
    }

    internal async Task ServeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest || Refused())
        {
            context.Response.StatusCode = context.WebSockets.IsWebSocketRequest ? 503 : 400;
            return;
        }
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        GatewayConnection connection;
        lock (server.Gate)
        {
            Connections++;
            agents.Add(context.Request.Headers.UserAgent.ToString());
            connection = new(server, context, socket, ++numbered);
            connections.Add(connection);
        }
        await connection.RunAsync();
        lock (server.Gate)
        {
            connections.Remove(connection);
            if (!connection.Leaving)
                clientCloses.Add(connection.ClientCode);
            if (connection.Session is not { } session || session.Connection != connection)
                return;
            session.Connection = null;
            // Whoever says goodbye does not come back.
            if (connection.ClientCode is 1000 or 1001)
                sessions.Remove(session);
        }
    }

    /// <summary>Tells every session that hears of such things; how many those are.</summary>
    internal int Dispatch(string type, int intent, string? guild, Func<GatewaySession, JsonObject> data)
    {
        lock (server.Gate)
        {
            var hearing = sessions.FindAll(session => session.Hears(intent, guild));
            foreach (var session in hearing)
                Send(session, type, data(session));
            return hearing.Count;
        }
    }

    internal void Send(GatewaySession session, string type, JsonObject data)
    {
        var frame = session.Next(type, data);
        var copies = Faults.Dropped > 0 ? 0 : Faults.Duplicated > 0 ? 2 : 1;
        (Faults.Dropped, Faults.Duplicated) = (Math.Max(0, Faults.Dropped - 1), copies == 2 ? Faults.Duplicated - 1 : Faults.Duplicated);
        for (var copy = 0; copy < copies && session.Connection is { Deaf: false } connection; copy++)
            connection.Send(frame);
    }

    internal void CountHeartbeat() => Heartbeats++;

    internal GatewaySession? Find(string id) => sessions.Find(session => session.Id == id);

    internal void Drop(GatewaySession session) => sessions.Remove(session);

    internal void CountResume(bool accepted)
    {
        if (accepted)
            Resumed++;
        else
            Resumes++;
    }

    /// <summary>A new session; null where it comes too soon after another.</summary>
    internal GatewaySession? Start(JsonObject identify, int intents, int shard, int shards)
    {
        Identifies++;
        var kept = identify.DeepClone().AsObject();
        kept.Remove("token");
        identified.Add(kept);
        // Whoever starts too many sessions in a day gets another token, in a letter to the owner.
        if (--StartsRemaining < 0)
        {
            server.ResetToken();
            return null;
        }
        var now = server.Clock.GetUtcNow();
        starts.RemoveAll(start => now - start.At >= IdentifyPause);
        var key = shard % MaxConcurrency;
        if (starts.Exists(start => start.Key == key))
            return null;
        starts.Add((key, now));
        var session = new GatewaySession(DiscordKeys.Secret(16), intents, shard, shards);
        sessions.Add(session);
        return session;
    }

    private bool Refused()
    {
        lock (server.Gate)
            return Faults.RefusedConnections > 0 && Faults.RefusedConnections-- > 0;
    }

    private void Each(Action<GatewayConnection> doing)
    {
        lock (server.Gate)
            connections.ToList().ForEach(doing);
    }
}
