using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>A bare client for trying the server out: it does what it is told, right or wrong, and nothing by itself.</summary>
public sealed class DiscordProbe(DiscordServer server) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    private ClientWebSocket? socket;
    private System.IO.Compression.ZLibStream? zlib;
    private MemoryStream packed = new();

    /// <summary>The last dispatch's number.</summary>
    public long Sequence { get; private set; }
    public string Session { get; private set; } = "";
    public int? Closed => (int?)socket?.CloseStatus;

    public async Task<(int Status, JsonNode? Body, HttpResponseMessage Whole)> SendAsync(string method, string path, JsonNode? body = null, string? agent = "DiscordBot (https://example.org, 1.0)", string? token = null, string? reason = null)
    {
        using var request = new HttpRequestMessage(new(method), new Uri(server.ApiBase.AbsoluteUri + path));
        if (body is not null)
            request.Content = JsonContent.Create(body);
        if (agent is not null)
            request.Headers.TryAddWithoutValidation("User-Agent", agent);
        if (reason is not null)
            request.Headers.TryAddWithoutValidation("X-Audit-Log-Reason", reason);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bot", token ?? server.Token);
        var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType == "application/json" ? JsonNode.Parse(text) : null, answer);
    }

    /// <summary>A message that pings nobody.</summary>
    public static JsonObject Message(string content) => new() { ["content"] = content, ["allowed_mentions"] = new JsonObject { ["parse"] = new JsonArray() } };

    /// <summary>Opens the gateway, and reads HELLO where there is one to be read.</summary>
    public async Task<JsonObject?> OpenAsync(Uri? address = null, string query = "?v=10&encoding=json", bool hello = true)
    {
        socket?.Dispose();
        socket = new();
        zlib = null;
        packed = new();
        await socket.ConnectAsync(new((address ?? server.GatewayUrl).AbsoluteUri + query), default);
        return hello ? await ReadAsync() : null;
    }

    public Task IdentifyAsync(int intents = GatewayIntents.Guilds, string? token = null, JsonArray? shard = null) => FrameAsync(2, new JsonObject
    {
        ["token"] = token ?? server.Token,
        ["intents"] = intents,
        ["properties"] = new JsonObject { ["os"] = "linux", ["browser"] = "probe", ["device"] = "probe" },
        ["shard"] = shard ?? new JsonArray(0, 1),
    });

    public Task ResumeAsync(long? from = null) => FrameAsync(6, new JsonObject { ["token"] = server.Token, ["session_id"] = Session, ["seq"] = from ?? Sequence });

    public Task FrameAsync(int op, JsonNode? data) => TextAsync(new JsonObject { ["op"] = op, ["d"] = data }.ToJsonString());

    public Task TextAsync(string text) => socket!.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, default);

    public Task CloseAsync(int code) => socket!.CloseAsync((WebSocketCloseStatus)code, "", default);

    /// <summary>Goes without a word.</summary>
    public void Cut() => socket!.Abort();

    /// <summary>The next frame; null where the connection is over.</summary>
    public async Task<JsonObject?> ReadAsync(TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(patience ?? TimeSpan.FromMinutes(1), TimeProvider.System);
        var buffer = new byte[64 * 1024];
        using var whole = new MemoryStream();
        while (true)
        {
            var part = await socket!.ReceiveAsync(buffer.AsMemory(), limit.Token);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            whole.Write(buffer, 0, part.Count);
            if (!part.EndOfMessage)
                continue;
            var frame = JsonNode.Parse(part.MessageType == WebSocketMessageType.Binary ? Unpacked(whole.ToArray()) : whole.ToArray())!.AsObject();
            Sequence = (long?)frame["s"] ?? Sequence;
            if ((string?)frame["t"] == "READY")
                Session = (string)frame["d"]!["session_id"]!;
            return frame;
        }
    }

    /// <summary>Reads until a dispatch of this type.</summary>
    public async Task<JsonObject> UntilAsync(string type)
    {
        while (await ReadAsync() is { } frame)
            if ((string?)frame["t"] == type)
                return frame["d"]!.AsObject();
        throw new InvalidOperationException($"closed with {Closed} before {type}");
    }

    public void Dispose()
    {
        http.Dispose();
        socket?.Dispose();
    }

    /// <summary>One inflater for the whole connection, as zlib-stream wants it.</summary>
    private byte[] Unpacked(byte[] bytes)
    {
        var position = packed.Position;
        packed.Seek(0, SeekOrigin.End);
        packed.Write(bytes);
        packed.Position = position;
        zlib ??= new(packed, System.IO.Compression.CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (zlib.Read(buffer) is > 0 and var read)
            unpacked.Write(buffer, 0, read);
        return unpacked.ToArray();
    }
}
