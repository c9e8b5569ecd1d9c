namespace CopBot.Core.Chat;

/// <summary>An account on a chat product: which product, which workspace of it, which user id there, and the name it shows.</summary>
public sealed record Handle(string Platform, string Workspace, string UserId, string Name)
{
    public bool Equals(Handle? other) => other is not null && (Platform, Workspace, UserId) == (other.Platform, other.Workspace, other.UserId);

    public override int GetHashCode() => HashCode.Combine(Platform, Workspace, UserId);
}

/// <summary>Where something is said: a channel (<c>#general</c>) or the private conversation with one account (<c>@bo</c>).</summary>
public sealed record Place(string Platform, string Workspace, string Id)
{
    /// <summary>The thread within it, by the platform's own id; null outside any.</summary>
    public string? Thread { get; init; }

    /// <summary>Whether only the bot and one person are there.</summary>
    public bool IsPrivate => Id.StartsWith('@');

    /// <summary>The private conversation with an account.</summary>
    public static Place With(Handle handle, string platform) => new(platform, handle.Workspace, "@" + handle.UserId);
}
