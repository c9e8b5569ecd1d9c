namespace CopBot.Core.Content;

/// <summary>Reads <c>okrs.yaml</c>.</summary>
/// <param name="wrongIn">What is wrong in a measure, whose language is the features'; null where nothing is.</param>
internal sealed class OkrsReader(PackProblems problems, Func<string, string?>? wrongIn)
{
    private const int MostKeyResults = 10;

    public OrderedDictionary<string, OkrTemplate> Read(YamlNode document)
    {
        var map = new YamlMap("the file", 1, document, problems, ["okrs"]).Map("okrs", known: null);
        var templates = new OrderedDictionary<string, OkrTemplate>();
        foreach (var name in map.Keys)
        {
            PackText.CheckName(name, map.LineOf(name), problems);
            var one = map.Map(name, ["objective", "key-results"]);
            templates.Add(name, new OkrTemplate(name, one.Text("objective"), KeyResultsOf(one)));
        }

        return templates;
    }

    private List<KeyResultTemplate> KeyResultsOf(YamlMap objective)
    {
        var items = objective.Items("key-results", "a list of key results");
        if (items.Count > MostKeyResults)
            problems.Add(objective.LineOf("key-results"), $"`key-results` has {items.Count} entries; an objective has at most {MostKeyResults}");
        return [.. items.Select(item => KeyResultOf(item))];
    }

    private KeyResultTemplate KeyResultOf(YamlNode item)
    {
        var map = new YamlMap("a key result", item.Line, item, problems, ["title", "baseline", "target", "unit", "measure"]);
        var one = new KeyResultTemplate(map.Text("title"), map.Number("baseline"), map.Number("target"), map.Text("unit"), map.Has("measure") ? map.Text("measure") : null);
        if (one.Baseline == one.Target && map.Has("target"))
            problems.Add(map.LineOf("target"), "`target` is the same as `baseline`; there would be no way to go");
        if (one.Measure is { Length: > 0 } measure && wrongIn?.Invoke(measure) is { } wrong)
            problems.Add(map.LineOf("measure"), $"`measure` {wrong}");
        return one;
    }
}
