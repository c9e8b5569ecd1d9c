using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>A bot that does what a test tells it: it keeps what comes, answers as told, and asks the Connector and Graph by hand.</summary>
public sealed class TeamsProbe : IAsyncDisposable
{
    private readonly TeamsServer server;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private readonly List<JsonObject> heard = [];
    private TeamsListener? listener;

    private TeamsProbe(TeamsServer server) => this.server = server;

    /// <summary>What came, in order.</summary>
    public IReadOnlyList<JsonObject> Heard
    {
        get
        {
            lock (heard)
                return [.. heard];
        }
    }

    /// <summary>Headers of what came last.</summary>
    public IHeaderDictionary LastHeaders { get; private set; } = new HeaderDictionary();

    /// <summary>What is answered to an activity: a status and a body.</summary>
    public Func<JsonObject, (int Status, JsonNode? Body)> Answers { get; set; } = _ => (200, null);

    /// <summary>Starts it, and tells the server where it is.</summary>
    public static async Task<TeamsProbe> StartAsync(TeamsServer server)
    {
        var probe = new TeamsProbe(server);
        probe.listener = await TeamsListener.StartAsync(probe.ServeAsync);
        server.Bot = new(probe.listener.Root, "api/messages");
        return probe;
    }

    /// <summary>A token of the bot for the Connector or Graph.</summary>
    public async Task<string> TokenAsync(string audience = TeamsIdentity.ConnectorAudience) =>
        (string)(await FormAsync(server.TokenAddress, ("grant_type", "client_credentials"), ("client_id", server.Identity.AppId), ("client_secret", server.Identity.Secret!), ("scope", audience + "/.default"))).Body!["access_token"]!;

    /// <summary>Sends a form, as tokens are asked for.</summary>
    public async Task<(int Status, JsonNode? Body)> FormAsync(Uri address, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var response = await http.PostAsync(address, content);
        return ((int)response.StatusCode, Json(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>Asks the Connector: <c>v3/conversations/…</c>.</summary>
    public Task<(int Status, JsonNode? Body)> ConnectorAsync(string method, string path, JsonNode? body = null, string? token = null) => SendAsync(method, new(server.ServiceUrl, path), body, token);

    /// <summary>Says something in a conversation; its id.</summary>
    public async Task<(int Status, JsonNode? Body)> SayAsync(string conversation, JsonObject activity, string? token = null) =>
        await ConnectorAsync("POST", $"v3/conversations/{Uri.EscapeDataString(conversation)}/activities", activity, token);

    /// <summary>Asks Graph: <c>teams/…</c>.</summary>
    public async Task<(int Status, JsonNode? Body)> GraphAsync(string method, string path, JsonNode? body = null) => await SendAsync(method, new(server.Graph.Base, path), body, await TokenAsync(TeamsIdentity.GraphAudience));

    /// <summary>Any request with a token, and its answer whole.</summary>
    public async Task<HttpResponseMessage> RawAsync(string method, Uri address, JsonNode? body, string? token = null)
    {
        using var request = new HttpRequestMessage(new(method), address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? await TokenAsync());
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await http.SendAsync(request);
    }

    /// <summary>Any address, as it is.</summary>
    public Task<JsonNode?> GetAsync(Uri address) => http.GetFromJsonAsync<JsonNode>(address);

    /// <summary>A message with a text, and one with a card.</summary>
    public static JsonObject Message(string text) => new() { ["type"] = "message", ["text"] = text, ["textFormat"] = "plain" };

    public static JsonObject Card(JsonNode card) => new() { ["type"] = "message", ["attachments"] = new JsonArray(new JsonObject { ["contentType"] = TeamsCards.ContentType, ["content"] = card.DeepClone() }) };

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (listener is not null)
            await listener.DisposeAsync();
    }

    private async Task<(int Status, JsonNode? Body)> SendAsync(string method, Uri address, JsonNode? body, string? token)
    {
        using var response = await RawAsync(method, address, body, token);
        return ((int)response.StatusCode, Json(await response.Content.ReadAsStringAsync()));
    }

    private async Task ServeAsync(HttpContext context)
    {
        var activity = (await JsonSerializer.DeserializeAsync<JsonObject>(context.Request.Body))!;
        lock (heard)
            heard.Add(activity);
        LastHeaders = new HeaderDictionary(context.Request.Headers.ToDictionary());
        var (status, body) = Answers(activity);
        context.Response.StatusCode = status;
        if (body is not null)
            await context.Response.WriteAsJsonAsync(body);
    }

    private static JsonNode? Json(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
