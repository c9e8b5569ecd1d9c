using System.IO.Compression;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>One open web socket of the gateway.</summary>
public sealed class GatewayConnection
{
    private readonly DiscordServer server;
    private readonly HttpContext context;
    private readonly WebSocket socket;
    private readonly Channel<Outgoing> outgoing = Channel.CreateUnbounded<Outgoing>(new() { SingleReader = true });
    private readonly Queue<long> sends = new();
    private readonly GatewayConversation conversation;

    internal GatewayConnection(DiscordServer server, HttpContext context, WebSocket socket, int number)
    {
        (this.server, this.context, this.socket, Number) = (server, context, socket, number);
        conversation = new(server, this);
    }

    /// <summary>The how-manieth since the server began.</summary>
    public int Number { get; }
    public GatewaySession? Session { get; internal set; }

    /// <summary>It hears of nothing.</summary>
    public bool Deaf { get; internal set; }

    /// <summary>It was closed or cut from this side.</summary>
    public bool Leaving { get; private set; }

    /// <summary>It was opened at the address that is for resuming.</summary>
    public bool AtResumeUrl => context.Request.Path == "/resume";

    /// <summary>The code with which the client closed it; null where it did not.</summary>
    internal int? ClientCode { get; private set; }

    internal IQueryCollection Query => context.Request.Query;

    internal static byte[] Frame(int op, JsonNode? data, string? type = null, long? sequence = null)
    {
        using var whole = new MemoryStream();
        using (var writer = new Utf8JsonWriter(whole))
        {
            writer.WriteStartObject();
            writer.WriteString("t", type);
            if (sequence is { } number)
                writer.WriteNumber("s", number);
            else
                writer.WriteNull("s");
            writer.WriteNumber("op", op);
            writer.WritePropertyName("d");
            if (data is null)
                writer.WriteNullValue();
            else
                data.WriteTo(writer);
            writer.WriteEndObject();
        }
        return whole.ToArray();
    }

    internal void Send(byte[] frame, bool raw = false, bool cut = false) => outgoing.Writer.TryWrite(new(frame, raw, cut, null, ""));

    internal void Close(int code, string reason)
    {
        Leaving = true;
        outgoing.Writer.TryWrite(new([], false, false, code, reason));
        // With these the session is over too.
        if (code is 4003 or 4004 or 4007 or 4009 or (>= 4010 and <= 4014) && Session is { } session)
            server.Gateway.Drop(session);
    }

    internal void Cut()
    {
        Leaving = true;
        try
        {
            context.Abort();
        }
        catch (ObjectDisposedException)
        {
            // The other side was first.
        }
    }

    internal void Invalidate(bool resumable)
    {
        if (!resumable && Session is { } session)
        {
            server.Gateway.Drop(session);
            (session.Connection, Session) = (null, null);
        }
        Send(Frame(9, JsonValue.Create(resumable)));
    }

    internal async Task RunAsync()
    {
        var writing = WriteAsync();
        try
        {
            lock (server.Gate)
                conversation.Begin();
            while (await ReadAsync() is { } frame)
                lock (server.Gate)
                    if (!Leaving)
                        Receive(frame);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // A connection that breaks is part of the play.
        }
        outgoing.Writer.TryComplete();
        await writing;
    }

    private void Receive(byte[] frame)
    {
        var now = TimeProvider.System.GetTimestamp();
        sends.Enqueue(now);
        while (TimeProvider.System.GetElapsedTime(sends.Peek(), now) > TimeSpan.FromMinutes(1))
            sends.Dequeue();
        if (sends.Count > server.Gateway.SendsPerMinute)
        {
            server.Breach($"gateway: more than {server.Gateway.SendsPerMinute} frames in a minute");
            Close(4008, "Rate limited.");
            return;
        }
        if (frame.Length > 4096)
        {
            server.Breach($"gateway: a frame of {frame.Length} bytes, 4096 are allowed");
            Close(4002, "Decode error.");
            return;
        }
        try
        {
            conversation.Take(JsonNode.Parse(frame) as JsonObject ?? throw new JsonException("no object"));
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or FormatException)
        {
            server.Breach($"gateway: a frame that cannot be read: {System.Text.Encoding.UTF8.GetString(frame)}");
            Close(4002, "Decode error.");
        }
    }

    private async Task WriteAsync()
    {
        var compressed = Query["compress"] == "zlib-stream";
        using var packed = new MemoryStream();
        await using var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true);
        try
        {
            await foreach (var next in outgoing.Reader.ReadAllAsync())
            {
                if (next.CloseCode is { } code)
                {
                    await socket.CloseOutputAsync((WebSocketCloseStatus)code, next.Reason, CancellationToken.None);
                    // A client that does not answer is not waited for.
                    _ = Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System).ContinueWith(_ => Cut(), TaskScheduler.Default);
                    continue;
                }
                var bytes = next.Bytes;
                if (compressed && !next.Raw)
                {
                    packed.SetLength(0);
                    await zlib.WriteAsync(bytes, context.RequestAborted);
                    await zlib.FlushAsync(context.RequestAborted);
                    bytes = packed.ToArray();
                }
                await socket.SendAsync(bytes, compressed || next.Raw ? WebSocketMessageType.Binary : WebSocketMessageType.Text, endOfMessage: !next.Cut, context.RequestAborted);
                if (next.Cut)
                    Cut();
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The bot left first; what was to be sent waits in the session.
        }
    }

    private async Task<byte[]?> ReadAsync()
    {
        var buffer = new byte[16 * 1024];
        using var whole = new MemoryStream();
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                ClientCode = (int?)socket.CloseStatus;
                if (socket.State == WebSocketState.CloseReceived)
                    await socket.CloseOutputAsync(socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
                return null;
            }
            whole.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
                return whole.ToArray();
        }
    }

    private readonly record struct Outgoing(byte[] Bytes, bool Raw, bool Cut, int? CloseCode, string Reason);
}
