using System.Reflection;
using YamlDotNet.RepresentationModel;

namespace CopBot.Platforms.Wording;

/// <summary>
/// The Spanish of what platforms are told of the app, from <c>es.yaml</c>: names by word, values of choices by value, descriptions by sentence, and what the app
/// says of itself. What a word means may differ from command to command; then “command option” says it before the word alone does. What is missing stays English.
/// </summary>
internal sealed class Spanish
{
    private static readonly Lazy<Spanish> Read = new(() => new Spanish());

    private Spanish()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("wording/es.yaml")!;
        using var reader = new StreamReader(stream);
        var yaml = new YamlStream();
        yaml.Load(reader);
        var root = (YamlMappingNode)yaml.Documents[0].RootNode;
        Names = Entries(root, "names");
        Choices = Entries(root, "choices");
        Sentences = Entries(root, "sentences");
        App = Entries(root, "app");
    }

    public static Spanish Instance => Read.Value;

    public IReadOnlyDictionary<string, string> Names { get; }

    public IReadOnlyDictionary<string, string> Choices { get; }

    public IReadOnlyDictionary<string, string> Sentences { get; }

    /// <summary>What the app says of itself where one installs it.</summary>
    public IReadOnlyDictionary<string, string> App { get; }

    /// <summary>The name of an option or a subcommand of something, or null.</summary>
    public string? Name(string of, string word) => Names.GetValueOrDefault($"{of} {word}") ?? Names.GetValueOrDefault(word);

    private static Dictionary<string, string> Entries(YamlMappingNode root, string section) =>
        ((YamlMappingNode)root.Children[new YamlScalarNode(section)]).Children.ToDictionary(entry => ((YamlScalarNode)entry.Key).Value!, entry => ((YamlScalarNode)entry.Value).Value!, StringComparer.Ordinal);
}
