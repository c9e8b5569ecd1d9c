namespace CopBot.Core.Content;

/// <summary>Reads the caps of <c>points.yaml</c>.</summary>
internal sealed class CapReader(PackProblems problems, IReadOnlyList<string> sizes)
{
    private const int MaxPoints = 100_000;

    private readonly List<string> rules = [.. KindParts.Kinds.SelectMany(kind => KindParts.Of(kind, sizes).Select(part => $"{kind}.{part}"))];

    public IReadOnlyList<Cap> Read(YamlMap file)
    {
        var caps = new List<Cap>();
        foreach (var node in file.Items("caps", "a list of caps such as `- { name: daily, points: 60, period: day, says: at most 60 points a day }`"))
        {
            var cap = Read(node);
            if (cap.Name.Length > 0 && caps.Any(earlier => earlier.Name.Equals(cap.Name, StringComparison.OrdinalIgnoreCase)))
                problems.Add(node.Line, $"there are two caps named {Quote.Of(cap.Name)}; give one another name");
            caps.Add(cap);
        }

        return caps;
    }

    /// <summary>The period of a cap or limit.</summary>
    public static CapPeriod Period(YamlMap map) => map.OneOf("period", "day", "week") == "week" ? CapPeriod.Week : CapPeriod.Day;

    private Cap Read(YamlNode node)
    {
        var map = new YamlMap("this cap", node.Line, node, problems, ["name", "points", "period", "rules", "says"]);
        var capped = map.Has("rules") ? map.Words("rules", "leave it out where the cap is for all points") : [];
        foreach (var rule in capped)
            Check(rule);
        return new(map.Text("name"), map.Whole("points", 1, MaxPoints), Period(map), [.. capped.Select(rule => rule.Text)], map.Text("says"));
    }

    private void Check(YamlNode.Scalar rule)
    {
        // Which sizes there should be is not known where `sizes` itself is broken.
        if (rules.Contains(rule.Text) || (sizes.Count == 0 && rule.Text.StartsWith($"{KindParts.Share}.", StringComparison.Ordinal)))
            return;
        var kind = rule.Text.Split('.')[0];
        var known = rules.Where(name => name.StartsWith($"{kind}.", StringComparison.Ordinal)).ToList();
        problems.Add(rule.Line, $"`rules` names {Quote.Of(rule.Text)}, which is no rule; "
            + (known.Count > 0 ? $"`{kind}` has {Quote.List(known)}" : $"a rule is a kind, a dot and a part, such as `{rules[0]}`")
            + Quote.DidYouMean(rule.Text, rules));
    }
}
