using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace CopBot.Platforms.Teams.Identity;

/// <summary>
/// The keys that Microsoft signs its messages with, and the channels that each of them vouches for. They are kept for a day; an unknown key has them fetched
/// anew at once, but not more often than every five minutes, so that nobody has them fetched by inventing keys.
/// </summary>
public sealed partial class SigningKeys(TeamsSettings settings, TeamsHttp http, TimeProvider time, ILogger<SigningKeys> log) : IDisposable
{
    private const int LargestAnswer = 1024 * 1024;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly SemaphoreSlim one = new(1);
    private volatile Fetched? last;
    private DateTimeOffset tried = DateTimeOffset.MinValue;

    /// <summary>The key of an id; null where Microsoft has none of it. Throws <see cref="NoKeys"/> where none could be fetched yet.</summary>
    public async Task<JsonWebKey?> FindAsync(string id, CancellationToken ct)
    {
        if (Known(id) is { } known && !IsOld())
            return known;
        await RefreshAsync(ct);
        return last is null ? throw new NoKeys() : Known(id);
    }

    /// <summary>Whether a key vouches for messages of a channel such as <c>msteams</c>.</summary>
    public static bool Endorses(JsonWebKey key, string channel) =>
        key.AdditionalData.TryGetValue("endorsements", out var value) && value is JsonElement { ValueKind: JsonValueKind.Array } list
        && list.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.ValueEquals(channel));

    public void Dispose() => one.Dispose();

    private JsonWebKey? Known(string id) => last?.Keys.FirstOrDefault(key => string.Equals(key.Kid, id, StringComparison.Ordinal));

    private bool IsOld() => last is null || time.GetUtcNow() - last.At > Kept;

    private async Task RefreshAsync(CancellationToken ct)
    {
        await one.WaitAsync(ct);
        try
        {
            var now = time.GetUtcNow();
            if (now - tried < Between)
                return;
            tried = now;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Patience);
            var metadata = JsonNode.Parse(await GetAsync(settings.OpenIdMetadata, limit.Token)) as JsonObject ?? [];

            // The document names where the keys are; they have to be in the same hands as itself.
            if (!Uri.TryCreate(metadata.Text("jwks_uri"), UriKind.Absolute, out var where) || !string.Equals(where.Authority, settings.OpenIdMetadata.Authority, StringComparison.OrdinalIgnoreCase) || where.Scheme != settings.OpenIdMetadata.Scheme)
                throw new JsonException("jwks_uri is missing, or of another host");
            last = new Fetched([.. new JsonWebKeySet(await GetAsync(where, limit.Token)).Keys.Where(key => key is { Kty: "RSA", Kid.Length: > 0 })], now);
        }
        catch (Exception problem) when (problem is HttpRequestException or JsonException or ArgumentException or InvalidOperationException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            // What was fetched before goes on being good; without any the next message asks again.
            if (last is null)
                tried = DateTimeOffset.MinValue;
            Log.NotFetched(log, settings.OpenIdMetadata, problem);
        }
        finally
        {
            one.Release();
        }
    }

    private async Task<string> GetAsync(Uri address, CancellationToken ct)
    {
        using var answer = await http.Keys.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, ct);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync(ct);
        var buffer = new byte[LargestAnswer];
        var read = await body.ReadAtLeastAsync(buffer, LargestAnswer, throwOnEndOfStream: false, ct);
        return read < LargestAnswer ? System.Text.Encoding.UTF8.GetString(buffer, 0, read) : throw new JsonException("the answer is too large");
    }

    private sealed record Fetched(IReadOnlyList<JsonWebKey> Keys, DateTimeOffset At);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Microsoft's keys could not be fetched from {Address}: without them nothing from Teams is taken. May this machine reach it over HTTPS?")]
        public static partial void NotFetched(ILogger log, Uri address, Exception problem);
    }
}

/// <summary>No keys are known yet, so nothing can be proven or refused.</summary>
public sealed class NoKeys : Exception;
