using System.Text;
using CopBot.Core;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Platforms.Discord.Commands;
using CopBot.Platforms.Slack;
using CopBot.Platforms.Teams.Manifest;

namespace CopBot.Host.CommandLine;

/// <summary><c>copbot manifests</c>: the descriptions of the app that one gives to the chat platforms.</summary>
public static class ManifestsVerb
{
    /// <summary>The folder they are written to, in the working directory.</summary>
    public const string Folder = "manifests";

    /// <summary>All of them by their path within the folder.</summary>
    /// <param name="pack">The content pack, whose lists commands offer.</param>
    /// <param name="teams">Which app the package for Teams is for; the placeholder where none is given.</param>
    public static IEnumerable<KeyValuePair<string, byte[]>> All(Pack pack, TeamsApp? teams = null)
    {
        var catalog = new CommandCatalog(CommandCatalog.CommandClasses(typeof(CoreServices).Assembly), pack.List);
        return
        [
            .. Texts("slack", new SlackManifest(catalog).Files),
            .. Texts("discord", new DiscordManifest(catalog).Files),
            .. TeamsPackage.Files(catalog, teams ?? TeamsApp.Placeholder).Select(file => KeyValuePair.Create($"teams/{file.Key}", file.Value)),
        ];
    }

    public static async Task<int> RunAsync(BotSettings settings, bool check, TeamsApp? teams, TextWriter output, CancellationToken ct)
    {
        var different = 0;
        foreach (var (name, content) in All(PackReader.Read(settings.Content), teams))
        {
            var path = Path.Combine(Folder, name);
            if (check)
            {
                if (Difference(name, File.Exists(path) ? await File.ReadAllBytesAsync(path, ct) : null, content) is { } difference)
                {
                    different++;
                    output.WriteLine($"{path} {difference}.");
                }
            }
            else
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllBytesAsync(path, content, ct);
                output.WriteLine($"{path} is written.");
            }
        }

        if (check)
            output.WriteLine(different == 0 ? $"{Folder}: as they should be." : "`copbot manifests` writes them anew.");
        return different == 0 ? ExitCodes.Done : ExitCodes.Found;
    }

    private static IEnumerable<KeyValuePair<string, byte[]>> Texts(string platform, IReadOnlyDictionary<string, string> files) =>
        files.Select(file => KeyValuePair.Create($"{platform}/{file.Key}", Encoding.UTF8.GetBytes(file.Value)));

    private static string? Difference(string name, byte[]? there, byte[] wanted)
    {
        if (there is null)
            return "does not exist";
        if (!name.EndsWith(".json", StringComparison.Ordinal))
            return there.AsSpan().SequenceEqual(wanted) ? null : "differs";
        var (one, other) = (Encoding.UTF8.GetString(there).ReplaceLineEndings("\n"), Encoding.UTF8.GetString(wanted));
        return one == other ? null : $"differs from line {1 + one.Split('\n').Zip(other.Split('\n')).TakeWhile(lines => lines.First == lines.Second).Count()} on";
    }
}
