using System.ComponentModel;
using CopBot.Core.Chat;

namespace CopBot.Core.Features.Help;

public sealed class HelpCommands(CommandCatalog catalog) : ICommands
{
    [Command("help", "See what can be typed, or how one command goes", ReadsOnly = true, Example = "help share")]
    public Task<Reply> ShowAsync(Caller caller, [Description("The command you would like to know more about")] string? command = null, CancellationToken ct = default) =>
        Task.FromResult<Reply>(command is null ? All(caller.Role) : One(command));

    // There are more commands than anybody reads: those that share their first word are one line.
    private Message All(Role role) => new(
        $"Type a command here, with {"/cop":code} or with my name in front; {"help share":code} explains one, {"help squad":code} all that begin with a word.",
        Card.Of(
            new Facts([.. catalog.Commands.Where(command => command.Role <= role).GroupBy(command => command.Name.Split(' ')[0]).Select(Line)]),
            new Note($"What concerns you alone is answered to you alone.")));

    private static Fact Line(IGrouping<string, Command> family) => family.ToList() is [var only]
        ? new(only.Name, new RichText([new Run.Words(only.Summary)]))
        : new(family.Key, new RichText([new Run.Words(string.Join(", ", family.Select(command => command.Name == family.Key ? "alone" : command.Name[(family.Key.Length + 1)..])))]));

    private Message One(string name)
    {
        var commands = catalog.Commands.Where(command => command.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        if (commands.Count == 0)
            commands = [.. catalog.Commands.Where(command => command.Name.StartsWith(name + " ", StringComparison.OrdinalIgnoreCase))];
        if (commands.Count == 0)
        {
            var near = catalog.Commands.MaxBy(command => Similarity.Of(command.Name, name))!;
            throw new Refusal($"There is no command “{new UserText(name)}”. Did you mean {$"help {near.Name}":code}?") { Offers = [new(near.Name, $"help {near.Name}")] };
        }

        return new Message($"{commands[0].Summary}.", new Card([.. commands.SelectMany(Explain)]));
    }

    private static IEnumerable<Block> Explain(Command command)
    {
        yield return new Paragraph($"{command.Usage:code}");
        if (command.Parameters.Count > 0)
        {
            yield return new Facts([.. command.Parameters.Select(parameter => new Fact(
                parameter.Name + (parameter.Required ? "" : " (optional)"),
                new RichText([new Run.Words(parameter.Description + (parameter.Choices.Count > 0 ? ": " + string.Join(", ", parameter.Choices) : ""))])))]);
        }

        if (command.Example is not null)
            yield return new Note($"For example: {command.Example:code}");
    }
}
