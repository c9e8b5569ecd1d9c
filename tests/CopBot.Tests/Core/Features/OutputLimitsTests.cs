using CopBot.Core.Chat;
using CopBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Tests.Core.Features;

/// <summary>What the bot says fits every platform, and what it offers works.</summary>
public sealed class OutputLimitsTests
{
    [Fact]
    public async Task Every_button_carries_a_line_that_is_a_command_and_at_most_five_stand_in_a_row()
    {
        await using var chat = await Conversation.StartAsync();
        var parser = chat.Services.GetRequiredService<CommandLineParser>();
        var (rows, offers) = (0, new HashSet<string>());
        await foreach (var (_, line, heard) in SampleLines.SayAllAsync(chat))
        {
            Assert.InRange(PlainText.Of(heard.Message.Summary, _ => "someone").Length, 1, 3_000);
            foreach (var buttons in (heard.Message.Card?.Blocks ?? []).OfType<Buttons>())
            {
                rows++;
                Assert.InRange(buttons.Items.Count, 1, 5);
                foreach (var button in buttons.Items)
                {
                    Assert.InRange(button.Label.Length, 1, 75);
                    Assert.InRange(button.Line.Length, 1, CommandLineParser.MaxLength);
                    Assert.Null(Record.Exception(() => offers.Add(parser.Parse(button.Line).Command.Name)));
                }
            }

            Assert.False(heard.IsPublic && heard.Text.Contains("Nothing was", StringComparison.Ordinal), $"`{line}` was refused before everybody: {heard.Text}");
        }

        Assert.True(rows > 50, $"only {rows} rows of buttons were seen");
        Assert.Superset(new HashSet<string>(["accept", "board", "confirm", "decline", "experiment result", "forget me", "my data", "squad join", "unflag", "used", "void", "why"]), offers);
    }
}
