namespace CopBot.EndToEndTests.Crash;

/// <summary>Tests that kill processes or race them want the machine to themselves: they run one after the other, once the browser is done.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
