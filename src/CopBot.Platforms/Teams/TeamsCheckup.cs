using System.Runtime.CompilerServices;
using Azure.Identity;
using CopBot.Core.Chat;
using CopBot.Platforms.Teams.Conversations;
using CopBot.Platforms.Teams.Identity;
using CopBot.Platforms.Teams.Manifest;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CopBot.Platforms.Teams;

/// <summary>Looks whether Teams is set up as docs/teams.md says: the app's token, Microsoft's keys, the address, the teams that the bot is in.</summary>
public sealed class TeamsCheckup(TeamsToken token, SigningKeys keys, TeamsConversations conversations, MainChannels mains, PublicAddress address) : ICheckup
{
    public string Platform => "Teams";

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken ct)
    {
        yield return await TokenAsync(ct);
        yield return await KeysAsync(ct);
        yield return address.Base is { Scheme: "https" } root
            ? Finding.Well($"Teams is to reach it at {new Uri(root, "api/messages")}.")
            : Finding.Note("CopBot__PublicUrl is no https address.", "Teams reaches the bot over HTTPS alone: set it to the address that stands in the bot's registration as the messaging endpoint, without /api/messages.");
        yield return await PlacesAsync(ct);
        await foreach (var finding in GraphAsync(ct))
            yield return finding;
    }

    private async Task<Finding> TokenAsync(CancellationToken ct)
    {
        try
        {
            await token.OfAsync(TeamsToken.Connector, ct);
            return Finding.Well("Entra gives the app its token.");
        }
        catch (Exception problem) when (problem is AuthenticationFailedException or HttpRequestException)
        {
            return Finding.Wrong($"Entra gives the app no token: {TeamsToken.Why(problem)}", "Compare CopBot__Teams__AppId, __TenantId and the secret, certificate or identity with the app registration; a secret that ended is replaced under “Certificates & secrets”.");
        }
    }

    private async Task<Finding> KeysAsync(CancellationToken ct)
    {
        try
        {
            await keys.FindAsync("-", ct);
            return Finding.Well("Microsoft's keys are known: what Teams sends can be proven.");
        }
        catch (NoKeys)
        {
            return Finding.Wrong("Microsoft's keys cannot be fetched, so nothing from Teams is taken.", "See whether this machine may reach login.botframework.com over HTTPS, then look again.");
        }
    }

    // The token for Graph names what an administrator granted, and saying so asks Graph for nothing of anybody's. Where it cannot be read nothing is said of it.
    private async IAsyncEnumerable<Finding> GraphAsync([EnumeratorCancellation] CancellationToken ct)
    {
        IReadOnlyCollection<string>? granted;
        try
        {
            var read = new JsonWebToken(await token.OfAsync(TeamsToken.Graph, ct));
            granted = [.. read.Claims.Where(claim => claim.Type == "roles").Select(claim => claim.Value)];
        }
        catch (Exception problem) when (problem is AuthenticationFailedException or HttpRequestException or ArgumentException or SecurityTokenException)
        {
            granted = null;
        }

        foreach (var permission in granted is null ? [] : TeamsPermissions.OfTenant.Where(permission => !granted.Contains(permission.Name)))
            yield return Finding.Note($"{permission.Name} is not granted: {permission.Without}.", "Grant it to the app in the Entra admin center, under “API permissions”, if you want more; docs/teams.md says what it is for.");
        if (granted is not null && TeamsPermissions.OfTenant.All(permission => granted.Contains(permission.Name)))
            yield return Finding.Well("Microsoft Graph may be asked for tags, calendars and chats with people.");
    }

    private async Task<Finding> PlacesAsync(CancellationToken ct)
    {
        var main = "#" + (await mains.OfAsync(TeamsPlatform.PlatformName, conversations.Tenant, ct)).TrimStart('#');
        await conversations.TryLoadAsync(ct);
        if (conversations.Channels.Count == 0)
            return Finding.Note("It is in no team yet.", "Add CopBot to the team in which your community meets.");
        return conversations.Named(main) is { } channel
            ? Finding.Well($"It is in {channel.TeamName}, whose channel {main} is the community's main one.")
            : Finding.Wrong($"No team that it is in has a channel {main}, the community's main one: what is for everybody is said nowhere.", "Choose another with `settings channel=#…`.");
    }
}
