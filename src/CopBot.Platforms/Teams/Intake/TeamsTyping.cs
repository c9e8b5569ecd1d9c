using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CopBot.Platforms.Teams.Api;

namespace CopBot.Platforms.Teams.Intake;

/// <summary>
/// Shows that the bot types where somebody alone with it waits longer than a second for its answer. It is a courtesy: whatever goes wrong with it harms
/// nothing else.
/// </summary>
public sealed class TeamsTyping(TeamsApi api, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, object> waiting = new(StringComparer.Ordinal);

    /// <summary>Somebody said something and waits.</summary>
    public void Expect(string conversation, Uri service)
    {
        var wait = new object();
        if (waiting.TryAdd(conversation, wait))
            _ = ShowAsync(conversation, service, wait);
    }

    /// <summary>Something is said there.</summary>
    public void Answered(string conversation) => waiting.TryRemove(conversation, out _);

    private async Task ShowAsync(string conversation, Uri service, object wait)
    {
        try
        {
            await Task.Delay(Patience, time);
            if (waiting.TryRemove(KeyValuePair.Create(conversation, wait)))
                await api.CallAsync(service, TeamsCall.Say(conversation), new JsonObject { ["type"] = "typing" }, CancellationToken.None);
        }
        catch (Exception)
        {
            // Such as that the process ends; nobody misses it.
        }
    }
}
