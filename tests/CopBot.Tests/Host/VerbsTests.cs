using CopBot.Core.Content;
using CopBot.Host;
using CopBot.Host.CommandLine;

namespace CopBot.Tests.Host;

public sealed class VerbsTests
{
    [Theory]
    [InlineData("--zone Europe/Nowhere", "CopBot__Zone (--zone) is “Europe/Nowhere”, which is no time zone. Give an IANA name such as Europe/Madrid.")]
    [InlineData("serve --zone Europe/Nowhere", "CopBot__Zone (--zone) is “Europe/Nowhere”")]
    [InlineData("chat --as ana --zone Europe/Nowhere", "CopBot__Zone (--zone) is “Europe/Nowhere”")]
    [InlineData("rehearse --zone Europe/Nowhere", "CopBot__Zone (--zone) is “Europe/Nowhere”")]
    [InlineData("--url nowhere", "CopBot__Url (--url) is “nowhere”, which is no web address. Give one such as http://localhost:5080.")]
    [InlineData("serve --url nowhere", "CopBot__Url (--url) is “nowhere”")]
    [InlineData("serve --url http://example.org", "CopBot__Url (--url) is “http://example.org”, which others can reach.")]
    [InlineData("chat --as ana --database= ", "CopBot__Database (--database) is empty.")]
    public async Task A_wrong_setting_is_named_with_its_flag(string line, string says) =>
        Assert.StartsWith(says, (await Assert.ThrowsAsync<WrongSetting>(() => RunAsync(line.Split(' ')))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("--content")]
    [InlineData("serve --content")]
    [InlineData("chat --as ana --content")]
    [InlineData("rehearse --content")]
    public async Task The_content_pack_is_named_by_flag(string line) =>
        Assert.Contains("the folder nowhere-at-all does not exist", (await Assert.ThrowsAsync<BrokenPack>(() => RunAsync([.. line.Split(' '), "nowhere-at-all"]))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_check_says_which_folder_it_looked_at()
    {
        using var output = new StringWriter();
        Assert.Equal(0, ContentVerb.Check(PackReader.DefaultFolder, output));
        Assert.StartsWith($"{PackReader.DefaultFolder}: no problems; points policy version ", output.ToString(), StringComparison.Ordinal);

        using var broken = new StringWriter();
        Assert.Equal(1, ContentVerb.Check("nowhere-at-all", broken));
        Assert.StartsWith($"{Path.GetFullPath("nowhere-at-all")}: 1 problem.", broken.ToString(), StringComparison.Ordinal);
    }

    private static Task<int> RunAsync(string[] line)
    {
        var parsed = Verbs.Root().Parse(line, Verbs.Parsing);
        parsed.InvocationConfiguration.EnableDefaultExceptionHandler = false;
        return parsed.InvokeAsync();
    }
}
