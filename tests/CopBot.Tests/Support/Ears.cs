using CopBot.Core.Chat;
using CopBot.Host;
using CopBot.Host.Rehearsals;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Tests.Support;

/// <summary>How a conversation reaches the bot and what is heard of it.</summary>
public abstract class Ears : IAsyncDisposable
{
    /// <summary>The platform of its places.</summary>
    public abstract string Platform { get; }

    /// <summary>What the platform calls a workspace of a name.</summary>
    public virtual string WorkspaceOf(string name) => name;

    /// <summary>Registers the platform.</summary>
    public abstract void Register(IServiceCollection services);

    /// <summary>Begins to listen.</summary>
    public virtual Task ListenAsync(IServiceProvider services) => Task.CompletedTask;

    /// <summary>Brings what somebody says to the bot, and waits until all of its answers are out.</summary>
    public abstract Task SayAsync(IServiceProvider services, Incoming said);

    /// <summary>What was heard since the last time, in the order in which it was said.</summary>
    public abstract IReadOnlyList<Heard> Take();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>A delivery as it reached somebody.</summary>
    protected static Heard HeardOf(Delivery delivery, string place, string? only, string text) => new(place, only, text, delivery.Message)
    {
        Workspace = delivery.Place.Workspace,
        Card = CardJson.Of(delivery.Message.Card, delivery.Names)?.ToJsonString() ?? "",
    };
}

/// <summary>Without any chat: events go to the bot as they are, and deliveries are read as plain text.</summary>
public sealed class RehearsalEars : Ears
{
    private readonly RehearsalPlatform platform = new();

    public override string Platform => platform.Name;

    public override void Register(IServiceCollection services) => services.AddSingleton<IPlatform>(platform);

    public override Task SayAsync(IServiceProvider services, Incoming said) => services.SayAsync(said, CancellationToken.None);

    public override IReadOnlyList<Heard> Take() =>
        [.. platform.Take().Select(delivery => HeardOf(delivery, delivery.Place.Id, delivery.Only, PlainText.Of(delivery.Message, delivery.Names)))];
}
