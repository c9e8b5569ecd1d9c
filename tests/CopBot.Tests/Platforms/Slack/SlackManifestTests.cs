using System.Text;
using System.Text.Json.Nodes;
using CopBot.Core.Content;
using CopBot.Host;
using CopBot.Host.CommandLine;
using CopBot.Platforms.Slack;
using CopBot.Tests.Core.Content;
using CopBot.Tests.Host;
using CopBot.Tests.Support;
using CopBot.Tests.Support.FakeSlack;

namespace CopBot.Tests.Platforms.Slack;

public sealed class SlackManifestTests
{
    private static readonly Dictionary<string, string> Made = ManifestsVerb.All(PackReader.Read(PackReader.DefaultFolder)).ToDictionary(file => file.Key, file => Encoding.UTF8.GetString(file.Value));

    public static TheoryData<string> Names => [.. Made.Keys.Where(name => name.StartsWith("slack/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_file_in_the_repository_is_the_one_that_is_made(string name)
    {
        var path = Path.Combine(Repository.Root, ManifestsVerb.Folder, name);
        Assert.True(File.Exists(path), $"{path} does not exist; `copbot manifests` writes it");
        Assert.Equal(Made[name], File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Slacks_own_schema_has_nothing_against_it(string name)
    {
        foreach (var version in (string[])["1.0.0", "2.0.0"])
            Assert.Empty(new JsonSchemaCheck(SlackSpecs.Read($"manifest/manifest.schema.{version}.json").AsObject()).Problems(JsonNode.Parse(Made[name])));
    }

    [Theory]
    [InlineData("v1", "1.0.0")]
    [InlineData("v2", "2.0.0")]
    public void The_check_takes_what_Slack_takes_and_refuses_what_Slack_refuses(string version, string schema)
    {
        var check = new JsonSchemaCheck(SlackSpecs.Read($"manifest/manifest.schema.{schema}.json").AsObject());
        Assert.Empty(check.Problems(SlackSpecs.Read($"manifest/test.{version}.valid.json").AsObject()));
        Assert.NotEmpty(check.Problems(SlackSpecs.Read($"manifest/test.{version}.invalid.json").AsObject()));
    }

    [Fact]
    public void Over_sockets_no_address_is_needed_and_over_HTTP_every_one_is_named()
    {
        Assert.DoesNotContain("http", Made["slack/manifest.json"], StringComparison.Ordinal);
        Assert.All((string[])[SlackAddresses.Events, SlackAddresses.Commands, SlackAddresses.Interactions, SlackAddresses.Callback],
            address => Assert.Contains($"\"{SlackManifest.Host}{address}\"", Made["slack/manifest.http.json"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_verb_writes_them_and_names_what_differs()
    {
        using var copbot = new Copbot();
        (await copbot.RunProcessAsync("", "manifests")).Says(ExitCodes.Done, "manifests/slack/manifest.json is written");
        (await copbot.RunProcessAsync("", "manifests", "--check")).Says(ExitCodes.Done, "as they should be");

        var file = copbot.PathOf("manifests/slack/manifest.json");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, CancellationToken.None)).Replace("/cop", "/cup", StringComparison.Ordinal), CancellationToken.None);
        File.Delete(copbot.PathOf("manifests/slack/manifest.http.json"));
        (await copbot.RunProcessAsync("", "manifests", "--check")).Says(ExitCodes.Found, "manifest.json differs from line", "manifest.http.json does not exist", "`copbot manifests`");
    }
}
