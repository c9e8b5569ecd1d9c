using CopBot.Tests.Support.FakeDiscord;

namespace CopBot.EndToEndTests.Discord;

/// <summary>A small bot made with discord.js: somebody else's reading of Discord's protocols.</summary>
public sealed class DiscordPeer : IDisposable
{
    private readonly NodePeer app = new("Discord/peer", "discord");

    /// <summary>Starts the bot against a server and waits until it has registered its commands; the test is skipped with the reason where Node is missing.</summary>
    public async Task<RunningPeer> StartAsync(DiscordServer discord)
    {
        discord.MembersUnknown = true;
        var peer = await app.StartAsync(new Dictionary<string, string>
        {
            // discord.js adds the version itself.
            ["API"] = discord.ApiBase.AbsoluteUri.Replace("/v10", "", StringComparison.Ordinal),
            ["TOKEN"] = discord.Token,
            ["GUILD"] = discord.Guild.Id,
        });
        await peer.ReadyAsync();
        return peer;
    }

    public void Dispose() => app.Dispose();
}
