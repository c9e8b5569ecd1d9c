using CopBot.Tests.Support.FakeTeams;

namespace CopBot.PlatformTests.Teams;

/// <summary>Lines that are changed after they were written, and what else happens to them.</summary>
public sealed class TeamsEditTests
{
    private const string Late = "You changed a line that I had taken already, and that changes nothing of what was done: type what is right as a new line, after `undo` with its number where something was logged.";

    [Fact]
    public async Task What_becomes_a_line_for_the_bot_by_an_edit_is_said_once()
    {
        await using var stage = await TeamsStage.StartAsync();
        var bo = stage.Ears.Account("bo");
        await stage.SayAsync("ana", "help");
        var said = await stage.Server.SayAsync(bo, stage.Server.Team.General, "share \"Runbooks that cut MTTR\"");
        await EditAsync(stage, said, $"{stage.Server.AtBot} share \"Runbooks that cut MTTR\"");
        await AgainAsync(stage);
        Assert.Equal(1, (await stage.Chat.StoredAsync()).Claims);
        Assert.DoesNotContain(Late, stage.ForEyesOf("bo"));
        Assert.Empty(stage.Problems);
    }

    [Theory]
    [InlineData("gather join 99")]
    [InlineData("share")]
    [InlineData("shar the runbooks")]
    public async Task Where_nothing_came_of_the_first_wording_the_new_one_is_taken_and_then_it_stands(string first)
    {
        await using var stage = await TeamsStage.StartAsync();
        var bo = stage.Ears.Account("bo");
        await stage.SayAsync("ana", "help");
        var said = await stage.Server.AskAsync(bo, stage.Server.Team.General, first);
        await stage.Ears.SettleAsync();
        Assert.Equal(0, (await stage.Chat.StoredAsync()).Claims);

        await EditAsync(stage, said, $"{stage.Server.AtBot} share \"Runbooks that cut MTTR\"");
        await AgainAsync(stage);
        Assert.Equal(1, (await stage.Chat.StoredAsync()).Claims);
        Assert.DoesNotContain(Late, stage.ForEyesOf("bo"));

        await EditAsync(stage, said, $"{stage.Server.AtBot} share \"Something else\"");
        Assert.Equal(1, (await stage.Chat.StoredAsync()).Claims);
        Assert.Single(stage.ForEyesOf("bo"), Late);
    }

    [Fact]
    public async Task What_was_done_stays_as_it_is_and_whoever_edits_it_is_told_once_in_private()
    {
        await using var stage = await TeamsStage.StartAsync();
        var bo = stage.Ears.Account("bo");
        await stage.SayAsync("ana", "help");
        var said = await stage.Server.AskAsync(bo, stage.Server.Team.General, "share \"Runbooks that cut MTTR\"");
        await stage.Ears.SettleAsync();
        await EditAsync(stage, said, $"{stage.Server.AtBot} share \"Runbooks that double MTTR\"");
        await AgainAsync(stage);
        Assert.Equal(1, (await stage.Chat.StoredAsync()).Claims);
        Assert.Single(stage.ForEyesOf("bo"), Late);
        Assert.DoesNotContain(stage.Channel, text => text.Contains("double", StringComparison.Ordinal) || text == Late);
    }

    [Fact]
    public async Task Reactions_and_deleting_and_bringing_back_change_nothing()
    {
        await using var stage = await TeamsStage.StartAsync();
        var bo = stage.Ears.Account("bo");
        await stage.SayAsync("ana", "help");
        var said = await stage.Server.DirectAsync(bo, "share \"Runbooks that cut MTTR\"");
        await stage.Ears.SettleAsync();
        var (stored, posts) = (await KeptAsync(stage), stage.Server.Posts.Count);

        await stage.Server.ReactAsync(bo, stage.Server.Posts[^1], "like");
        await stage.Server.UnreactAsync(bo, stage.Server.Posts[^1], "like");
        await stage.Server.DeleteAsync(said);
        var back = stage.Server.Activity("messageUpdate", bo, bo.Chat, null, said.Id);
        back["text"] = "share \"Runbooks that cut MTTR\"";
        back["channelData"]!["eventType"] = "undeleteMessage";
        Assert.Equal(200, (await stage.Server.SendForgedAsync(back)).Status);
        Assert.Equal(200, (await stage.Server.SendForgedAsync(stage.Server.Activity("messageDelete", bo, bo.Chat, null, said.Id))).Status);
        await stage.Ears.SettleAsync();
        Assert.Equal(stored, await KeptAsync(stage));
        Assert.Equal(posts, stage.Server.Posts.Count);
        Assert.Empty(stage.Problems);
    }

    private static async Task EditAsync(TeamsStage stage, TeamsMessage message, string text)
    {
        await stage.Server.EditAsync(message, text);
        await stage.Ears.SettleAsync();
    }

    // Teams brings it once more.
    private static async Task AgainAsync(TeamsStage stage)
    {
        await stage.Server.RedeliverAsync(stage.Server.Deliveries.Last(delivery => delivery.Type == "messageUpdate"));
        await stage.Ears.SettleAsync();
    }

    private static async Task<(int, int, int)> KeptAsync(TeamsStage stage) =>
        (await stage.Chat.ScalarAsync<int>($"select count(*) from inbox"), await stage.Chat.ScalarAsync<int>($"select count(*) from claims"), await stage.Chat.ScalarAsync<int>($"select count(*) from ledger"));
}
