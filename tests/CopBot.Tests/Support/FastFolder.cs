namespace CopBot.Tests.Support;

/// <summary>Where databases lie that nobody needs after a test: a file system in memory where there is one with room, else the folder for temporary files.</summary>
public static class FastFolder
{
    private const long Room = 1L << 30;
    private static readonly string Parent = Directory.Exists("/dev/shm") && new DriveInfo("/dev/shm").AvailableFreeSpace > Room ? "/dev/shm" : Path.GetTempPath();

    /// <summary>A new, empty folder; whoever makes it deletes it.</summary>
    public static DirectoryInfo Create(string prefix) => Directory.CreateDirectory(Path.Combine(Parent, prefix + Guid.CreateVersion7().ToString("N")[^12..]));
}
