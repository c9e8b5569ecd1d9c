using System.Text.Json.Nodes;
using NodaTime;

namespace CopBot.Platforms.Slack.Workspaces;

/// <summary>What is sealed, and how it comes out of Slack's answer to <c>oauth.v2.access</c> (https://docs.slack.dev/reference/methods/oauth.v2.access).</summary>
internal static class TokenKind
{
    public const string Bot = "bot";
    public const string Refresh = "refresh";

    /// <summary>An installation with the tokens of an answer, sealed; null where there is no token in it.</summary>
    public static Installation? Read(JsonObject answer, Installation one, TokenSeal seal, Instant now)
    {
        if (answer.TextOrNull("access_token") is not { } token)
            return null;

        var refresh = answer.TextOrNull("refresh_token");
        return one with
        {
            Token = seal.Close(token, Bot, one.Enterprise, one.Team),
            Refresh = refresh is null ? null : seal.Close(refresh, Refresh, one.Enterprise, one.Team),
            ExpiresAt = answer["expires_in"] is JsonValue seconds && seconds.TryGetValue<long>(out var lasts) ? now + Duration.FromSeconds(lasts) : null,
        };
    }
}
