namespace CopBot.Core.Chat;

/// <summary>
/// A command that cannot be done. Thrown anywhere in a command, it undoes what the command wrote and is told privately to the person:
/// which rule, and what they can still do.
/// </summary>
public sealed class Refusal(RichText says) : Exception(says.ToString())
{
    /// <summary>The sentence for the person.</summary>
    public RichText Says { get; } = says;

    /// <summary>Command lines that would work instead.</summary>
    public IReadOnlyList<Button> Offers { get; init; } = [];

    /// <summary>The sentence, with the offers as buttons.</summary>
    public Message ToMessage() => new(Says, Offers.Count == 0 ? null : Card.Of(new Buttons(Offers)));
}
