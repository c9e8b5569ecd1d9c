using CopBot.Core.Chat;
using CopBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Tests.Core.Features;

public abstract class HiddenPersonTests(Product product)
{
    private const string Hidden = SampleLines.Hidden;

    [Fact]
    public async Task A_hidden_persons_name_and_id_appear_in_no_output_of_any_command()
    {
        await using var chat = await Conversation.StartAsync(product);
        await TakePartAsync(chat);
        var catalogue = chat.Services.GetRequiredService<CommandCatalog>();
        var heard = 0;
        foreach (var speaker in (string[])["mem", "lea", Hidden])
        {
            foreach (var command in catalogue.Commands)
            {
                foreach (var line in SampleLines.For(command).Where(line => speaker != Hidden || !line.StartsWith("privacy", StringComparison.Ordinal)))
                {
                    foreach (var one in (Heard[])[.. await chat.SayAsync(speaker, line), .. await chat.WhisperAsync(speaker, line)])
                    {
                        heard++;
                        if (!one.IsFor("quillon"))
                            AssertSilent(one, speaker, line);
                    }
                }
            }
        }

        Assert.True(heard > 3 * catalogue.Commands.Count, $"only {heard} messages were heard");
        Assert.Equal(catalogue.Commands.Select(command => command.Name), SampleLines.Commands.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_the_clock_says_names_no_hidden_person_either()
    {
        await using var chat = await Conversation.StartAsync(product);
        await TakePartAsync(chat);
        var heard = await chat.WaitAsync(NodaTime.Duration.FromDays(20));
        Assert.Contains(heard, one => one.IsFor("quillon"));
        Assert.All(heard.Where(one => !one.IsFor("quillon")), one => AssertSilent(one, "the clock", "20 days later"));
    }

    // The hidden person as author, host, participant, giver, receiver, user, confirmer, flagger, flagged, founder of a squad and one of the core team.
    private static async Task TakePartAsync(Conversation chat)
    {
        await chat.JoinAsync("lea", "mem", Hidden);
        await chat.SayAsync(Hidden, "privacy hidden");
        (string Name, string Line)[] steps =
        [
            (Hidden, "share \"Sharing under cover\" size=medium"),
            (Hidden, "experiment start \"Canary at one percent\" measure=rollbacks"),
            (Hidden, "mob \"Fix the flaky deploy\" with=@lea,@mem"),
            ("mem", $"kudos @{Hidden} \"for the review\""),
            (Hidden, "kudos @mem \"for the thanks\""),
            ("mem", "share \"How we page\""),
            (Hidden, "used 6 \"in our rota\""),
            ("lea", "used 1"),
            (Hidden, "share \"A workshop on postmortems\" size=large"),
            ("mem", "share \"A tool for runbooks\" size=large"),
            (Hidden, "outcome 2 quality 10 3 rollbacks"),
            (Hidden, "win \"Nobody was paged\""),
            ("mem", "win \"Nobody was woken\""),
            ("mem", $"mob \"Tame the alerts\" with=@{Hidden},@gil"),
            ("lea", "confirm 9"),
            (Hidden, "confirm 10"),
            ("mem", "flag 12 \"is that so\""),
            (Hidden, "flag 13 \"is that so\""),
            (Hidden, "squad create Cover"),
            (Hidden, "squad join Cover"),
            ("lea", $"role @{Hidden} core"),
            (Hidden, "link"),
        ];
        foreach (var (name, line) in steps)
        {
            var heard = await chat.SayAsync(name, line);
            Assert.DoesNotContain(heard, one => one.Text.Contains("Nothing was", StringComparison.Ordinal));
            Assert.All(heard.Where(one => !one.IsFor("quillon")), one => AssertSilent(one, name, line));
        }

        Assert.Equal(14, (await chat.StoredAsync()).Claims);
    }

    private static void AssertSilent(Heard heard, string speaker, string line)
    {
        foreach (var text in (string[])[heard.Text, heard.Card, heard.Message.ToJson()])
            Assert.False(text.Contains(Hidden, StringComparison.OrdinalIgnoreCase), $"{speaker} said `{line}`, and {heard.Only ?? heard.Place} read: {text}");
    }
}

public sealed class HiddenPersonOnSqliteTests() : HiddenPersonTests(Product.Sqlite);

public sealed class HiddenPersonOnPostgresTests() : HiddenPersonTests(Product.Postgres);
