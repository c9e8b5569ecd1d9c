using CopBot.Core.Chat;

namespace CopBot.Platforms.Discord.Commands;

/// <summary>Where a command stands on Discord: <c>/root name</c>, or <c>/root group name</c>.</summary>
internal sealed record CommandPlace(string Root, string? Group, string Name, Command Command);

/// <summary>
/// Spreads the catalogue over roots, as one can hold 25 things on a level. First words with two commands or more are roots themselves; everything else
/// stands under <see cref="Members"/> or, where it is for leads and the core team, under <see cref="Leads"/>.
/// </summary>
internal static class CommandRoots
{
    public const string Members = "cop";

    public const string Leads = "cop-lead";

    public static IEnumerable<CommandPlace> Of(CommandCatalog catalog)
    {
        foreach (var family in catalog.Commands.GroupBy(command => command.Name.Split(' ')[0], StringComparer.Ordinal))
        {
            var isRoot = family.Count(command => command.Name.Contains(' ', StringComparison.Ordinal)) > 1;
            foreach (var command in family)
            {
                var common = command.Role == Role.Member ? Members : Leads;
                yield return command.Name.Split(' ', 2) switch
                {
                    [var first, var second] => isRoot ? new(first, null, second, command) : new(common, first, second, command),
                    _ => new(common, null, command.Name, command),
                };
            }
        }
    }

    /// <summary>The command at a place; null where there is none.</summary>
    public static Command? Find(CommandCatalog catalog, string[] path) => path switch
    {
        [Members or Leads, .. var names] => catalog.Find(string.Join(' ', names)),
        [_, _] => catalog.Find(string.Join(' ', path)),
        _ => null,
    };
}
