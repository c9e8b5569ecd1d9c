using CopBot.Core.Content;

namespace CopBot.Host.CommandLine;

/// <summary><c>copbot content check</c>.</summary>
public static class ContentVerb
{
    public static int Check(string folder)
    {
        try
        {
            var pack = PackReader.Read(folder);
            Console.WriteLine($"{folder}: no problems; points policy version {pack.Points.Version}, {pack.Points.Kinds.Count} kinds, {pack.Points.Caps.Count} caps.");
            return ExitCodes.Done;
        }
        catch (BrokenPack broken)
        {
            foreach (var problem in broken.Problems)
                Console.WriteLine(problem);
            return ExitCodes.Found;
        }
    }
}
