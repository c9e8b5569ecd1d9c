using System.Text;
using CopBot.Core.Content;
using Xunit;
using YamlDotNet.Core;

namespace CopBot.Tests.Core.Content;

public sealed class PackFuzzTests(ITestOutputHelper output)
{
    private const int Runs = 1000;
    private const string Letters = "\t\n\r :-{}[],\"'#&*!|>%@`?<~\\=_.0129xÑ\0\u001b\u0085\u200b\u202e\u2028\ufeff";

    [Fact]
    public void Any_small_change_of_the_file_ends_in_a_pack_or_in_problems()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var packs = 0;
        using var folder = new PackFolder();
        for (var run = 0; run < Runs; run++)
        {
            var text = Mutated(PackFolder.DefaultPoints, random);
            try
            {
                packs += Holds(folder, text) ? 1 : 0;
            }
            catch (Exception failed)
            {
                Assert.Fail($"seed {seed}, run {run}: {failed}\n{text}");
            }
        }

        output.WriteLine($"{packs} of {Runs} were still packs");
        Assert.InRange(packs, Runs / 10, Runs * 9 / 10);
    }

    /// <summary>Whether the text is a pack; fails where the answer makes no sense.</summary>
    private static bool Holds(PackFolder folder, string text)
    {
        try
        {
            PackReader.Read(folder.Write(text).Path);
        }
        catch (BrokenPack broken)
        {
            var lines = text.Count(c => c == '\n') + 1;
            Assert.NotEmpty(broken.Problems);
            Assert.All(broken.Problems, problem => Assert.InRange(problem.Line, 1, lines));
            Assert.All(broken.Problems, problem => Assert.DoesNotContain(problem.Text, char.IsControl));
            return false;
        }

        // What is read as a pack is also YAML in the eyes of the library's own parser.
        var parser = new Parser(new StringReader(text));
        while (parser.MoveNext())
        {
        }

        return true;
    }

    private static string Mutated(string text, Random random)
    {
        var changed = new StringBuilder(text);
        var at = random.Next(text.Length);
        var letter = Letters[random.Next(Letters.Length)];
        switch (random.Next(6))
        {
            case 0:
                changed[at] = letter;
                break;
            case 1:
                changed.Insert(at, letter);
                break;
            case 2:
                changed.Remove(at, 1);
                break;
            case 3:
                changed.Remove(at, Math.Min(random.Next(1, 60), text.Length - at));
                break;
            default:
                return MutatedLines(text, random);
        }

        return changed.ToString();
    }

    private static string MutatedLines(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        var from = random.Next(lines.Count);
        var to = random.Next(lines.Count);
        switch (random.Next(4))
        {
            case 0:
                lines.RemoveAt(from);
                break;
            case 1:
                lines.Insert(to, lines[from]);
                break;
            case 2:
                lines[from] = " " + lines[from];
                break;
            default:
                (lines[from], lines[to]) = (lines[to], lines[from]);
                break;
        }

        return string.Join('\n', lines);
    }
}
