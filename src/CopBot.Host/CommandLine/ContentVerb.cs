using CopBot.Core.Content;
using CopBot.Core.Features.Okrs.Measures;

namespace CopBot.Host.CommandLine;

/// <summary><c>copbot content check</c>.</summary>
public static class ContentVerb
{
    public static int Check(string folder, TextWriter output)
    {
        folder = Path.GetFullPath(folder);
        try
        {
            var pack = PackReader.Read(folder, MeasureReader.WrongIn);
            output.WriteLine($"{folder}: no problems; points policy version {pack.Points.Version}, {pack.Points.Kinds.Count} kinds, {pack.Points.Caps.Count} caps.");
            return ExitCodes.Done;
        }
        catch (BrokenPack broken)
        {
            output.WriteLine($"{folder}: {broken.Problems.Count} {(broken.Problems.Count == 1 ? "problem" : "problems")}.");
            foreach (var problem in broken.Problems)
                output.WriteLine(problem);
            return ExitCodes.Found;
        }
    }
}
