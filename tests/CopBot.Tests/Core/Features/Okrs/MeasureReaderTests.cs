using CopBot.Core.Features.Okrs.Measures;

namespace CopBot.Tests.Core.Features.Okrs;

public sealed class MeasureReaderTests
{
    private static readonly string[] Pieces =
    [
        "count", "sum", "people", "squads", "topics", "minutes", "saved", "of", "mob", "share", "experiments", "outcome", "anything", "or", ",", "where", "and", "confirmed", "finished", "topic", "unit", "in", "(", ")",
        "=", "!=", ">=", "<", "2", "0.5", "99999999999999999999", "last", "weeks", "since", "2026-01-01", "\"two words\"", "\"", "“", "alerting", "'", ";", "\0", "\u202e", "💥", "\ud800", "é", "\t", "\n", " ", "", "%", "--",
    ];

    [Fact]
    public void A_hundred_measures_are_read()
    {
        Assert.True(Measures.Valid.Distinct().Count() >= 100, $"only {Measures.Valid.Count}");
        Assert.All(Measures.Valid, text => Assert.NotNull(MeasureReader.Read(text)));
    }

    [Fact]
    public void A_hundred_broken_ones_name_the_word()
    {
        Assert.True(Measures.Broken.Select(one => one.Text).Distinct().Count() >= 100, $"only {Measures.Broken.Count}");
        foreach (var (text, word) in Measures.Broken)
        {
            var mistake = Assert.Throws<MeasureMistake>(() => MeasureReader.Read(text));
            Assert.True(mistake.Word == word, $"“{text}” names “{mistake.Word}” and not “{word}”: {mistake.Message}");
        }
    }

    [Theory]
    [InlineData("count mobb where squads >= 2", "I do not understand “mobb” in the measure, at character 7: a kind is one of share, experiment, mob, win, failure, outcome, kudos, used or anything (did you mean mob?). Nothing was stored.")]
    [InlineData("count experiment where result = provn", "I do not understand “provn” in the measure, at character 33: a result is one of proven, disproved, inconclusive (did you mean proven?). Nothing was stored.")]
    [InlineData("count squads of mob and confirmed", "I do not understand “and” in the measure, at character 21: after the kinds come where, last or since. Nothing was stored.")]
    [InlineData("count mob where people > 1 or squads > 1", "I do not understand “or” in the measure, at character 28: after a condition come and, last or since. Nothing was stored.")]
    [InlineData("count mob where topic = 'alerting", "I do not understand “'alerting” in the measure, at character 25: the quotation mark is not closed. Nothing was stored.")]
    [InlineData("count mob where squadz >= 2", "I do not understand “squadz” in the measure, at character 17: a condition is about squads, people, minutes, topic, format, size, result, category, unit, squad, or it is confirmed or finished (did you mean squad?). Nothing was stored.")]
    [InlineData("count mob where squads >=", "The measure ends too early: squads is compared with a number from 0 on: squads >= 2. Nothing was stored.")]
    public void The_mistake_is_one_sentence_that_points_at_the_word(string text, string says) =>
        Assert.Equal(says, CopBot.Core.Chat.PlainText.Of(Assert.Throws<MeasureMistake>(() => MeasureReader.Read(text)).ToRefusal().Says, _ => "").ToString());

    [Fact]
    public void A_hundred_thousand_inputs_end_in_a_measure_or_in_a_mistake_that_names_a_word_of_theirs()
    {
        var random = new Random(20260105);
        var (read, mistakes) = (0, 0);
        for (var round = 0; round < 100_000; round++)
        {
            var text = round % 2 == 0 ? Mutated(random) : string.Join(random.Next(4) == 0 ? "" : " ", Enumerable.Range(0, random.Next(12)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            try
            {
                Assert.NotNull(MeasureReader.Read(text));
                read++;
            }
            catch (MeasureMistake mistake)
            {
                Assert.Contains(mistake.Word, text, StringComparison.Ordinal);
                Assert.InRange(mistake.At, 0, text.Length);
                Assert.NotEmpty(mistake.Message);
                mistakes++;
            }
        }

        Assert.True(read > 10_000 && mistakes > 10_000, $"{read} were read and {mistakes} were not: one of both is hardly tried");
    }

    // One that is right with a character taken out, put in or changed, or a word twice.
    private static string Mutated(Random random)
    {
        var text = Measures.Valid[random.Next(Measures.Valid.Count)];
        var at = random.Next(text.Length);
        var piece = Pieces[random.Next(Pieces.Length)];
        return random.Next(5) switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, piece),
            2 => text[..at],
            3 => text[..at] + piece + text[(at + 1)..],
            _ => text,
        };
    }
}
