using System.Globalization;

namespace CopBot.Core.Content;

/// <summary>
/// A group of <c>key: value</c> in a pack, taken apart key by key. Whatever does not fit becomes a problem and a harmless
/// value in its place, so that the reading goes on and finds the rest; a pack with a problem is never played.
/// </summary>
internal sealed class YamlMap
{
    private readonly string title;
    private readonly int line;
    private readonly PackProblems problems;
    private readonly bool isMap;
    private readonly OrderedDictionary<string, YamlNode.Entry> entries = [];

    /// <param name="title">How a problem calls this group.</param>
    /// <param name="line">Where the group is named; its first key may stand lower.</param>
    /// <param name="node">What stands there; null where the lack of it is already told.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <param name="known">The keys it may have, or null where the author names them.</param>
    public YamlMap(string title, int line, YamlNode? node, PackProblems problems, IReadOnlyList<string>? known)
    {
        this.title = title;
        this.line = line;
        this.problems = problems;
        if (node is YamlNode.Mapping mapping)
        {
            isMap = true;
            Enter(mapping);
            if (known is not null)
                SettleUnknown(known);
        }
        else if (node is not null)
        {
            problems.Add(line, $"{title} is {Quote.Of(node)}; it must be a group of keys{(known is null ? "" : $": {Quote.List(known)}")}");
        }
    }

    public IReadOnlyList<string> Keys => entries.Keys;

    public bool Has(string key) => entries.ContainsKey(key);

    public int LineOf(string key) => entries.TryGetValue(key, out var entry) ? entry.Key.Line : line;

    public int Whole(string key, int least, int most)
    {
        var range = most == int.MaxValue ? $"{least} or more" : $"{least} to {most}";
        if (Find(key, $"a whole number, {range}") is not { } node)
            return least;
        if (Number(node, NumberStyles.AllowLeadingSign) is not { } number)
            problems.Add(node.Line, $"`{key}` is {Quote.Of(node)}; it must be a whole number, {range}");
        else if (number < least || number > most)
            problems.Add(node.Line, $"`{key}` is {number.ToString(CultureInfo.InvariantCulture)}; it must be {range}");
        else
            return (int)number;
        return least;
    }

    /// <summary>A number above 0 with or without decimals.</summary>
    public decimal Factor(string key, decimal most)
    {
        if (Find(key, "a number such as 1.5") is not { } node)
            return 1;
        if (Number(node, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint) is not { } number)
            problems.Add(node.Line, $"`{key}` is {Quote.Of(node)}; it must be a number such as 1.5");
        else if (number <= 0 || number > most)
            problems.Add(node.Line, $"`{key}` is {number.ToString(CultureInfo.InvariantCulture)}; it must be above 0 and at most {most.ToString(CultureInfo.InvariantCulture)}");
        else
            return number;
        return 1;
    }

    /// <summary>Any number, with or without decimals.</summary>
    public decimal Number(string key)
    {
        if (Find(key, "a number such as 10") is not { } node)
            return 0;
        if (Number(node, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint) is { } number)
            return number;
        problems.Add(node.Line, $"`{key}` is {Quote.Of(node)}; it must be a number such as 10");
        return 0;
    }

    public string Text(string key, string? wanted = null) =>
        Find(key, wanted ?? $"a text of 1 to {PackText.MaxLength} characters") is { } node ? PackText.Read(node, $"`{key}`", problems) : "";

    /// <summary>One of a few words; null where it is none of them.</summary>
    public string? OneOf(string key, params IReadOnlyList<string> words)
    {
        if (Find(key, $"one of {Quote.List(words)}") is not { } node)
            return null;
        if (node is not YamlNode.Scalar scalar)
            problems.Add(node.Line, $"`{key}` is {Quote.Of(node)}; it must be one of {Quote.List(words)}");
        else if (words.Contains(scalar.Text))
            return scalar.Text;
        else
            problems.Add(node.Line, $"`{key}` is {Quote.Of(node)}; it must be one of {Quote.List(words)}{Quote.DidYouMean(scalar.Text, words)}");
        return null;
    }

    /// <summary>The group under a key, which must be there.</summary>
    public YamlMap Map(string key, IReadOnlyList<string>? known, string? title = null, string? wanted = null) =>
        new(title ?? $"`{key}`", LineOf(key), Find(key, wanted ?? $"a group of keys{(known is null ? "" : $": {Quote.List(known)}")}"), problems, known);

    /// <summary>The entries of the list under a key, which must be there.</summary>
    public IReadOnlyList<YamlNode> Items(string key, string wanted)
    {
        var node = Find(key, wanted);
        if (node is YamlNode.Sequence sequence)
            return sequence.Items;
        if (node is not null)
            problems.Add(node.Line, $"`{key}` is {Quote.Of(node)}; it must be {wanted}");
        return [];
    }

    /// <summary>The different words of the list under a key, each with its line.</summary>
    public IReadOnlyList<YamlNode.Scalar> Words(string key, string ifEmpty)
    {
        var before = problems.Count;
        var words = new List<YamlNode.Scalar>();
        foreach (var item in Items(key, "a list such as `[one, two]`"))
        {
            var word = PackText.Read(item, $"an entry of `{key}`", problems);
            if (word.Length == 0)
                continue;
            if (words.Any(earlier => earlier.Text == word))
                problems.Add(item.Line, $"{Quote.Of(word)} stands twice in `{key}`; take one out");
            else
                words.Add(new(item.Line, word, Quoted: true));
        }

        if (words.Count == 0 && problems.Count == before && Has(key))
            problems.Add(LineOf(key), $"`{key}` is empty; {ifEmpty}");
        return words;
    }

    private static decimal? Number(YamlNode node, NumberStyles styles) =>
        node is YamlNode.Scalar { Quoted: false } scalar && decimal.TryParse(scalar.Text, styles, CultureInfo.InvariantCulture, out var number) ? number : null;

    private YamlNode? Find(string key, string wanted)
    {
        if (entries.TryGetValue(key, out var entry))
            return entry.Value;
        if (isMap)
            problems.Add(line, $"{title} lacks `{key}`; it is {wanted}");
        return null;
    }

    private void Enter(YamlNode.Mapping mapping)
    {
        foreach (var entry in mapping.Entries)
        {
            var key = entry.Key;
            if (!entries.TryAdd(key.Text, entry))
                problems.Add(key.Line, $"{Quote.Of(key.Text)} stands twice in {title}, first on line {entries[key.Text].Key.Line}; keep one of them");
        }
    }

    private void SettleUnknown(IReadOnlyList<string> known)
    {
        foreach (var entry in entries.Values.Where(entry => !known.Contains(entry.Key.Text)).ToList())
        {
            var key = entry.Key;
            var near = Quote.Nearest(key.Text, known);
            problems.Add(key.Line, near is null
                ? $"{Quote.Of(key.Text)} is not known here; {title} has {Quote.List(known)}"
                : $"{Quote.Of(key.Text)} is not known here; did you mean `{near}`?");

            // What is under a mistyped key is read as if it were typed right: one mistake, one problem, and its own mistakes too.
            entries.Remove(key.Text);
            if (near is not null)
                entries.TryAdd(near, entry);
        }
    }
}
