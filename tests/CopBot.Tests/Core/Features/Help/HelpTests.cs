using CopBot.Core.Chat;
using CopBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Tests.Core.Features.Help;

public abstract class HelpTests(Product product)
{
    [Fact]
    public async Task Help_lists_every_command_that_ones_role_may_use_and_no_other()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "mem");
        var commands = chat.Services.GetRequiredService<CommandCatalog>().Commands;
        foreach (var (name, role) in (IEnumerable<(string, Role)>)[("mem", Role.Member), ("lea", Role.Lead)])
        {
            var answer = Assert.Single(await chat.SayAsync(name, "help"));
            Assert.True(answer.IsFor(name));
            var listed = answer.Text.Split('\n')[1..^1];
            var lines = commands.Where(command => command.Role <= role).GroupBy(command => command.Name.Split(' ')[0])
                .Select(family => family.Count() == 1 ? $"{family.Single().Name}: {family.Single().Summary}" : $"{family.Key}: {string.Join(", ", family.Select(command => command.Name.Split(' ')[1]))}");
            Assert.Equal(lines, listed);
        }
    }

    [Fact]
    public async Task Help_explains_each_command_with_its_usage_its_parameters_and_an_example_that_works()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea");
        var parser = chat.Services.GetRequiredService<CommandLineParser>();
        foreach (var command in chat.Services.GetRequiredService<CommandCatalog>().Commands)
        {
            var text = await chat.AskAsync("lea", $"help {command.Name}");
            Assert.StartsWith($"{command.Summary}.\n`{command.Usage}`", text);
            Assert.All(command.Parameters, parameter => Assert.Contains($"{parameter.Name}{(parameter.Required ? "" : " (optional)")}: {parameter.Description}", text));
            if (command.Example is { } example)
            {
                Assert.EndsWith($"For example: `{example}`", text);
                Assert.Equal(command.Name, parser.Parse(example).Command.Name);
                Assert.Null(MissingForm.Of(parser.Parse(example)));
            }
        }
    }

    [Fact]
    public async Task Help_finds_families_and_neighbours()
    {
        await using var chat = await Conversation.StartAsync(product);
        Assert.StartsWith("Create a squad.\n`squad create <name>`", await chat.AskAsync("ana", "help squad"));
        Assert.Contains("`squad leave`", await chat.AskAsync("ana", "help squad"));
        Assert.StartsWith("Log something you learned, made or found that helps others.", await chat.AskAsync("ana", "help SHARE"));
        Assert.StartsWith("There is no command “kudoz”. Did you mean `help kudos`?", await chat.AskAsync("ana", "help kudoz"));
    }

    [Fact]
    public async Task What_is_nearly_a_command_is_offered_with_the_rest_of_the_line()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        foreach (var (line, answer) in (IEnumerable<(string, string)>)
        [
            ("shaer \"Runbooks\" size=medium", "I do not know “shaer Runbooks”. Did you mean `share`?\n  [share] share \"Runbooks\" size=medium"),
            ("squad crate Blue", "I do not know “squad crate”. Did you mean `squad create`?\n  [squad create] squad create Blue"),
            ("gather jion 1", "I do not know “gather jion”. Did you mean `gather join`?\n  [gather join] gather join 1"),
            ("wheel nxt", "I do not know “wheel nxt”. Did you mean `wheel next`?\n  [wheel next] wheel next"),
            ("okr shw 1", "I do not know “okr shw”. Did you mean `okr show`?\n  [okr show] okr show 1"),
            ("gap vot 1", "I do not know “gap vot”. Did you mean `gap vote`?\n  [gap vote] gap vote 1"),
            ("okrs lst", "I do not know “okrs lst”. Did you mean `okr list`?\n  [okr list] okr list"),
            ("/cop bord month", "I do not know “bord month”. Did you mean `board`?\n  [board] board month"),
            ("xyzzy", "I do not know “xyzzy”. `help` lists what I understand.\n  [help] help"),
            ("@CopBot", "I am listening. Try `help`, or `share \"What you learned\"`."),
            ("", "I am listening. Try `help`, or `share \"What you learned\"`."),
        ])
        {
            var heard = Assert.Single(await chat.SayAsync("ana", line));
            Assert.True(heard.IsFor("ana"));
            Assert.Equal(answer, heard.Text);
        }

        Assert.Equal((0, 0), await chat.StoredAsync());
    }
}

public sealed class HelpOnSqliteTests() : HelpTests(Product.Sqlite);
