using CopBot.Core.Chat;

namespace CopBot.Core.Content;

/// <summary>How a problem repeats what a pack says.</summary>
internal static class Quote
{
    private const int MaxLength = 60;
    private const int MaxNames = 30;

    /// <summary>The text between backticks, shortened.</summary>
    public static string Of(string text)
    {
        if (text.Length > MaxLength)
            text = text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)] + "…";
        return $"`{text}`";
    }

    public static string Of(YamlNode node) => node switch
    {
        YamlNode.Sequence => "a list",
        YamlNode.Mapping => "a group of keys",
        YamlNode.Scalar { Text: "" } => "empty",
        YamlNode.Scalar { Quoted: true } scalar => $"{Of(scalar.Text)} in quotes",
        YamlNode.Scalar scalar => Of(scalar.Text),
        _ => throw new InvalidOperationException($"no words for {node.GetType().Name}"),
    };

    /// <summary>The first few of a list that may be long.</summary>
    public static string List(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(MaxNames)) + (names.Count > MaxNames ? ", …" : "");

    /// <summary>The name that was probably meant, or null.</summary>
    public static string? Nearest(string given, IEnumerable<string> names) =>
        given.Length > MaxLength ? null : names
            .Select(name => (Name: name, Score: Similarity.Of(name, given)))
            .Where(near => near.Score >= 60)
            .OrderByDescending(near => near.Score)
            .FirstOrDefault().Name;

    public static string DidYouMean(string given, IEnumerable<string> names) => Nearest(given, names) is { } near ? $"; did you mean `{near}`?" : "";
}
