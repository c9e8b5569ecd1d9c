using CopBot.Tests.Support;

namespace CopBot.Tests.Core.Features;

public abstract class HiddenPersonTests(Product product)
{
    [Fact]
    public async Task A_hidden_persons_name_and_id_appear_in_no_output_of_any_command()
    {
        await using var chat = await Conversation.StartAsync(product);
        var heard = 0;
        await foreach (var (speaker, line, one) in SampleLines.SayAllAsync(chat))
        {
            heard++;
            if (!one.IsFor("quillon"))
                AssertSilent(one, speaker, line);
        }

        Assert.True(heard > 300, $"only {heard} messages were heard");
    }

    [Fact]
    public async Task What_the_clock_says_names_no_hidden_person_either()
    {
        await using var chat = await Conversation.StartAsync(product);
        await foreach (var (speaker, line, one) in SampleLines.TakePartAsync(chat))
        {
            if (!one.IsFor("quillon"))
                AssertSilent(one, speaker, line);
        }

        var heard = await chat.WaitAsync(NodaTime.Duration.FromDays(20));
        Assert.Contains(heard, one => one.IsFor("quillon"));
        Assert.All(heard.Where(one => !one.IsFor("quillon")), one => AssertSilent(one, "the clock", "20 days later"));
    }

    private static void AssertSilent(Heard heard, string speaker, string line)
    {
        foreach (var text in (string[])[heard.Text, heard.Card, heard.Message.ToJson()])
            Assert.False(text.Contains(SampleLines.Hidden, StringComparison.OrdinalIgnoreCase), $"{speaker} said `{line}`, and {heard.Only ?? heard.Place} read: {text}");
    }
}

public sealed class HiddenPersonOnSqliteTests() : HiddenPersonTests(Product.Sqlite);
