using CopBot.Core.Chat;

namespace CopBot.Core.Features.Canvas;

/// <summary>What became of a text, word by word: what is gone stands in <c>[-…-]</c>, what is new in <c>{+…+}</c>, the rest as it is.</summary>
internal static class WordDiff
{
    public static RichText Of(UserText before, UserText after)
    {
        var (old, now) = (Words(before.Value), Words(after.Value));
        var common = Common(old, now);
        var pieces = new List<(char Kind, string Word)>();
        for (int i = 0, j = 0; i < old.Length || j < now.Length;)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j])
                (pieces, i, j) = (With(pieces, ' ', now[j]), i + 1, j + 1);
            else if (i < old.Length && (j == now.Length || common[i + 1, j] >= common[i, j + 1]))
                pieces = With(pieces, '-', old[i++]);
            else
                pieces = With(pieces, '+', now[j++]);
        }

        return RichText.Join(" ", pieces.Select(piece => piece.Kind switch
        {
            '-' => RichText.Of($"[-{before with { Value = piece.Word }}-]"),
            '+' => RichText.Of($"{{+{after with { Value = piece.Word }}+}}"),
            _ => RichText.Of($"{after with { Value = piece.Word }}"),
        }));
    }

    // Neighbours of one kind are one piece.
    private static List<(char Kind, string Word)> With(List<(char Kind, string Word)> pieces, char kind, string word)
    {
        if (pieces is [.., var last] && last.Kind == kind)
            pieces[^1] = (kind, last.Word + " " + word);
        else
            pieces.Add((kind, word));
        return pieces;
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    // The length of the longest common row of words from each place on.
    private static int[,] Common(string[] old, string[] now)
    {
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        return common;
    }
}
