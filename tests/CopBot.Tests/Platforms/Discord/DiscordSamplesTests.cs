using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Platforms.Discord.Messages;
using CopBot.Tests.Core.Features;
using CopBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Tests.Platforms.Discord;

/// <summary>What the bot really says, as Discord shows it.</summary>
public sealed class DiscordSamplesTests
{
    [Fact]
    public async Task Every_answer_reads_like_plain_text_and_what_is_shortened_says_so()
    {
        await using var chat = await Conversation.StartAsync();
        var (whole, shortened) = (0, new List<string>());
        await foreach (var (_, line, heard) in SampleLines.SayAllAsync(chat))
        {
            foreach (var message in DocumentParts.Of(heard.Message, DiscordLimits.LongestDocument))
            {
                var read = Reads(message, out var plain);
                if (read == plain)
                    whole++;
                else
                    shortened.Add($"{line}: {plain.Length}");
                Assert.True(read == plain || read.Contains('…', StringComparison.Ordinal), $"`{line}` reads\n{read}\nnot\n{plain}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{whole} whole; {string.Join(", ", shortened)}");
        Assert.True(whole > 100, $"only {whole} were whole");
        Assert.True(shortened.Count <= whole / 20, string.Join(", ", shortened));
    }

    [Fact]
    public async Task Every_command_has_a_modal_and_its_form_a_button_that_opens_it()
    {
        await using var chat = await Conversation.StartAsync();
        var parser = chat.Services.GetRequiredService<CommandLineParser>();
        var forms = 0;
        foreach (var command in chat.Services.GetRequiredService<CommandCatalog>().Commands)
        {
            if (MissingForm.Of(parser.Parse(command.Name)) is not { } message)
                continue;

            Assert.Equal(Reads(message, out var plain), plain);
            var form = Assert.Single(message.Card!.Blocks.OfType<Form>());
            var modal = DiscordModal.Of(form, command.Name);
            Assert.Empty(DiscordSpecs.Problems("ModalInteractionCallbackRequestData", modal));
            Assert.InRange(modal["components"]!.AsArray().Count, 1, DiscordLimits.ModalComponents);
            var id = (string)DiscordMessage.Of(message, DiscordSent.Reader).Components[0]!["components"]![0]!["custom_id"]!;
            Assert.Equal(command, parser.Parse(DiscordIds.Read(id)!.Line!).Command);
            Assert.Equal(form, DiscordLines.FindForm(message, 1));
            forms++;
        }

        Assert.True(forms > 20, $"only {forms} forms");
    }

    private static string Reads(Message message, out string plain)
    {
        DiscordReader reader = new(person => person.ToString()[^6..], person => (1 + Convert.ToInt32(person.ToString()[^6..], 16)).ToString(CultureInfo.InvariantCulture), "d7");
        var sent = DiscordMessage.Of(message, reader);
        Assert.Empty(DiscordSent.Wrong(sent));
        Assert.Empty(DiscordSpecs.Problems("MessageCreateRequest", DiscordSent.Json(sent)));
        plain = PlainText.Of(message, reader.Names).ReplaceLineEndings("\n").TrimEnd('\n');
        return DiscordPlain.Of(DiscordSent.Json(sent), account => (int.Parse(account, CultureInfo.InvariantCulture) - 1).ToString("x6", CultureInfo.InvariantCulture), number => DiscordLines.Find(message, number)).ReplaceLineEndings("\n").TrimEnd('\n');
    }
}
