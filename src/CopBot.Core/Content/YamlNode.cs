namespace CopBot.Core.Content;

/// <summary>A value in a YAML file and the line it stands on, from 1.</summary>
internal abstract record YamlNode(int Line)
{
    /// <summary>A value without parts. Without quotes YAML may read it as a number, as true or false, or as nothing.</summary>
    public sealed record Scalar(int Line, string Text, bool Quoted) : YamlNode(Line);

    public sealed record Sequence(int Line, IReadOnlyList<YamlNode> Items) : YamlNode(Line);

    /// <summary>The entries as written, repeated keys included.</summary>
    public sealed record Mapping(int Line, IReadOnlyList<Entry> Entries) : YamlNode(Line);

    public sealed record Entry(Scalar Key, YamlNode Value);
}
