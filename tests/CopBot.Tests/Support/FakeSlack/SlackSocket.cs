using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>One open connection of Socket Mode.</summary>
public sealed class SlackSocket : IDisposable
{
    private readonly SlackServer server;
    private readonly HttpContext context;
    private readonly WebSocket socket;
    private readonly SemaphoreSlim sending = new(1, 1);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonNode?>> waiting = new();
    private readonly ConcurrentDictionary<string, bool> sent = new();

    internal SlackSocket(SlackServer server, HttpContext context, WebSocket socket) => (this.server, this.context, this.socket) = (server, context, socket);

    /// <summary>The how-manieth since the server began.</summary>
    public int Number { get; internal set; }

    /// <summary>How many envelopes went over it.</summary>
    public int Envelopes => sent.Count;

    /// <summary>It was told to disconnect; nothing more is sent over it while there is another.</summary>
    public bool Leaving { get; private set; }

    public void Dispose() => sending.Dispose();

    internal void Cut()
    {
        try
        {
            context.Abort();
        }
        catch (ObjectDisposedException)
        {
            // The other side was first.
        }
    }

    internal async Task DisconnectAsync(string reason, TimeSpan closeAfter)
    {
        Leaving = true;
        try
        {
            await SendAsync(new() { ["type"] = "disconnect", ["reason"] = reason, ["debug_info"] = new JsonObject { ["host"] = "applink-1" } });
            await Task.Delay(closeAfter, TimeProvider.System, context.RequestAborted);
            await sending.WaitAsync();
            try
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, reason, CancellationToken.None);
            }
            finally
            {
                sending.Release();
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            // The bot left first, which is what it was asked to do.
        }
    }

    /// <summary>Sends an envelope and waits for its acknowledgement; false where none came in time or the connection broke.</summary>
    internal async Task<(bool Acked, JsonNode? Payload)> AskAsync(JsonObject envelope, TimeSpan patience)
    {
        var id = (string)envelope["envelope_id"]!;
        var answer = new TaskCompletionSource<JsonNode?>(TaskCreationOptions.RunContinuationsAsynchronously);
        (waiting[id], sent[id]) = (answer, (bool)envelope["accepts_response_payload"]!);
        try
        {
            await SendAsync(envelope);
            return (true, await answer.Task.WaitAsync(patience, TimeProvider.System));
        }
        catch (Exception none) when (none is TimeoutException or WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            return (false, null);
        }
        finally
        {
            waiting.TryRemove(id, out _);
        }
    }

    internal async Task RunAsync(JsonObject hello)
    {
        try
        {
            await SendAsync(hello);
            while (await ReadAsync() is { } frame)
                Receive(frame);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException)
        {
            // A connection that breaks is part of the play.
        }
    }

    internal void Over()
    {
        foreach (var answer in waiting.Values)
            answer.TrySetCanceled();
    }

    private void Receive(string frame)
    {
        JsonObject? ack;
        try
        {
            ack = JsonNode.Parse(frame) as JsonObject;
        }
        catch (JsonException)
        {
            ack = null;
        }
        if (ack is null || (string?)ack["envelope_id"] is not { } id || !sent.TryGetValue(id, out var mayAnswer))
        {
            server.Note($"over the socket came something that acknowledges nothing: {frame}");
            return;
        }
        var payload = ack["payload"]?.DeepClone();
        if (payload is JsonObject { Count: 0 } || payload?.ToJsonString() == "\"\"")
            payload = null;
        if (payload is not null && !mayAnswer)
            server.Note($"an acknowledgement with a payload where none is accepted: {frame}");
        if (waiting.TryGetValue(id, out var answer))
            answer.TrySetResult(payload);
    }

    private async Task SendAsync(JsonObject frame)
    {
        await sending.WaitAsync(context.RequestAborted);
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(frame.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
        }
        finally
        {
            sending.Release();
        }
    }

    private async Task<string?> ReadAsync()
    {
        var buffer = new byte[16 * 1024];
        using var whole = new MemoryStream();
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                if (socket.State == WebSocketState.CloseReceived)
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
                return null;
            }
            whole.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
                return Encoding.UTF8.GetString(whole.ToArray());
        }
    }
}
