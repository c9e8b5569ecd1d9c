using NodaTime;

namespace CopBot.Core.Storage;

/// <summary>The tenant that every row belongs to: a community of practice with its zone and language.</summary>
/// <param name="Id">1 for the first community of an installation.</param>
/// <param name="Zone">Where its weeks begin and its days end.</param>
/// <param name="MainChannel">The channel id for what concerns everybody, such as <c>#general</c>.</param>
public sealed record Community(int Id, string Name, DateTimeZone Zone, string Language, string MainChannel)
{
    /// <summary>The community that a single installation serves.</summary>
    public const int First = 1;
}

/// <summary>A row that belongs to a community; the model filters by it.</summary>
public interface IBelong
{
    int CommunityId { get; }
}
