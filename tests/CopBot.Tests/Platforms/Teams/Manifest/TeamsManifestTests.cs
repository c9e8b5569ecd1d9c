using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using CopBot.Core.Content;
using CopBot.Host;
using CopBot.Host.CommandLine;
using CopBot.Platforms.Teams.Manifest;
using CopBot.Tests.Core.Chat;
using CopBot.Tests.Host;
using CopBot.Tests.Support;

namespace CopBot.Tests.Platforms.Teams.Manifest;

public sealed class TeamsManifestTests
{
    private static readonly Dictionary<string, byte[]> Made = ManifestsVerb.All(PackReader.Read(PackReader.DefaultFolder))
        .Where(file => file.Key.StartsWith("teams/", StringComparison.Ordinal)).ToDictionary(file => file.Key["teams/".Length..], file => file.Value);

    private static JsonObject Manifest => JsonNode.Parse(Made["manifest.json"])!.AsObject();

    public static TheoryData<string> Names => [.. Made.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_file_in_the_repository_is_the_one_that_is_made(string name)
    {
        var path = Path.Combine(Repository.Root, ManifestsVerb.Folder, "teams", name);
        Assert.True(File.Exists(path), $"{path} does not exist; `copbot manifests` writes it");
        Assert.True(Plain(name, Made[name]).SequenceEqual(Plain(name, File.ReadAllBytes(path))), $"{path} differs; `copbot manifests` writes it anew");

        static byte[] Plain(string name, byte[] content) => name.EndsWith(".json", StringComparison.Ordinal) ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(content).ReplaceLineEndings("\n")) : content;
    }

    [Fact]
    public void Microsofts_own_schemas_have_nothing_against_them()
    {
        Assert.Empty(CardSpecs.Problems("manifest/MicrosoftTeams.v1.29.schema.json", Manifest));
        Assert.Empty(CardSpecs.Problems("manifest/MicrosoftTeams.Localization.schema.json", JsonNode.Parse(Made["es.json"])!));
    }

    [Theory]
    [InlineData("bots", "[{\"botId\":\"x\",\"scopes\":[\"team\"]}]")]
    [InlineData("bots", "[{\"botId\":\"00000000-0000-0000-0000-000000000000\",\"scopes\":[\"channel\"]}]")]
    [InlineData("accentColor", "\"blue\"")]
    [InlineData("manifestVersion", "\"1.28\"")]
    [InlineData("colour", "1")]
    public void The_check_refuses_what_Teams_refuses(string member, string json)
    {
        var manifest = Manifest;
        manifest[member] = JsonNode.Parse(json);
        Assert.NotEmpty(CardSpecs.Problems("manifest/MicrosoftTeams.v1.29.schema.json", manifest));
    }

    [Fact]
    public void Every_listed_command_is_one_and_says_what_it_does()
    {
        var lists = Manifest["bots"]![0]!["commandLists"]!.AsArray();
        Assert.Equal(["team", "groupChat", "personal"], lists.SelectMany(list => list!["scopes"]!.AsArray()).Select(scope => (string)scope!));
        foreach (var list in lists)
        {
            var commands = list!["commands"]!.AsArray();
            Assert.InRange(commands.Count, 1, TeamsManifest.ListedCommands);
            Assert.Equal(commands.Count, commands.Select(command => (string)command!["title"]!).Distinct().Count());
            Assert.All(commands, command => Assert.Equal(Catalogue.Commands.Find((string)command!["title"]!)?.Summary, (string)command["description"]!));
        }
    }

    [Fact]
    public void Whatever_is_described_is_described_in_Spanish_too()
    {
        var spanish = JsonNode.Parse(Made["es.json"])!.AsObject();
        var lists = Manifest["bots"]![0]!["commandLists"]!.AsArray();
        var wanted = lists.SelectMany((list, at) => list!["commands"]!.AsArray().Select((_, number) => $"bots[0].commandLists[{at}].commands[{number}].description"))
            .Concat(["name.full", "description.short", "description.full", "composeExtensions[0].commands[0].title", "activities.activityTypes[0].templateText"]);
        Assert.Empty(wanted.Except(spanish.Select(text => text.Key)));

        // Every place that is translated is there, and its Spanish is not its English.
        foreach (var (path, text) in spanish.Where(text => text.Key is not "$schema" and not "name.short"))
            Assert.NotEqual((string?)At(path), (string?)text);

        static JsonNode At(string path) => path.Split('.', '[').Aggregate((JsonNode)Manifest, (node, part) => part.EndsWith(']') ? node[int.Parse(part[..^1], System.Globalization.CultureInfo.InvariantCulture)]! : node[part]!);
    }

