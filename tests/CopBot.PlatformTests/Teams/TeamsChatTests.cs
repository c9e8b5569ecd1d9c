using CopBot.Core.Chat;
using CopBot.Platforms.Teams;
using CopBot.Platforms.Teams.Conversations;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.PlatformTests.Teams;

/// <summary>Chats of several people, and what is known of people and places after a restart.</summary>
public sealed class TeamsChatTests
{
    [Fact]
    public async Task In_a_chat_of_several_people_everybody_reads_what_is_for_all()
    {
        await using var stage = await TeamsStage.StartAsync();
        var (ana, bo) = (stage.Ears.Account("ana"), stage.Ears.Account("bo"));
        await stage.SayAsync("ana", "help");
        var chat = stage.Server.AddGroupChat("Lunch", botIn: false, ana, bo);
        await stage.Server.InstallAsync(chat, ana);
        await stage.Server.AskAsync(bo, chat, "share \"Runbooks that cut MTTR\"");
        await stage.Ears.SettleAsync();
        Assert.Contains("shared “Runbooks that cut MTTR”", stage.Ears.TextOf(stage.Server.SeenBy(ana, chat)[^1]), StringComparison.Ordinal);
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task From_a_chat_that_the_bot_is_taken_out_of_nothing_is_asked_any_more_until_it_is_back()
    {
        await using var stage = await TeamsStage.StartAsync();
        var (ana, bo) = (stage.Ears.Account("ana"), stage.Ears.Account("bo"));
        await stage.SayAsync("ana", "help");
        var chat = stage.Server.AddGroupChat("Lunch", botIn: false, ana, bo);
        await stage.Server.InstallAsync(chat, ana);
        await stage.Server.AskAsync(bo, chat, "gather plan \"Mob on the pager bot\" kind=mob at=\"2026-01-15 15:00\" minutes=90 topic=alerting");
        await stage.Ears.SettleAsync();

        await stage.Server.UninstallAsync(chat, ana);
        var before = Asked(stage, chat.Id);
        Assert.Equal(1, await stage.Chat.ScalarAsync<int>($"select count(*) from gone_places where place = {chat.Id}"));
        await stage.SayAsync("ana", "gather join 1");
        Assert.Equal(before, Asked(stage, chat.Id));

        await stage.Server.InstallAsync(chat, ana);
        Assert.Equal(0, await stage.Chat.ScalarAsync<int>($"select count(*) from gone_places where place = {chat.Id}"));
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task After_a_restart_people_and_channels_have_their_names()
    {
        await using var stage = await TeamsStage.StartAsync();
        var bo = stage.Ears.Account("bo");
        await stage.SayAsync("bo", "help");
        var conversations = ActivatorUtilities.CreateInstance<TeamsConversations>(stage.Chat.Services);
        await conversations.LoadAsync(CancellationToken.None);
        var members = ActivatorUtilities.CreateInstance<TeamsMembers>(stage.Chat.Services, conversations);
        var platform = ActivatorUtilities.CreateInstance<TeamsPlatform>(stage.Chat.Services, conversations, members);
        Place Of(string id) => new(TeamsPlatform.PlatformName, conversations.Tenant, id);
        Assert.Equal("@bo", platform.ChannelName(Of("@" + bo.AadObjectId)));
        Assert.Equal("#general", platform.ChannelName(Of(stage.Server.Team.General.Id)));
    }

    private static int Asked(TeamsStage stage, string conversation) => stage.Server.Requests.Count(request => request.Path.Contains(Uri.EscapeDataString(conversation), StringComparison.Ordinal));
}
