using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Slack.Blocks;
using CopBot.Tests.Core.Features;
using CopBot.Tests.Support;
using CopBot.Tests.Support.FakeSlack;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Tests.Platforms.Slack.Blocks;

/// <summary>What the bot really says, as Slack shows it.</summary>
public sealed class SlackSamplesTests
{
    [Fact]
    public async Task Every_answer_reads_like_plain_text_and_what_is_shortened_says_so()
    {
        await using var chat = await Conversation.StartAsync();
        var (whole, shortened, kinds) = (0, new List<string>(), new HashSet<string>());
        await foreach (var (_, line, heard) in SampleLines.SayAllAsync(chat))
        {
            var read = Reads(heard.Message, out var plain);
            kinds.UnionWith((heard.Message.Card?.Blocks ?? []).Select(block => block.GetType().Name));
            if (read == plain)
                whole++;
            else
                shortened.Add($"{line}: {plain.Length}");
            Assert.True(read == plain || read.Contains('…', StringComparison.Ordinal), $"`{line}` reads\n{read}\nnot\n{plain}");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{whole} whole; {string.Join(", ", shortened)}; {string.Join(' ', kinds)}");
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
            Assert.Empty(WireRules.OfView(SlackModal.Of(form, command.Name)).Wrong);
            var button = SlackMessage.Of(message, Sent.Reader).Blocks.SelectMany(block => block!["elements"]!.AsArray()).Single(element => element!["type"]!.GetValue<string>() == "button")!;
            Assert.Equal(command, parser.Parse(button["value"]!.GetValue<string>()).Command);
            forms++;
        }

        Assert.True(forms > 20, $"only {forms} forms");
    }

    private static string Reads(Message message, out string plain)
    {
        SlackReader reader = new(person => person.ToString()[^6..], person => "U" + person.ToString().ToUpperInvariant()[^6..]);
        var sent = SlackMessage.Of(message, reader);
        Assert.Empty(WireRules.OfMessage(sent).Wrong);
        plain = PlainText.Of(message, reader.Names).ReplaceLineEndings("\n").TrimEnd('\n');
        return SlackPlain.Of(JsonNode.Parse(Sent.Json(sent).ToJsonString())!.AsObject(), account => account[1..].ToLowerInvariant()).ReplaceLineEndings("\n").TrimEnd('\n');
    }
}
