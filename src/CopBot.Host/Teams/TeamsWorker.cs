using CopBot.Platforms.Teams.Conversations;

namespace CopBot.Host.Teams;

/// <summary>Takes over, before anything is answered, where the bot could speak when it last stopped.</summary>
public sealed class TeamsWorker(TeamsConversations conversations) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => conversations.LoadAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
