using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CopBot.Platforms.Slack.Sockets;

/// <summary>One connection of Socket Mode (https://docs.slack.dev/apis/events-api/using-socket-mode): envelopes come in, acknowledgements go out.</summary>
public sealed class SlackSocket : IAsyncDisposable
{
    // Slack's payloads are at most some hundred kilobytes; what is larger is not Slack.
    private const int LargestFrame = 4 * 1024 * 1024;

    // A connection that does not answer a ping is dead, however open it looks.
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PongWithin = TimeSpan.FromSeconds(5);

    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim sending = new(1);
    private readonly TaskCompletionSource<string> leaving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource hello = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with Slack's reason once it asks to move to another connection, or when this one has ended.</summary>
    public Task<string> Leaving => leaving.Task;

    /// <summary>Completes once Slack said hello; from then on payloads come.</summary>
    public Task Hello => hello.Task;

    /// <summary>Connects; the address is good once.</summary>
    public async Task ConnectAsync(Uri address, CancellationToken ct)
    {
        socket.Options.KeepAliveInterval = PingEvery;
        socket.Options.KeepAliveTimeout = PongWithin;
        await socket.ConnectAsync(address, ct);
    }

    /// <summary>Hands over every envelope until the connection ends; never throws for that.</summary>
    /// <param name="accept">Gets each envelope, and may still be at it when the next one comes.</param>
    /// <param name="ct">Stops it.</param>
    public async Task ReceiveAsync(Action<JsonObject> accept, CancellationToken ct)
    {
        var end = "closed";
        try
        {
            while (await ReadAsync(ct) is { } frame)
            {
                if (Parse(frame) is not { } envelope)
                    continue;

                switch (envelope.Text("type"))
                {
                    case "hello":
                        hello.TrySetResult();
                        break;
                    case "disconnect":
                        leaving.TrySetResult(envelope.Text("reason"));
                        break;
                    default:
                        accept(envelope);
                        break;
                }
            }
        }
        catch (Exception problem) when (problem is WebSocketException or IOException or OperationCanceledException)
        {
            end = problem.GetType().Name;
        }
        finally
        {
            leaving.TrySetResult(end);
            hello.TrySetException(new IOException(end));
            _ = hello.Task.Exception;
        }
    }

    /// <summary>Acknowledges an envelope, with an answer where it takes one. False when the connection is gone; then Slack sends the envelope again.</summary>
    public async Task<bool> AcknowledgeAsync(string envelope, JsonObject? answer, CancellationToken ct)
    {
        var frame = new JsonObject { ["envelope_id"] = envelope };
        if (answer is not null)
            frame["payload"] = answer;
        await sending.WaitAsync(ct);
        try
        {
            await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(frame), WebSocketMessageType.Text, endOfMessage: true, ct);
            return true;
        }
        catch (Exception problem) when (problem is WebSocketException or IOException or InvalidOperationException or ObjectDisposedException)
        {
            return false;
        }
        finally
        {
            sending.Release();
        }
    }

    /// <summary>Says goodbye and ends it.</summary>
    public async Task CloseAsync()
    {
        using var limit = new CancellationTokenSource(PongWithin);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
        }
        catch (Exception problem) when (problem is WebSocketException or IOException or OperationCanceledException or InvalidOperationException or ObjectDisposedException)
        {
            // It has ended already.
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<byte[]?> ReadAsync(CancellationToken ct)
    {
        var buffer = new byte[16 * 1024];
        using var frame = new MemoryStream();
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), ct);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;

            frame.Write(buffer, 0, part.Count);
            if (frame.Length > LargestFrame)
                throw new IOException("a frame is larger than any of Slack's");
            if (part.EndOfMessage)
                return frame.ToArray();
        }
    }

    private static JsonObject? Parse(byte[] frame)
    {
        try
        {
            return JsonNode.Parse(frame, null, new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair in a name is no JSON problem to .NET, and no text either.
            return null;
        }
    }
}
