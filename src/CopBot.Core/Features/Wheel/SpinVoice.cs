using CopBot.Core.Chat;

namespace CopBot.Core.Features.Wheel;

/// <summary>Says what belongs to a spin where it runs, wherever and by whomever it was asked for.</summary>
public sealed class SpinVoice(Outbox outbox, Freezes freezes)
{
    /// <summary>The message as the reply where the spin runs; else it is posted there, without a word of who asked.</summary>
    public async Task<Reply> SayAsync(Caller caller, Spin one, Message message, CancellationToken ct)
    {
        if (IsHeard(caller, one))
            return Reply.ToAll(message);
        if (await freezes.FindAsync(one.RunsIn, ct) is { } freeze)
            throw new Refusal($"It is quiet where spin {one.Number} runs during “{freeze.Title}”; go on when that is over. Nothing was changed.");
        await outbox.PostAsync(one.RunsIn, message, ct);
        return new Message($"It is told where spin {one.Number} runs.");
    }

    /// <summary>Tells those where the spin runs what the reply does not tell them; nothing while it is quiet there.</summary>
    public async Task AlsoTellAsync(Caller caller, Spin one, Message message, CancellationToken ct)
    {
        if (!IsHeard(caller, one) && await freezes.FindAsync(one.RunsIn, ct) is null)
            await outbox.PostAsync(one.RunsIn, message, ct);
    }

    private static bool IsHeard(Caller caller, Spin one) => caller.Said.Place == one.RunsIn && caller.Shown;
}
