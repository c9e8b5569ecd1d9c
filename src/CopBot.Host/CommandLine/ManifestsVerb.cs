using CopBot.Core;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Platforms.Discord.Commands;
using CopBot.Platforms.Slack;

namespace CopBot.Host.CommandLine;

/// <summary><c>copbot manifests</c>: the descriptions of the app that one gives to the chat platforms.</summary>
public static class ManifestsVerb
{
    /// <summary>The folder they are written to, in the working directory.</summary>
    public const string Folder = "manifests";

    /// <summary>All of them by their path within the folder.</summary>
    public static IEnumerable<KeyValuePair<string, string>> All(Pack pack)
    {
        var catalog = new CommandCatalog(CommandCatalog.CommandClasses(typeof(CoreServices).Assembly), pack.List);
        return
        [
            .. new SlackManifest(catalog).Files.Select(file => KeyValuePair.Create($"slack/{file.Key}", file.Value)),
            .. new DiscordManifest(catalog).Files.Select(file => KeyValuePair.Create($"discord/{file.Key}", file.Value)),
        ];
    }

    public static async Task<int> RunAsync(BotSettings settings, bool check, TextWriter output, CancellationToken ct)
    {
        var different = 0;
        foreach (var (name, text) in All(PackReader.Read(settings.Content)))
        {
            var path = Path.Combine(Folder, name);
            if (check)
            {
                var there = File.Exists(path) ? (await File.ReadAllTextAsync(path, ct)).ReplaceLineEndings("\n") : null;
                if (there != text)
                {
                    different++;
                    output.WriteLine(there is null ? $"{path} does not exist." : $"{path} differs from line {FirstDifference(there, text)} on.");
                }
            }
            else
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllTextAsync(path, text, ct);
                output.WriteLine($"{path} is written.");
            }
        }

        if (check)
            output.WriteLine(different == 0 ? $"{Folder}: as they should be." : "`copbot manifests` writes them anew.");
        return different == 0 ? ExitCodes.Done : ExitCodes.Found;
    }

    private static int FirstDifference(string one, string other) =>
        1 + one.Split('\n').Zip(other.Split('\n')).TakeWhile(lines => lines.First == lines.Second).Count();
}
