using System.Text.Json;
using CopBot.Platforms.Slack.Blocks;

namespace CopBot.Tests.Platforms.Slack.Blocks;

/// <summary>Our limits against those that others collected (the slackblocks project's <c>limits.json</c>); ours may be stricter.</summary>
public sealed class BlockKitLimitsTests
{
    [Theory]
    [InlineData("text max_length", BlockKitLimits.Text)]
    [InlineData("action_id max_length", BlockKitLimits.Id)]
    [InlineData("block_id max_length", BlockKitLimits.Id)]
    [InlineData("button text max_length", BlockKitLimits.ButtonText)]
    [InlineData("button value max_length", BlockKitLimits.ButtonValue)]
    [InlineData("button url max_length", BlockKitLimits.Url)]
    [InlineData("actions elements max_items", BlockKitLimits.Actions)]
    [InlineData("select options max_items", BlockKitLimits.Options)]
    [InlineData("select placeholder max_length", BlockKitLimits.Placeholder)]
    [InlineData("option text max_length", BlockKitLimits.OptionText)]
    [InlineData("option value max_length", BlockKitLimits.OptionValue, 150)]
    [InlineData("confirmation title max_length", BlockKitLimits.ConfirmTitle)]
    [InlineData("confirmation text max_length", BlockKitLimits.ConfirmText)]
    [InlineData("confirmation confirm max_length", BlockKitLimits.ConfirmButton)]
    [InlineData("view blocks max_items", BlockKitLimits.ViewBlocks)]
    [InlineData("view title max_length", BlockKitLimits.ModalTitle)]
    [InlineData("view submit max_length", BlockKitLimits.ModalTitle)]
    [InlineData("view private_metadata max_length", BlockKitLimits.PrivateMetadata)]
    [InlineData("input label max_length", BlockKitLimits.InputLabel)]
    [InlineData("plain_text_input max_length max", BlockKitLimits.Input)]
    public void A_limit_is_the_collected_one(string path, int ours, int? theirs = null)
    {
        var file = Path.Combine(Specs() ?? "", "slack", "blockkit-limits", "limits.json");
        Assert.SkipUnless(File.Exists(file), "the collected limits are not here; COPBOT_SPECS names their folder");
        using var limits = JsonDocument.Parse(File.ReadAllText(file));
        Assert.Equal(theirs ?? ours, path.Split(' ').Aggregate(limits.RootElement, (node, member) => node.GetProperty(member)).GetInt32());
        Assert.InRange(ours, 1, theirs ?? ours);
    }

    private static string? Specs()
    {
        if (Environment.GetEnvironmentVariable("COPBOT_SPECS") is { Length: > 0 } given)
            return given;

        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CopBot.sln")))
            folder = folder.Parent;
        return folder?.Parent is { } beside ? Path.Combine(beside.FullName, "shared", "specs") : null;
    }
}
