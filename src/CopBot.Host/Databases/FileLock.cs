using CopBot.Core.Storage;

namespace CopBot.Host.Databases;

/// <summary>Keeps a second process from a SQLite file. The operating system lets go of it when the process ends, however it ends.</summary>
public sealed class FileLock : IDisposable
{
    private readonly FileStream held;

    private FileLock(FileStream held) => this.held = held;

    /// <summary>Takes the lock beside the database file, or says who holds it.</summary>
    public static FileLock Take(string database)
    {
        var path = database + ".lock";
        try
        {
            var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new FileLock(stream);
        }
        catch (UnauthorizedAccessException problem)
        {
            throw new DatabaseProblem($"{path} cannot be written by this user. Give the process the right to write that folder, or name another file with --database.", problem);
        }
        catch (DirectoryNotFoundException problem)
        {
            throw new DatabaseProblem($"The folder of {database} does not exist. Create it, or name another file with --database.", problem);
        }
        catch (IOException problem) when (!IsTaken(problem))
        {
            throw new DatabaseProblem($"{path} cannot be opened: {problem.Message} Name a file in a folder that can be written with --database.", problem);
        }
        catch (IOException problem)
        {
            throw new DatabaseProblem($"{database} is in use by another copbot. Stop that one, or name another file with --database.", problem);
        }
    }

    public void Dispose() => held.Dispose();

    // EWOULDBLOCK of Linux and of macOS, the sharing and lock violations of Windows.
    private static bool IsTaken(IOException problem) => (problem.HResult & 0xFFFF) is 11 or 35 or 32 or 33;
}
