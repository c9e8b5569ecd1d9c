using CopBot.Core.Chat;
using NodaTime;

namespace CopBot.Core.Features.Rotations;

/// <summary>Something that those who come next should know of.</summary>
public interface IHandoverItem
{
    /// <summary>A line of the packet for those who come on, about the turn that ends; null where there is nothing to say.</summary>
    Task<Fact?> ForAsync(Rotation rotation, Instant since, CancellationToken ct);
}
