using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using CopBot.Platforms.Discord.Api;

namespace CopBot.Platforms.Discord.Gateway;

/// <summary>One connection to the gateway: payloads as JSON in both directions (docs.discord.com/developers/events/gateway).</summary>
public sealed class GatewaySocket : IAsyncDisposable
{
    /// <summary>Closing with this keeps the session; 1000 and 1001 would end it.</summary>
    public const int KeepSession = 4000;

    // A server of a hundred thousand members comes in some megabytes; what is larger is not Discord.
    private const int LargestFrame = 24 * 1024 * 1024;
    // A member that is there twice would be found out only where it is read.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(2);

    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim sending = new(1);

    /// <summary>The code with which Discord closed it; null where it was cut.</summary>
    public int? CloseCode => (int?)socket.CloseStatus;

    public Task ConnectAsync(Uri address, CancellationToken ct)
    {
        socket.Options.SetRequestHeader("User-Agent", DiscordApi.UserAgent);
        return socket.ConnectAsync(address, ct);
    }

    /// <summary>The next payload; null when the connection has ended, or brought what is no payload.</summary>
    public async Task<JsonObject?> ReceiveAsync(CancellationToken ct)
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
                return null;
            if (part.EndOfMessage)
                return Parse(frame);
        }
    }

    /// <summary>Sends one payload; at most 4,096 bytes. False when the connection is gone.</summary>
    public async Task<bool> SendAsync(int op, JsonNode? data, CancellationToken ct)
    {
        var frame = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["op"] = op, ["d"] = data });
        await sending.WaitAsync(ct);
        try
        {
            await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, ct);
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

    /// <summary>Says goodbye in the way that keeps the session, and ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(CloseWithin);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync((WebSocketCloseStatus)KeepSession, null, limit.Token);
        }
        catch (Exception problem) when (problem is WebSocketException or IOException or OperationCanceledException or InvalidOperationException)
        {
            // It has ended already.
        }

        socket.Dispose();
    }

    private static JsonObject? Parse(MemoryStream frame)
    {
        try
        {
            return JsonNode.Parse(frame.GetBuffer().AsSpan(0, (int)frame.Length), documentOptions: Strict) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
