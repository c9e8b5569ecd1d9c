using CopBot.Core.Chat;

namespace CopBot.Platforms.Terminal;

/// <summary>Plain text, for pipes and files.</summary>
public sealed class PlainScreen(TextWriter output) : ITerminalScreen
{
    public void Show(Delivery delivery)
    {
        output.WriteLine(PlainText.Of(delivery.Message, delivery.Names));
        output.WriteLine();
    }
}