    [Fact]
    public void News_have_the_parameters_that_their_texts_name()
    {
        Assert.All(TeamsNotices.All, notice => Assert.Contains($"{{{notice.Parameter}}}", notice.Template, StringComparison.Ordinal));
        var spanish = JsonNode.Parse(Made["es.json"])!;
        Assert.All(TeamsNotices.All.Select((notice, at) => (notice, at)), one => Assert.Contains($"{{{one.notice.Parameter}}}", (string)spanish[$"activities.activityTypes[{one.at}].templateText"]!, StringComparison.Ordinal));
        Assert.All(TeamsPermissions.ResourceSpecific, permission => Assert.True(permission.Reason.Length > 10 && permission.Without.Length > 10));
    }

    [Fact]
    public void The_package_holds_all_of_it_and_is_the_same_bytes_each_time()
    {
        using var zip = new ZipArchive(new MemoryStream(Made[TeamsPackage.Zip]));
        Assert.Equal(["manifest.json", "es.json", "color.png", "outline.png"], zip.Entries.Select(entry => entry.FullName));
        foreach (var entry in zip.Entries)
        {
            using var content = new MemoryStream();
            using (var stream = entry.Open())
                stream.CopyTo(content);
            Assert.Equal(Made[entry.FullName], content.ToArray());
        }

        Assert.Equal(Made[TeamsPackage.Zip], TeamsPackage.Files(Catalogue.Commands, TeamsApp.Placeholder).Single(file => file.Key == TeamsPackage.Zip).Value);
    }

    [Fact]
    public void The_icons_have_their_sizes_and_the_outline_is_white_on_nothing()
    {
        var (color, outline) = (new Picture(Made["color.png"]), new Picture(Made["outline.png"]));
        Assert.Equal((192, 192, 32, 32), (color.Width, color.Height, outline.Width, outline.Height));
        Assert.Equal((0x1f, 0x3a, 0x5f, 255), color[0, 0]);
        var pixels = Enumerable.Range(0, 32 * 32).Select(at => outline[at % 32, at / 32]).ToList();
        Assert.All(pixels.Where(pixel => pixel.Alpha > 0), pixel => Assert.Equal((255, 255, 255), (pixel.Red, pixel.Green, pixel.Blue)));
        Assert.InRange(pixels.Count(pixel => pixel.Alpha == 255), 100, 600);
        Assert.Equal(0, outline[0, 0].Alpha);
    }

    [Fact]
    public void A_package_for_an_app_has_its_id_and_its_host()
    {
        var id = Guid.Parse("11111111-2222-4333-8444-555555555555");
        var manifest = TeamsManifest.Of(Catalogue.Commands, new(id, "copbot.example.org"));
        Assert.Empty(CardSpecs.Problems("manifest/MicrosoftTeams.v1.29.schema.json", manifest));
        var json = manifest.ToJsonString();
        Assert.DoesNotContain(TeamsApp.Placeholder.Id.ToString(), json, StringComparison.Ordinal);
        Assert.DoesNotContain("your-host", json, StringComparison.Ordinal);
        Assert.Equal(("copbot.example.org", $"api://botid-{id}"), ((string)manifest["validDomains"]![0]!, (string)manifest["webApplicationInfo"]!["resource"]!));
    }

    [Theory]
    [InlineData("https://copbot.example.org/", "copbot.example.org")]
    [InlineData("copbot.example.org", "copbot.example.org")]
    [InlineData("http://copbot.example.org", null)]
    [InlineData("https://copbot.example.org:8443", null)]
    [InlineData("https://10.0.0.1", null)]
    [InlineData("https://a@copbot.example.org", null)]
    [InlineData("", null)]
    public void A_host_is_a_name_that_Teams_can_reach(string address, string? host) => Assert.Equal(host, TeamsApp.HostOf(address));

    [Fact]
    public async Task The_verb_writes_a_package_for_an_app_and_says_that_it_is_not_the_one_of_the_repository()
    {
        using var copbot = new Copbot();
        (await copbot.RunProcessAsync("", "manifests", "--teams-app-id", "11111111-2222-4333-8444-555555555555", "--address", "https://copbot.example.org")).Says(ExitCodes.Done, "manifests/teams/copbot.zip is written");
        Assert.Contains("11111111-2222-4333-8444-555555555555", await File.ReadAllTextAsync(copbot.PathOf("manifests/teams/manifest.json"), CancellationToken.None), StringComparison.Ordinal);
        (await copbot.RunProcessAsync("", "manifests", "--check")).Says(ExitCodes.Found, "manifests/teams/manifest.json differs from line", "manifests/teams/copbot.zip differs.");
    }
}
