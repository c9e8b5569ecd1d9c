namespace CopBot.Core.Content;

/// <summary>Reads one kind of <c>points.yaml</c>.</summary>
internal sealed class KindReader(PackProblems problems, IReadOnlyList<string> sizes, IReadOnlyList<string> formats)
{
    public static readonly IReadOnlyList<string> Keys = ["title", "says", "points", "words", "default", "times", "confirmed-by", "confirm-when", "limits"];

    private const int MaxPoints = 10_000;
    private const int MaxTimes = 1000;
    private const decimal MaxFactor = 10;

    public KindRule Read(string kind, YamlMap map)
    {
        var points = Points(kind, map);
        return new()
        {
            Kind = kind,
            Title = map.Text("title"),
            Says = map.Text("says"),
            Points = points,
            Words = Words(map, points.Keys),
            Default = Default(kind, map, points.Keys),
            Times = Times(map),
            ConfirmedBy = ConfirmedBy(map),
            ConfirmWhen = ConfirmWhen(map, points.Keys),
            Limits = Limits(map),
        };
    }

    private OrderedDictionary<string, int> Points(string kind, YamlMap map)
    {
        var parts = KindParts.Of(kind, sizes);
        var values = map.Map("points", parts.Count > 0 ? parts : null, $"`points` of `{kind}`{(kind == KindParts.Share ? ", one for each of `sizes`," : "")}");
        var points = new OrderedDictionary<string, int>();
        foreach (var part in values.Keys.Union(parts))
            points.Add(part, values.Whole(part, 0, MaxPoints));
        return points;
    }

    private Dictionary<string, string> Words(YamlMap map, IReadOnlyList<string> parts)
    {
        if (!map.Has("words"))
            return [];
        var words = map.Map("words", parts);
        return words.Keys.ToDictionary(part => part, part => words.Text(part));
    }

    private string? Default(string kind, YamlMap map, IReadOnlyList<string> parts)
    {
        // A share whose author names no size must still be worth something.
        if (!map.Has("default") && kind != KindParts.Share)
            return null;
        var part = map.Text("default", $"one of {Quote.List(parts)}");
        if (part.Length > 0 && Misses(parts, part))
            problems.Add(map.LineOf("default"), $"`default` is {Quote.Of(part)}, which `points` does not have; it has {Quote.List(parts)}{Quote.DidYouMean(part, parts)}");
        return part;
    }

    private Dictionary<string, decimal> Times(YamlMap map)
    {
        var times = new Dictionary<string, decimal>();
        if (!map.Has("times"))
            return times;
        var factors = map.Map("times", known: null);
        foreach (var format in factors.Keys)
        {
            if (Misses(formats, format))
                problems.Add(factors.LineOf(format), $"`times` names {Quote.Of(format)}, which `formats` does not have; it has {Quote.List(formats)}{Quote.DidYouMean(format, formats)}");
            times.Add(format, factors.Factor(format, MaxFactor));
        }

        return times;
    }

    private static Confirmer ConfirmedBy(YamlMap map) => (map.Has("confirmed-by") ? map.OneOf("confirmed-by", "member", "participant") : null) switch
    {
        "member" => Confirmer.Member,
        "participant" => Confirmer.Participant,
        _ => Confirmer.Nobody,
    };

    private List<string> ConfirmWhen(YamlMap map, IReadOnlyList<string> parts)
    {
        if (!map.Has("confirm-when"))
            return [];
        if (!map.Has("confirmed-by"))
            problems.Add(map.LineOf("confirm-when"), "`confirm-when` does nothing without `confirmed-by`; add `confirmed-by: member`, or take it out");
        var words = map.Words("confirm-when", "leave it out where every part waits for confirmation");
        foreach (var word in words.Where(word => Misses(parts, word.Text)))
            problems.Add(word.Line, $"`confirm-when` names {Quote.Of(word.Text)}, which `points` does not have; it has {Quote.List(parts)}{Quote.DidYouMean(word.Text, parts)}");
        return [.. words.Select(word => word.Text)];
    }

    private List<Limit> Limits(YamlMap map)
    {
        var limits = new List<Limit>();
        if (!map.Has("limits"))
            return limits;
        foreach (var node in map.Items("limits", "a list of limits such as `- { per: giver, times: 5, period: week, says: at most 5 times a week }`"))
        {
            var limit = new YamlMap("this limit", node.Line, node, problems, ["per", "times", "period", "says"]);
            limits.Add(new(limit.OneOf("per", "giver", "pair", "claim") ?? "", limit.Whole("times", 1, MaxTimes), CapReader.Period(limit), limit.Text("says")));
        }

        return limits;
    }

    // What there should be is not known where the list itself is broken; that is told already.
    private static bool Misses(IReadOnlyList<string> names, string name) => names.Count > 0 && !names.Contains(name);
}
