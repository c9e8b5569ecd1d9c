using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>What becomes of teams, chats and people, and who sees what.</summary>
public sealed class FakeTeamsPlacesTests
{
    [Fact]
    public async Task The_bot_is_told_of_installing_joining_and_names()
    {
        await using var teams = await TeamsServer.StartAsync();
        await using var bot = await TeamsProbe.StartAsync(teams);
        var (owner, anna) = (teams.AddPerson("Owner"), teams.AddPerson("Anna"));
        var team = teams.AddTeam("Second", botIn: false);
        await teams.JoinAsync(team, owner);
        Assert.Empty(bot.Heard);
        await teams.InstallAsync(team, owner);
        await teams.JoinAsync(team, anna, owner);
        await teams.LeaveAsync(team, anna);
        var channel = await teams.CreateChannelAsync(team, "ops", owner);
        await teams.RenameAsync(channel, "operations", owner);
        await teams.RenameAsync(team, "Third", owner);
        await teams.UpgradeAsync(team, owner);
        await teams.UninstallAsync(team, owner);
        await teams.RenameAsync(team, "Fourth", owner);
        Assert.Equal(
            ["installationUpdate add", "conversationUpdate teamMemberAdded", "conversationUpdate teamMemberAdded", "conversationUpdate teamMemberRemoved", "conversationUpdate channelCreated", "conversationUpdate channelRenamed", "conversationUpdate teamRenamed", "installationUpdate add-upgrade", "conversationUpdate teamMemberRemoved", "installationUpdate remove"],
            bot.Heard.Select(came => $"{came["type"]} {came["action"] ?? came["channelData"]!["eventType"]}"));
        Assert.Equal((teams.BotId, anna.Mri), ((string)bot.Heard[1]["membersAdded"]![0]!["id"]!, (string)bot.Heard[2]["membersAdded"]![0]!["id"]!));
        Assert.Equal(("operations", "Third"), ((string)bot.Heard[5]["channelData"]!["channel"]!["name"]!, (string)bot.Heard[6]["channelData"]!["team"]!["name"]!));
        Assert.Empty(teams.Breaches);
    }

    [Fact]
    public async Task People_see_what_is_said_where_they_are()
    {
        await using var teams = await TeamsServer.StartAsync();
        await using var bot = await TeamsProbe.StartAsync(teams);
        var (anna, bert, cleo) = (teams.Team.AddPerson("Anna"), teams.Team.AddPerson("Bert"), teams.AddPerson("Cleo"));
        var chat = teams.AddGroupChat("Lunch", botIn: false, anna, cleo);
        await Assert.ThrowsAsync<TeamsClientRefusal>(() => teams.SayAsync(cleo, teams.Team.General, "x"));
        await Assert.ThrowsAsync<TeamsClientRefusal>(() => teams.DirectAsync(anna, "x"));
        await teams.AskAsync(anna, chat, "nobody listens");
        Assert.Equal(403, (await bot.SayAsync(chat.Id, TeamsProbe.Message("x"))).Status);
        await teams.InstallAsync(chat, anna);
        await teams.AskAsync(anna, chat, "now");
        Assert.Equal(["installationUpdate", "conversationUpdate", "message"], bot.Heard.Select(came => (string)came["type"]!));
        Assert.Equal("groupChat", (string?)bot.Heard[2]["conversation"]!["conversationType"]);
        Assert.Equal(201, (await bot.SayAsync(chat.Id, TeamsProbe.Message("lunch"))).Status);
        Assert.Equal("lunch", teams.SeenBy(cleo)[^1].Text);
        Assert.Empty(teams.SeenBy(bert));

        // Only one of them sees what is for one, where there is such a thing.
        teams.TargetedMessages = true;
        teams.GiveApp(anna);
        var only = TeamsProbe.Message("psst");
        only["recipient"] = new JsonObject { ["id"] = anna.Mri, ["isTargeted"] = true };
        Assert.Equal(201, (await bot.ConnectorAsync("POST", $"v3/conversations/{Uri.EscapeDataString(chat.Id)}/activities?isTargetedActivity=true", only)).Status);
        Assert.Equal(("psst", "lunch"), (teams.SeenBy(anna)[^1].Text, teams.SeenBy(cleo)[^1].Text));
        await bot.SayAsync(anna.Chat.Id, new() { ["type"] = "typing" });
        Assert.Same(anna.Chat, Assert.Single(teams.Typing));
        Assert.Empty(teams.Breaches);
        Assert.Equal((200, chat.People.Count), await bot.ConnectorAsync("GET", $"v3/conversations/{Uri.EscapeDataString(chat.Id)}/activities/{teams.Posts[0].Id}/members") is var (status, members) ? (status, members!.AsArray().Count) : default);
    }

    [Fact]
    public async Task Waiting_has_an_end()
    {
        await using var teams = await TeamsServer.StartAsync();
        await using var bot = await TeamsProbe.StartAsync(teams);
        await Assert.ThrowsAsync<TimeoutException>(() => teams.PostAsync(_ => true, "a post", TimeSpan.FromMilliseconds(50)));
        await bot.SayAsync(teams.Team.Id, TeamsProbe.Message("x"));
        Assert.Equal("x", (await teams.PostAsync(post => post.Text == "x", "a post")).Text);
    }
}
