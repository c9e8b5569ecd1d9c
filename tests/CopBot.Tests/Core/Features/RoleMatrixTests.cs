using CopBot.Core.Chat;
using CopBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Tests.Core.Features;

public abstract class RoleMatrixTests(Product product)
{
    [Fact]
    public async Task Every_command_is_for_exactly_the_roles_that_it_names()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "cor", "mem", SampleLines.Hidden);
        await chat.SayAsync("lea", "role @cor core");
        var catalogue = chat.Services.GetRequiredService<CommandCatalog>();
        foreach (var command in catalogue.Commands)
        {
            foreach (var (name, role) in (IEnumerable<(string, Role)>)[("mem", Role.Member), ("cor", Role.Core), ("lea", Role.Lead)])
            {
                var answer = Assert.Single(await chat.SayAsync(name, SampleLines.For(command)[0]), one => one.IsFor(name) || one.IsPublic);
                var refused = answer.Text.StartsWith("Only ", StringComparison.Ordinal);
                Assert.True(refused == role < command.Role, $"{role} typed `{command.Name}`, which is for {command.Role}, and read: {answer.Text}");
                Assert.False(refused && answer.IsPublic, $"{role} was refused `{command.Name}` in public");
            }
        }
    }

    [Fact]
    public async Task What_is_for_leads_stays_for_leads()
    {
        await using var chat = await Conversation.StartAsync(product);
        var reserved = chat.Services.GetRequiredService<CommandCatalog>().Commands.Where(command => command.Role == Role.Lead).Select(command => command.Name);
        Assert.Equal(["announce", "experience quarterly", "library weekly", "report close", "report monthly", "role", "rotation create", "rotation override", "rotation remove", "schedule approve", "schedule cancel", "schedule pause", "schedule resume", "schedule run", "season start", "subscribe", "template post", "unflag", "unsubscribe", "void"], reserved);

        await chat.JoinAsync("lea", "cor", "mem");
        await chat.SayAsync("lea", "role @cor core");
        foreach (var name in (string[])["cor", "mem"])
            Assert.Equal("Only a CoP lead may change settings; `settings` alone shows them. Nothing was changed.", await chat.AskAsync(name, "settings zone=Europe/Rome"));
    }

    [Fact]
    public async Task Roles_are_given_by_a_lead_written_down_and_somebody_always_leads()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "bo");
        Assert.Equal("Somebody has to lead. Make another person lead first: `role @name lead`. Nothing was changed.", await chat.AskAsync("lea", "role @lea member"));
        var heard = await chat.SayAsync("lea", "role @bo lead");
        Assert.Equal("bo is now a CoP lead.", Assert.Single(heard, one => one.IsFor("lea")).Text);
        Assert.Equal("lea made you a CoP lead; `help` shows what you can do.", Assert.Single(heard, one => one.IsFor("bo")).Text);
        Assert.Equal("lea is now a member.", await chat.AskAsync("bo", "role @lea member"));
        Assert.StartsWith("Only a CoP lead may use `role`.", await chat.AskAsync("lea", "role @lea lead"));
        Assert.Equal("You are the only lead. Make somebody else lead first, `role @name lead`; then you can go. Nothing was erased.", await chat.AskAsync("bo", "forget me yes=yes"));
        Assert.Equal(2, await chat.ScalarAsync<int>($"select count(*) from audit where act = {"role"}"));
    }
}

public sealed class RoleMatrixOnSqliteTests() : RoleMatrixTests(Product.Sqlite);
