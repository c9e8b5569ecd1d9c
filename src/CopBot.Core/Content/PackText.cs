using System.Globalization;

namespace CopBot.Core.Content;

/// <summary>What the texts and names of a pack may be.</summary>
internal static class PackText
{
    public const int MaxLength = 300;
    public const int MaxName = 40;

    /// <summary>The text of a value without outer spaces; empty where there is a problem.</summary>
    public static string Read(YamlNode node, string what, PackProblems problems)
    {
        var text = node is YamlNode.Scalar scalar ? scalar.Text.Trim() : "";
        var problem = node switch
        {
            not YamlNode.Scalar => $"{what} is {Quote.Of(node)}; it must be a text",
            _ when text.Length == 0 => $"{what} is empty; write 1 to {MaxLength} characters",
            YamlNode.Scalar { Quoted: false } when MeansSomethingElse(text) => $"{what} is {Quote.Of(text)}, which YAML does not take for text; put it in quotes",
            _ when text.Length > MaxLength => $"{what} has {text.Length} characters; it may have {MaxLength}",
            _ when HiddenCharacters.First(text) is { } hidden => $"{what} contains {hidden}; take it out",
            _ => null,
        };
        if (problem is null)
            return text;
        problems.Add(node.Line, problem);
        return "";
    }

    /// <summary>Notes where a name could not be typed in a command or be part of a rule such as <c>share.small</c>.</summary>
    public static void CheckName(string name, int line, PackProblems problems)
    {
        if (name.Length > MaxName)
            problems.Add(line, $"{Quote.Of(name)} has {name.Length} characters; a name may have {MaxName}");
        else if (name.Length == 0 || !IsLetter(name[0]) || !name.All(c => IsLetter(c) || char.IsAsciiDigit(c) || c == '-'))
            problems.Add(line, $"{Quote.Of(name)} cannot be a name here; use lower-case letters, digits and hyphens, such as `live-demo`");
    }

    private static bool IsLetter(char c) => char.IsLetter(c) && !char.IsUpper(c);

    private static bool MeansSomethingElse(string text) =>
        text is "~" or "null" or "Null" or "NULL" or "true" or "True" or "TRUE" or "false" or "False" or "FALSE"
        || ((char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.') && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
}
