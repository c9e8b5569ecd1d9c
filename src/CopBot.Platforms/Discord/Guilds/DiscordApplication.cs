using CopBot.Platforms.Discord.Api;

namespace CopBot.Platforms.Discord.Guilds;

/// <summary>Who the bot is at Discord (docs.discord.com/developers/resources/application).</summary>
public sealed class DiscordApplication(DiscordSettings settings, DiscordApi api)
{
    // The switch for “Server Members Intent”; the second while the bot is not verified (resources/application, “Application Flags”).
    private const int MembersIntent = 1 << 14;
    private const int MembersIntentLimited = 1 << 15;

    /// <summary>The application's id; empty until it is known.</summary>
    public string Id { get; private set; } = settings.ApplicationId ?? "";

    /// <summary>What it is called.</summary>
    public string Name { get; private set; } = "CopBot";

    /// <summary>Whether it may hear who leaves a server.</summary>
    public bool SeesMembers { get; private set; }

    /// <summary>Asks Discord. False where it does not say now.</summary>
    public async Task<bool> LoadAsync(CancellationToken ct)
    {
        var answer = await api.CallAsync(DiscordRoute.Application, null, ct);
        if (!answer.IsDone || answer.Body.TextOrNull("id") is not { } id)
            return false;

        Id = id;
        Name = answer.Body.TextOrNull("name") ?? Name;
        SeesMembers = answer.Body["flags"]?.GetValue<int>() is { } flags && (flags & (MembersIntent | MembersIntentLimited)) != 0;
        return true;
    }
}
