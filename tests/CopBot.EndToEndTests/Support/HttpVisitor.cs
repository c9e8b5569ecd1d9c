using System.Net;
using System.Text.RegularExpressions;

namespace CopBot.EndToEndTests.Support;

/// <summary>A person whose browser runs no script: forms and pages alone.</summary>
public sealed partial class HttpVisitor : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private HttpVisitor(Uri address)
    {
        Http = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = address };
        Http.DefaultRequestHeaders.Add("Accept", "text/html");
    }

    public HttpClient Http { get; }

    public CookieContainer Cookies { get; } = new();

    /// <summary>Somebody who only looked at the first page.</summary>
    public static async Task<HttpVisitor> ArriveAsync(Uri address)
    {
        var visitor = new HttpVisitor(address);
        await visitor.PageAsync();
        return visitor;
    }

    public static async Task<HttpVisitor> JoinAsync(HostProcess host, string name)
    {
        var visitor = await ArriveAsync(host.Address);
        using var answer = await visitor.PostAsync("/join", ("name", name));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return visitor;
    }

    public Task<string> PageAsync(string address = "/") => Http.GetStringAsync(new Uri(address, UriKind.Relative));

    /// <summary>Sends a form with the seal that the page gives.</summary>
    public async Task<HttpResponseMessage> PostAsync(string address, params (string Name, string Value)[] fields)
    {
        var seal = Seal().Match(await PageAsync()).Groups[1].Value;
        return await PostSealedAsync(address, seal, fields);
    }

    /// <summary>Sends a form with any seal, or none.</summary>
    public Task<HttpResponseMessage> PostSealedAsync(string address, string? seal, params (string Name, string Value)[] fields) =>
        Http.PostAsync(new Uri(address, UriKind.Relative), new FormUrlEncodedContent(
            fields.Append(("seal", seal ?? "")).Select(field => KeyValuePair.Create(field.Item1, field.Item2))));

    /// <summary>Says a line in the channel.</summary>
    public async Task SayAsync(string line)
    {
        using var answer = await PostAsync("/say", ("line", line), ("to", "channel"));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    /// <summary>The page once it has a text; a slow machine may need more than the second that a form waits.</summary>
    public async Task<string> HearsAsync(string text)
    {
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        while (true)
        {
            var page = await PageAsync();
            if (Plain(page).Contains(text, StringComparison.Ordinal))
                return page;
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(began) < Patience, $"“{text}” did not come. The page was: {Plain(page)}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private static string Plain(string page) => WebUtility.HtmlDecode(Tag().Replace(page, ""));

    public void Dispose() => Http.Dispose();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("name=\"seal\" value=\"([^\"]+)\"")]
    private static partial Regex Seal();
}
