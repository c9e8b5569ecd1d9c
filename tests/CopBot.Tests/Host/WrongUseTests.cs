using CopBot.Host.CommandLine;

namespace CopBot.Tests.Host;

/// <summary>A command line, setting, script or pack that is wrong: what is wrong and what would be right, exit code 2.</summary>
public sealed class WrongUseTests : IDisposable
{
    private readonly Copbot copbot = new();

    [Theory]
    [InlineData("CopBot__Zone", "Mars/Base", "CopBot__Zone is “Mars/Base”", "Europe/Madrid")]
    [InlineData("CopBot__Databse", "x.db", "CopBot__Databse is not a setting", "CopBot__Database")]
    [InlineData("CopBot__Database", " ", "CopBot__Database is empty", "copbot.db")]
    [InlineData("CopBot__Url", "here", "CopBot__Url is “here”", "http://localhost:5080")]
    [InlineData("CopBot__Content", "no-such-pack", "no-such-pack", "points.yaml")]
    public async Task A_wrong_setting_is_named_with_a_right_example(string name, string value, string wrong, string right)
    {
        copbot.Environment[name] = value;
        (await copbot.RunAsync("me\n", "chat", "--as", "ana")).Says(ExitCodes.WrongUse, wrong, right);
        Assert.False(File.Exists(copbot.PathOf("copbot.db")), "it made a database all the same");
    }

    [Fact]
    public async Task A_settings_file_that_is_no_json_is_named_with_what_it_should_look_like()
    {
        await File.WriteAllTextAsync(copbot.PathOf("copbot.json"), "{ \"CopBot\": { \"Zone\": }", CancellationToken.None);

        (await copbot.RunAsync("me\n", "chat", "--as", "ana")).Says(ExitCodes.WrongUse, "copbot.json cannot be read", "\"Database\": \"copbot.db\"");
    }

    [Fact]
    public async Task A_flag_wins_over_the_environment_and_that_over_the_file()
    {
        await File.WriteAllTextAsync(copbot.PathOf("copbot.json"), "{ \"CopBot\": { \"Database\": \"file.db\", \"Zone\": \"Europe/Madrid\" } }", CancellationToken.None);
        await copbot.RunAsync("", "db", "migrate");
        copbot.Environment["CopBot__Database"] = "environment.db";
        await copbot.RunAsync("", "db", "migrate");
        await copbot.RunAsync("", "db", "migrate", "--database", "flag.db");

        Assert.Equal(["environment.db", "file.db", "flag.db"], copbot.Folder.GetFiles("*.db").Select(file => file.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("--as is “a b”", "chat", "--as", "a b")]
    [InlineData("--start is “tomorrow”", "rehearse", "--start", "tomorrow")]
    [InlineData("There is no script season.txt", "rehearse", "season.txt")]
    [InlineData("CopBot__Zone is “Nowhere”", "rehearse", "--zone", "Nowhere")]
    [InlineData("--as", "chat")]
    [InlineData("'dance'", "dance")]
    [InlineData("--fast", "serve", "--fast")]
    [InlineData("Required command was not provided", "db")]
    public async Task A_command_line_that_cannot_be_understood_is_told(string wrong, params string[] arguments) =>
        (await copbot.RunAsync("", arguments)).Says(ExitCodes.WrongUse, wrong);

    [Theory]
    [InlineData("chat", "--as", "ana")]
    [InlineData("serve", "--url", "http://localhost:0")]
    [InlineData("rehearse")]
    public async Task A_broken_pack_is_told_with_every_problem_and_its_line_and_nothing_starts(params string[] arguments)
    {
        await BreakPackAsync();
        copbot.Environment["CopBot__Content"] = "pack";
        (await copbot.RunAsync("ana: help\n", arguments)).Says(ExitCodes.WrongUse, "The content pack cannot be played", "pack/points.yaml:1", "pack/points.yaml:2");
        Assert.False(File.Exists(copbot.PathOf("copbot.db")), "it made a database all the same");
    }

    [Fact]
    public async Task Content_check_lists_the_same_problems_and_passes_a_good_pack()
    {
        await BreakPackAsync();

        (await copbot.RunAsync("", "content", "check", "pack")).Says(ExitCodes.Found, "pack/points.yaml:1", "pack/points.yaml:2");
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
