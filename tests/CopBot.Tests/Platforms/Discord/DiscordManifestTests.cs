using System.Text;
using CopBot.Core.Content;
using CopBot.Host.CommandLine;
using CopBot.Tests.Support;

namespace CopBot.Tests.Platforms.Discord;

public sealed class DiscordManifestTests
{
    [Fact]
    public void The_file_in_the_repository_is_the_one_that_is_made()
    {
        var made = Encoding.UTF8.GetString(ManifestsVerb.All(PackReader.Read(PackReader.DefaultFolder)).Single(file => file.Key == "discord/commands.json").Value);
        var path = Path.Combine(Repository.Root, ManifestsVerb.Folder, "discord/commands.json");
        Assert.True(File.Exists(path), $"{path} does not exist; `copbot manifests` writes it");
        Assert.Equal(made, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }
}
