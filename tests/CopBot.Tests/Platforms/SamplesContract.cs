using CopBot.Core.Chat;
using CopBot.Tests.Core.Features;
using CopBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Tests.Platforms;

/// <summary>What the bot really says, as a platform shows it.</summary>
public abstract class SamplesContract
{
    [Fact]
    public async Task Every_answer_reads_like_plain_text_and_what_is_shortened_says_so()
    {
        await using var chat = await Conversation.StartAsync();
        var (whole, shortened, kinds) = (0, new List<string>(), new HashSet<string>());
        await foreach (var (_, line, heard) in SampleLines.SayAllAsync(chat))
        {
            foreach (var message in Parts(heard.Message))
            {
                var (read, plain) = (Reads(message), Plain(message));
                kinds.UnionWith((message.Card?.Blocks ?? []).Select(block => block.GetType().Name));
                if (read == plain)
                    whole++;
                else
                    shortened.Add($"{line}: {plain.Length}");
                Assert.True(read == plain || read.Contains('…', StringComparison.Ordinal), $"`{line}` reads\n{read}\nnot\n{plain}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{whole} whole; {string.Join(", ", shortened)}; {string.Join(' ', kinds)}");
        Assert.True(whole > 100, $"only {whole} were whole");
        Assert.True(shortened.Count <= whole / 20, string.Join(", ", shortened));
    }

    [Fact]
    public async Task Every_command_has_a_dialog_and_its_form_a_button_that_opens_it()
    {
        await using var chat = await Conversation.StartAsync();
        var parser = chat.Services.GetRequiredService<CommandLineParser>();
        var forms = 0;
        foreach (var command in chat.Services.GetRequiredService<CommandCatalog>().Commands)
        {
            if (MissingForm.Of(parser.Parse(command.Name)) is not { } message)
                continue;

            Assert.Equal(Plain(message), Reads(message));
            Assert.Equal(command, parser.Parse(LineOfItsButton(command, Assert.Single(message.Card!.Blocks.OfType<Form>()), message)).Command);
            forms++;
        }

        Assert.True(forms > 20, $"only {forms} forms");
    }

    /// <summary>What a person is called here.</summary>
    protected static string NameOf(PersonId person) => person.ToString()[^6..];

    /// <summary>The messages that one is sent as.</summary>
    protected virtual IEnumerable<Message> Parts(Message message) => [message];

    /// <summary>What is sent, read back; with an account for everybody, and after a look at whether the platform would take it.</summary>
    protected abstract string ReadBack(Message message);

    /// <summary>Looks at the dialog of a form, and gives the line of the button that opens it.</summary>
    protected abstract string LineOfItsButton(Command command, Form form, Message message);

    private static string Plain(Message message) => Lines(PlainText.Of(message, NameOf));

    private static string Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n');

    private string Reads(Message message) => Lines(ReadBack(message));
}
