using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Features.Claims;
using NodaTime;

namespace CopBot.Core.Features.Backlog;

public sealed class GapStartCommands(Gaps gaps, Experiments experiments) : ICommands
{
    [Command("gap start", "Begin to work on a gap: with an experiment, a mob session or an objective", Example = "gap start 1 experiment measure=\"zones lost without an outage\"")]
    public async Task<Reply> StartAsync(
        Caller caller,
        [Description("The gap's number"), Also("gap")] int number,
        [Description("What you begin"), OneOf("experiment", "mob", "okr"), Also("kind")] string with,
        [Description("What you expect of an experiment"), MaxLength(1000)] string? hypothesis = null,
        [Description("What an experiment is going to measure"), MaxLength(300)] string? measure = null,
        [Description("By when you expect a result")] LocalDate? due = null,
        CancellationToken ct = default)
    {
        GapCommands.TakePart(caller);
        var gap = await gaps.FindOpenAsync(number, ct);
        if (with != "experiment")
            throw new Refusal($"A gap cannot be turned into {(with == "mob" ? "a mob session" : "an objective")} here; {$"gap start {number} experiment":code} begins an experiment. Nothing was stored.");

        var (claim, reply) = await experiments.StartAsync(caller, gap.Title!, hypothesis, measure, due, gap.Topic, null, ct);
        await gaps.LinkAsync(gap, claim.Id, caller, ct);
        return reply with { Message = reply.Message with { Card = Card.Of([new Note($"It works on gap {number} “{gap.Titled}”."), .. reply.Message.Card?.Blocks ?? []]) } };
    }
}
