using CopBot.Core.Chat;
using CopBot.Platforms.Wording;

namespace CopBot.Platforms.Discord.Messages;

/// <summary>The command lines that a message offers, numbered from 1 in their order: each button, each option, each form.</summary>
public static class DiscordLines
{
    /// <summary>The line of that number; null where the message offers none.</summary>
    public static string? Find(Message message, int n) => Offers(message).SelectMany(block => block.Offers).FirstOrDefault(offer => offer.Number == n)?.Button.Line;

    /// <summary>The form of that number, to open its modal with all that is known; null where there is none.</summary>
    public static Form? FindForm(Message message, int n) =>
        Offers(message).FirstOrDefault(one => one.Block is Form && one.Offers[0].Number == n).Block as Form;

    internal static IEnumerable<(Block Block, IReadOnlyList<Offer> Offers)> Offers(Message message)
    {
        var number = 0;
        foreach (var block in message.Card?.Blocks ?? [])
            yield return (block, [.. Of(block).Select(button => new Offer(++number, button))]);
    }

    private static IEnumerable<Button> Of(Block block) => block switch
    {
        Buttons buttons => buttons.Items,
        Choice choice => choice.Options,
        Form form => [new Button($"Fill in {form.Command}", KnownLine.Of(form))],
        _ => [],
    };
}

/// <summary>Something to click, with its number in the message.</summary>
internal sealed record Offer(int Number, Button Button);
