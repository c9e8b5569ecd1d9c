using CopBot.Tests.Support;

namespace CopBot.Tests.Core.Features.Squads;

public abstract class SquadTests(Product product)
{
    [Fact]
    public async Task Squads_are_created_joined_left_and_listed()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "hid");
        Assert.Equal("There are no squads yet. `squad create Blue` makes one.", await chat.AskAsync("ana", "squad list"));
        Assert.Equal("Squad Night Owls is there. Who joins?\n  [Join Night Owls] squad join name=\"Night Owls\"", await chat.AskAsync("ana", "squad create \"  Night   Owls \""));
        Assert.Equal("There is a squad night owls already; `squad join night owls` joins it. Nothing was changed.", await chat.AskAsync("bo", "squad create night owls"));
        Assert.Equal("bo is in squad Night Owls now. What they earn from here on counts for it.", await chat.AskAsync("bo", "squad join name=\"Night Owls\""));
        Assert.Equal("There is no squad Nite Owls. Did you mean `squad join Night Owls`? Nothing was changed.", await chat.AskAsync("ana", "squad join Nite Owls"));
        Assert.Equal("There is no squad Red. `squad create Red` makes one. Nothing was changed.", await chat.AskAsync("ana", "squad join Red"));
        await chat.SayAsync("hid", "privacy hidden");
        Assert.All(await chat.SayAsync("hid", "squad join Night Owls"), one => Assert.True(one.IsFor("hid")));
        await chat.SayAsync("ana", "squad create Blue");
        await chat.SayAsync("hid", "win \"Nobody was paged\"");
        await chat.SayAsync("bo", "kudos @ana thanks");

        Assert.Equal("2 squads.\nBlue: 0 points this week; nobody yet\nNight Owls: 9 points this week; bo and 1 more", await chat.AskAsync("ana", "squad list"));
        Assert.Equal("You are in no squad now. What you earned for it stays with it.", await chat.AskAsync("bo", "squad leave"));
        Assert.Equal("You are in no squad. `squad list` shows them. Nothing was changed.", await chat.AskAsync("bo", "squad leave"));
        Assert.EndsWith("Night Owls: 9 points this week; 1 not shown", await chat.AskAsync("ana", "squad list"));
    }

    [Fact]
    public async Task Joining_the_squad_one_is_in_tells_nobody_anything()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", "squad create Blue");
        await chat.SayAsync("bo", "squad join Blue");
        var again = Assert.Single(await chat.SayAsync("bo", "squad join blue"));
        Assert.Equal("You are in squad Blue already. Nothing was changed.", again.Text);
        Assert.True(again.IsFor("bo"));
    }

    [Fact]
    public async Task A_squads_name_is_short_and_plain()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        foreach (var name in (string[])["@everyone", "<b>Blue</b>", "\"[Blue](https://example.org)\"", new string('a', 41)])
            Assert.StartsWith("`name` ", await chat.AskAsync("ana", $"squad create {name}"));
        Assert.StartsWith("There are no squads yet.", await chat.AskAsync("ana", "squad list"));
    }
}

public sealed class SquadOnSqliteTests() : SquadTests(Product.Sqlite);
