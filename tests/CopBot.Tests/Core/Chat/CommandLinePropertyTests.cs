using System.Diagnostics;
using CopBot.Core.Chat;
using FsCheck;
using FsCheck.Fluent;

namespace CopBot.Tests.Core.Chat;

public sealed class CommandLinePropertyTests(ITestOutputHelper output)
{
    // What makes a line hard to read: quotes of every kind, dashes, escapes, mentions, marks that nobody sees, and other scripts.
    private static readonly string[] Hard =
    [
        " ", " ", " ", "  ", "\t", "\n", "\"", "“", "”", "„", "‟", "«", "»", "'", "\\", "\\\"", "=", "=\"", "-", "--", "—", "–", "/", "/cop", "@", "@CopBot", "@ana", "@ana,@bo", "#", "#7", ",", ":",
        "\0", "\u0007", "\u202e", "\u200b", "\ud800", "\udc00", "😀", "東京", "ñ", "ı", "İ", "<b>", "<!channel>", "@everyone", "**", "%", "{0}", "99999999999", "2026-02-31", "https://example.org/?a=b",
    ];

    private static readonly string[] Words = [.. Catalogue.Commands.Commands.SelectMany(command =>
        command.Parameters.SelectMany(parameter => parameter.Aliases.Prepend(parameter.Name).SelectMany(name => new[] { name, name + "=", "—" + name + "=" }).Concat(parameter.Choices)).Append(command.Name).Append(command.Name.Split(' ')[0])).Distinct()];

    private static readonly Gen<string> Piece = Gen.OneOf(
        Gen.Elements(Hard),
        Gen.Elements(Words).Select(word => " " + word),
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get));

    private static readonly Gen<string> Line =
        from start in Gen.Frequency((4, Gen.Elements(Catalogue.Commands.Commands.Select(command => command.Name + " ").ToArray())), (1, Gen.Constant("")))
        from pieces in Piece.ListOf().Resize(12)
        select start + string.Concat(pieces);

    [Fact]
    public void Random_lines_are_read_or_refused_quickly_and_never_anything_else()
    {
        const int Lines = 10_000;
        var (read, refused, unknown) = (0, 0, 0);
        var spent = new Stopwatch();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Lines), Prop.ForAll(Line.ToArbitrary(), line =>
        {
            spent.Start();
            try
            {
                Catalogue.Parser.Parse(line);
                read++;
            }
            catch (Refusal refusal)
            {
                if (refusal.Says.ToString().StartsWith("I do not know “", StringComparison.Ordinal))
                    unknown++;
                else
                    refused++;
                return refusal.Says.ToString().Length is > 10 and < 600;
            }
            finally
            {
                spent.Stop();
            }

            return true;
        }));

        output.WriteLine($"{read} read, {refused} refused, {unknown} no command; {spent.Elapsed.TotalMilliseconds / Lines:0.000} ms each");
        Assert.Equal(Lines, read + refused + unknown);
        Assert.True(read + refused >= Lines / 2, $"only {read + refused} of {Lines} lines named a command");
        Assert.True(read >= Lines / 5 && refused >= Lines / 5, $"{read} of {Lines} lines were read and {refused} refused: too few of one sort");
        Assert.InRange(spent.Elapsed.TotalMilliseconds / Lines, 0, 5);
    }

    [Fact]
    public void A_line_of_the_greatest_length_is_read_quickly()
    {
        var longest = TimeSpan.Zero;
        foreach (var piece in (string[])["a", "a ", "\"", "“", "\\\"", "x=", "size=", "@a ", "—", "İ", "((((", "share "])
        {
            foreach (var start in (string[])["", "share ", "kudos @ana "])
            {
                var line = (start + string.Concat(Enumerable.Repeat(piece, CommandLineParser.MaxLength)))[..CommandLineParser.MaxLength];
                var watch = Stopwatch.StartNew();
                Record.Exception(() => Catalogue.Parser.Parse(line));
                longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, watch.Elapsed.Ticks));
                Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"{start}{piece}…: {watch.Elapsed}");
            }
        }

        output.WriteLine($"at most {longest.TotalMilliseconds:0.0} ms");
    }

    [Fact]
    public void What_is_written_is_read_as_it_was()
    {
        const int Lines = 2_000;
        var (all, telling) = (0, 0);
        var given =
            from command in Gen.Elements(Catalogue.Commands.Commands.ToArray())
            from values in Gen.CollectToList(command.Parameters, parameter =>
                from text in Gen.OneOf(ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get), Piece.ListOf().Resize(8).Select(string.Concat))
                from present in Gen.Frequency((3, Gen.Constant(true)), (1, Gen.Constant(false)))
                select (parameter, Text: text, Present: present))
            select (Command: command, Values: values.Where(value => value.Present).Select(value => (value.parameter, value.Text)).ToList());
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Lines), Prop.ForAll(given.ToArbitrary(), one =>
        {
            var line = CommandLine.Write(one.Command.Name, one.Values.Select(value => KeyValuePair.Create(value.parameter.Name, value.Text)));
            if (line.Length > CommandLineParser.MaxLength)
                return true;

            all++;
            if (one.Values.Any(value => value.Text.Any(c => char.IsWhiteSpace(c) || c is '"' or '\\' or '=' or '“' or '—' or '@')))
                telling++;
            var read = Catalogue.Parser.Parse(line);
            return read.Command == one.Command && read.Values.Count == one.Values.Count && one.Values.All(value => read.Values[value.parameter] == value.Text);
        }));

        output.WriteLine($"{telling} of {Lines} lines had something to escape in them");
        Assert.True(telling >= Lines / 2, $"only {telling} of {Lines} lines had something to escape in them ({all} were short enough)");
    }
}
