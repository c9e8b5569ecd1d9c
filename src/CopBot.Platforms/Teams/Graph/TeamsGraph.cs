using System.Globalization;
using System.Text.Json;
using Azure.Identity;
using CopBot.Core.Chat;
using CopBot.Platforms.Teams.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Graph;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;
using NodaTime;

namespace CopBot.Platforms.Teams.Graph;

/// <summary>
/// Asks Microsoft Graph by its SDK, with the bot's token. It asks once: whoever asks has noted what they want, and asks again when Graph says
/// (graph/throttling). Never throws for what Graph answers.
/// </summary>
public sealed partial class TeamsGraph(TeamsSettings settings, TeamsHttp http, TeamsToken token, TimeProvider time, ILogger<TeamsGraph> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // The SDK is large, and many installations never ask it anything.
    private readonly Lazy<GraphServiceClient> client = new(() =>
        new GraphServiceClient(http.Graph, new BaseBearerTokenAuthenticationProvider(new GraphTokens(settings, token)), settings.GraphBase.AbsoluteUri.TrimEnd('/')));

    /// <summary>Asks for something; a token that is not taken is fetched anew once.</summary>
    /// <param name="what">What it is about, for the log.</param>
    /// <param name="ask">The call.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<GraphAnswer<T>> AskAsync<T>(string what, Func<GraphServiceClient, CancellationToken, Task<T?>> ask, CancellationToken ct)
    {
        var answer = await OnceAsync(ask, ct);
        if (answer.Status == 401)
        {
            token.Forget();
            answer = await OnceAsync(ask, ct);
        }

        if (!answer.IsDone)
            Log.NotDone(log, what, answer.Problem);
        return answer;
    }

    /// <summary>As the other, where there is nothing to give.</summary>
    public Task<GraphAnswer<object>> AskAsync(string what, Func<GraphServiceClient, CancellationToken, Task> ask, CancellationToken ct) =>
        AskAsync<object>(what, async (graph, token) =>
        {
            await ask(graph, token);
            return null;
        }, ct);

    private async Task<GraphAnswer<T>> OnceAsync<T>(Func<GraphServiceClient, CancellationToken, Task<T?>> ask, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            return new(SyncOutcomeKind.Done, await ask(client.Value, limit.Token), 200);
        }
        catch (ApiException problem)
        {
            return Of<T>(problem);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or AuthenticationFailedException or JsonException or InvalidOperationException || (problem is OperationCanceledException && !ct.IsCancellationRequested))
        {
            // No answer, no token, or a page of a proxy's instead of an answer.
            return new(SyncOutcomeKind.Later, default, 0, problem.Message.Split('\n')[0].Trim());
        }
    }

    private GraphAnswer<T> Of<T>(ApiException problem)
    {
        var error = (problem as ODataError)?.Error;
        var status = problem.ResponseStatusCode;
        var said = string.Create(CultureInfo.InvariantCulture, $"{status} {error?.Code} {Short(error?.Message ?? "")}").Trim();
        var later = status is 0 or 401 or 408 or 423 or 429 or >= 500;
        return new(later ? SyncOutcomeKind.Later : SyncOutcomeKind.Refused, default, status, said, later ? After(problem) : null);
    }

    private Duration? After(ApiException problem)
    {
        if (problem.ResponseHeaders?.FirstOrDefault(header => header.Key.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault() is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < NodaConstants.SecondsPerDay)
            return Duration.FromSeconds(seconds);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) && date - time.GetUtcNow() is { TotalDays: > 0 and < 1 } left ? Duration.FromTimeSpan(left) : null;
    }

    private static string Short(string text) => text.Length <= 200 ? text : text[..200];

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Microsoft Graph did not do it ({What}): {Problem}")]
        public static partial void NotDone(ILogger log, string what, string? problem);
    }
}
