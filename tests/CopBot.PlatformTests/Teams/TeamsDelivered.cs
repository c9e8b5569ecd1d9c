using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CopBot.Tests.Support.FakeTeams;

namespace CopBot.PlatformTests.Teams;

/// <summary>Whatever is brought to the bot's address with a token that is good: it is not bound to the body but by the service's address.</summary>
public sealed class TeamsDelivered : IAsyncDisposable
{
    private readonly Conversation chat;
    private readonly HttpClient http = new();
    private string token = "";

    private TeamsDelivered(Conversation chat) => (this.chat, Ears) = (chat, (TeamsEars)chat.Ears);

    public TeamsEars Ears { get; }

    public TeamsServer Server => Ears.Server;

    public static async Task<TeamsDelivered> StartAsync()
    {
        var delivered = new TeamsDelivered(await Conversation.StartAsync(Product.Teams));
        await delivered.chat.SayAsync("ana", "help");
        var said = delivered.Activity("message");
        said["text"] = "me";
        await delivered.Server.SendForgedAsync(said, new TeamsTokenBreach("none", it => delivered.token = it.Token));
        await delivered.Ears.SettleAsync();
        return delivered;
    }

    /// <summary>An activity of ana's in their own chat.</summary>
    public JsonObject Activity(string type) => Server.Activity(type, Ears.Account("ana"), Ears.Account("ana").Chat);

    /// <summary>Brings it; the answer's status, and 0 where there was none.</summary>
    public Task<int> SendAsync(JsonNode activity) => SendAsync(Encoding.UTF8.GetBytes(activity.ToJsonString()));

    public async Task<int> SendAsync(byte[] body, string? contentType = "application/json", string? encoding = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Server.Bot) { Content = new ByteArrayContent(body) };
        if (contentType is not null)
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (encoding is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var answer = await http.SendAsync(request);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException) when (body.Length > 512 * 1024)
        {
            // It hangs up on whoever goes on sending what is too long.
            return 413;
        }
    }

    /// <summary>All that a message could change: rows of the inbox, of people, channels, claims.</summary>
    public async Task<string> StoredAsync() => string.Join(' ', await Task.WhenAll(
        chat.ScalarAsync<int>($"select count(*) from inbox"), chat.ScalarAsync<int>($"select count(*) from handles"), chat.ScalarAsync<int>($"select count(*) from teams_people"),
        chat.ScalarAsync<int>($"select count(*) from teams_channels"), chat.ScalarAsync<int>($"select count(*) from claims"), chat.ScalarAsync<int>($"select count(*) from outbox")));

    public Task<int> InboxAsync() => chat.ScalarAsync<int>($"select count(*) from inbox");

    /// <summary>Rows of which the bot failed to make anything.</summary>
    public Task<int> FailedAsync() => chat.ScalarAsync<int>($"select count(*) from inbox where attempts > 0");

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return chat.DisposeAsync();
    }
}
