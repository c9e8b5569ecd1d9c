using CopBot.Host;
using CopBot.Host.CommandLine;
using Microsoft.Extensions.Configuration;

namespace CopBot.Tests.Host;

/// <summary>A command line, setting, script or pack that is wrong: what is wrong and what would be right, exit code 2.</summary>
public sealed class WrongUseTests : IDisposable
{
    private readonly Copbot copbot = new();

    [Theory]
    [InlineData("Zone", "Mars/Base", "CopBot__Zone (--zone) is “Mars/Base”", "Europe/Madrid")]
    [InlineData("Databse", "x.db", "CopBot__Databse is not a setting", "CopBot__Database")]
    [InlineData("Database", " ", "CopBot__Database (--database) is empty", "copbot.db")]
    [InlineData("Url", "here", "CopBot__Url (--url) is “here”", "http://localhost:5080")]
    [InlineData("Teams:TargetedMessages", "perhaps", "CopBot__Teams__TargetedMessages is “perhaps”", "true or false")]
    public void A_wrong_setting_is_named_with_a_right_example(string name, string value, string wrong, string right)
    {
        var given = new ConfigurationBuilder().AddInMemoryCollection([new($"CopBot:{name}", value)]).Build();
        var told = Assert.Throws<WrongSetting>(() => BotSettings.Read(given)).Message;

        Assert.Contains(wrong, told, StringComparison.Ordinal);
        Assert.Contains(right, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_environment_wins_over_the_file_and_a_flag_over_both()
    {
        await File.WriteAllTextAsync(copbot.PathOf("copbot.json"), """{ "CopBot": { "Zone": "From/File" } }""", CancellationToken.None);
        copbot.Environment["CopBot__Zone"] = "From/Environment";
        (await copbot.RunProcessAsync("", "db", "migrate")).Says(ExitCodes.WrongUse, "CopBot__Zone (--zone) is “From/Environment”");
        (await copbot.RunProcessAsync("", "rehearse", "--zone", "From/Flag")).Says(ExitCodes.WrongUse, "CopBot__Zone (--zone) is “From/Flag”");
        Assert.False(File.Exists(copbot.Database), "it made a database all the same");
    }

    [Fact]
    public async Task A_settings_file_that_is_no_json_is_named_with_what_it_should_look_like()
    {
        await File.WriteAllTextAsync(copbot.PathOf("copbot.json"), "{ \"CopBot\": { \"Zone\": }", CancellationToken.None);

        (await copbot.RunProcessAsync("", "db", "migrate")).Says(ExitCodes.WrongUse, "copbot.json is not JSON", "\"Database\": \"copbot.db\"");
    }

    [Theory]
    [InlineData("--as is “a b”", "chat", "--as", "a b")]
    [InlineData("--start is “tomorrow”", "rehearse", "--start", "tomorrow")]
    [InlineData("There is no script season.txt", "rehearse", "season.txt")]
    [InlineData("CopBot__Zone (--zone) is “Nowhere”", "rehearse", "--zone", "Nowhere")]
    [InlineData("--as", "chat")]
    [InlineData("'dance'", "dance")]
    [InlineData("--fast", "serve", "--fast")]
    [InlineData("Required command was not provided", "db")]
    public async Task A_command_line_that_cannot_be_understood_is_told(string wrong, params string[] arguments) =>
        (await copbot.RunAsync("", arguments)).Says(ExitCodes.WrongUse, wrong);

    [Fact]
    public async Task A_broken_pack_is_told_with_every_problem_and_its_line_and_nothing_starts()
    {
        await BreakPackAsync();
        (await copbot.RunAsync("ana: help\n", "rehearse", "--content", copbot.PathOf("pack"))).Says(ExitCodes.WrongUse, "The content pack (CopBot__Content, --content) cannot be played", "points.yaml:1:", "points.yaml:2:");

        copbot.Environment["CopBot__Content"] = "pack";
        (await copbot.RunProcessAsync("", "serve", "--url", "http://localhost:0")).Says(ExitCodes.WrongUse, "The content pack (CopBot__Content, --content) cannot be played", "points.yaml:1:", "points.yaml:2:");
        Assert.False(File.Exists(copbot.Database), "it made a database all the same");
    }

    [Fact]
    public async Task Content_check_lists_the_same_problems_and_passes_a_good_pack()
    {
        await BreakPackAsync();

        (await copbot.RunAsync("", "content", "check", copbot.PathOf("pack"))).Says(ExitCodes.Found, "points.yaml:1:", "points.yaml:2:");
        (await copbot.RunAsync("", "content", "check")).Says(ExitCodes.Done, "no problems");
    }

    public void Dispose() => copbot.Dispose();

    private async Task BreakPackAsync()
    {
        copbot.Folder.CreateSubdirectory("pack");
        var good = await File.ReadAllTextAsync(Path.Combine(CopBot.Core.Content.PackReader.DefaultFolder, "points.yaml"), CancellationToken.None);
        var lines = good.Split('\n').Where(line => !line.StartsWith('#')).SkipWhile(line => line.Length == 0).ToArray();
        Assert.StartsWith("version:", lines[0], StringComparison.Ordinal);
        lines[0] = "version: first";
        lines[1] = "surprise: 1";
        await File.WriteAllTextAsync(copbot.PathOf("pack/points.yaml"), string.Join('\n', lines), CancellationToken.None);
    }
}
