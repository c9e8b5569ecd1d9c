using CopBot.Platforms.Teams.Identity;
using Microsoft.Kiota.Abstractions.Authentication;

namespace CopBot.Platforms.Teams.Graph;

/// <summary>Gives the SDK the bot's token for Microsoft Graph, and for no other address.</summary>
internal sealed class GraphTokens(TeamsSettings settings, TeamsToken token) : IAccessTokenProvider
{
    public AllowedHostsValidator AllowedHostsValidator { get; } = new([settings.GraphBase.Host]);

    public async Task<string> GetAuthorizationTokenAsync(Uri uri, Dictionary<string, object>? additionalAuthenticationContext = null, CancellationToken cancellationToken = default) =>
        AllowedHostsValidator.IsUrlHostValid(uri) ? await token.OfAsync(TeamsToken.Graph, cancellationToken) : "";
}
