using CopBot.Host.CommandLine;

namespace CopBot.Tests.Host;

public sealed class HelpTests : IDisposable
{
    private readonly Copbot copbot = new();

    [Theory]
    [InlineData("", "serve|chat|rehearse|db|content|--database")]
    [InlineData("serve", "--url|--database|http://localhost:5080")]
    [InlineData("chat", "--as|--database")]
    [InlineData("rehearse", "--start|--zone|--content|--json|--database")]
    [InlineData("db", "migrate|verify|rebuild")]
    [InlineData("db migrate", "schema")]
    [InlineData("db verify", "ledger|exit code 1")]
    [InlineData("db rebuild", "standings")]
    [InlineData("content", "check")]
    [InlineData("content check", "folder|exit code 1")]
    public async Task Every_verb_explains_itself(string verb, string says)
    {
        (await copbot.RunAsync("", [.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"])).Says(ExitCodes.Done, says.Split('|'));
        Assert.Empty(copbot.Folder.GetFiles());
    }

    [Fact]
    public async Task The_version_is_told()
    {
        var ran = await copbot.RunProcessAsync("", "--version");

        ran.Says(ExitCodes.Done);
        Assert.Matches(@"^\d+\.\d+\.\d+", ran.Output);
    }

    public void Dispose() => copbot.Dispose();
}
