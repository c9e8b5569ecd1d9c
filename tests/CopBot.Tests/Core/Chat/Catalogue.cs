using CopBot.Core.Chat;
using CopBot.Core.Content;

namespace CopBot.Tests.Core.Chat;

/// <summary>The catalogue of the product with the lists of the default pack, without a database.</summary>
public static class Catalogue
{
    public static CommandCatalog Commands { get; } = new(CommandCatalog.CommandClasses(typeof(CommandCatalog).Assembly), PackReader.Read(PackReader.DefaultFolder).List);

    public static CommandLineParser Parser { get; } = new(Commands);
}
