namespace CopBot.Host.CommandLine;

/// <summary>What the process ends with.</summary>
public static class ExitCodes
{
    public const int Done = 0;

    /// <summary>A check found something.</summary>
    public const int Found = 1;

    /// <summary>The command line, a setting, a script or a content pack is wrong.</summary>
    public const int WrongUse = 2;

    /// <summary>The database cannot be used.</summary>
    public const int NoDatabase = 3;
}
