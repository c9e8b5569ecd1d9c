using CopBot.Core.Chat;

namespace CopBot.Core.Features.Reports;

public sealed class HealthCommands(Health health) : ICommands
{
    [Command("health", "See how the community is: who takes part, what is silent, behind or loud", Role = Role.Core, ReadsOnly = true)]
    public async Task<Reply> ShowAsync(Caller caller, CancellationToken ct) => new Message(
        "How the community is, for those who look after it.",
        Card.Of(
            new Facts(await health.OfAsync(caller, ct)),
            new Note("Counts of fewer than five people are not told, and nobody is named."),
            new Buttons([new("Report of the month", "report month"), new("Objectives", "okr list"), new("Coverage of topics", "gap coverage")])));
}
