namespace CopBot.Core.Chat;

/// <summary>Looks whether a platform is set up as it has to be; changes nothing, there or here.</summary>
public interface ICheckup
{
    /// <summary>The platform, as people call it.</summary>
    string Platform { get; }

    /// <summary>Looks, and gives each thing as soon as it is known. No secret is ever among it.</summary>
    IAsyncEnumerable<Finding> LookAsync(CancellationToken ct);
}

/// <summary>How something that was looked at is.</summary>
public enum Health
{
    /// <summary>As it should be.</summary>
    Well,

    /// <summary>Worth knowing; nothing has to be done.</summary>
    Note,

    /// <summary>Something does not work until it is mended.</summary>
    Wrong,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="What">What is so, in one sentence.</param>
/// <param name="Mend">How to mend it; null where nothing has to be.</param>
public sealed record Finding(Health Health, string What, string? Mend = null)
{
    public static Finding Well(string what) => new(Health.Well, what);

    public static Finding Note(string what, string? mend = null) => new(Health.Note, what, mend);

    public static Finding Wrong(string what, string mend) => new(Health.Wrong, what, mend);
}
