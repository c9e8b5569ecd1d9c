using CopBot.Platforms.Discord;
using CopBot.Platforms.Discord.Gateway;

namespace CopBot.Host.Discord;

/// <summary>Keeps Discord going while the process runs: the commands that people see, and the gateway by which they come.</summary>
public sealed class DiscordWorker(CommandRegistration commands, DiscordGateway gateway) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(commands.RunAsync(stoppingToken), gateway.RunAsync(stoppingToken));
}
