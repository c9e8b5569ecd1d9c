namespace CopBot.Core.Content;

/// <summary>Reads <c>points.yaml</c>.</summary>
internal sealed class PointsReader(PackProblems problems)
{
    private const int MaxDays = 365;
    private const int MaxHours = 720;
    private const int MaxPoints = 1_000_000;

    /// <summary>The longest name that a group has on every chat.</summary>
    private const int MaxTitle = 40;

    /// <summary>The longest menu that every chat can show.</summary>
    private const int MaxChoices = 25;

    public PointsPolicy Read(YamlNode document)
    {
        var file = new YamlMap("the file", 1, document, problems,
            ["version", "waiting", "undo-hours", "similar-titles", "same-squad-days", "sizes", "formats", "outcomes", "thanks", "titles", "kinds", "caps"]);
        var (expires, reminder) = Waiting(file.Map("waiting", ["expires-after-days", "reminder-before-days"]));
        var similar = file.Map("similar-titles", ["percent", "days"]);
        var sizes = Sizes(file);
        var formats = Choices(file, "formats");
        return new()
        {
            Version = file.Whole("version", 1, int.MaxValue),
            ExpiresAfterDays = expires,
            ReminderBeforeDays = reminder,
            UndoHours = file.Whole("undo-hours", 1, MaxHours),
            SimilarPercent = similar.Whole("percent", 0, 100),
            SimilarDays = similar.Whole("days", 1, MaxDays),
            SameSquadDays = file.Whole("same-squad-days", 1, MaxDays),
            Sizes = sizes,
            Formats = formats,
            Outcomes = Choices(file, "outcomes"),
            Thanks = file.Has("thanks") ? Choices(file, "thanks") : [],
            Titles = file.Has("titles") ? Titles(file) : [],
            Kinds = Kinds(file, sizes.Keys, formats),
            Caps = new CapReader(problems, sizes.Keys).Read(file),
        };
    }

    private (int Expires, int Reminder) Waiting(YamlMap waiting)
    {
        var before = problems.Count;
        var expires = waiting.Whole("expires-after-days", 1, MaxDays);
        var reminder = waiting.Whole("reminder-before-days", 1, MaxDays);
        if (problems.Count == before && reminder > expires)
            problems.Add(waiting.LineOf("reminder-before-days"), $"`reminder-before-days` is {reminder}, but a claim expires after {expires}; it must be 1 to {expires}");
        return (expires, reminder);
    }

    private OrderedDictionary<string, string> Sizes(YamlMap file)
    {
        var map = file.Map("sizes", known: null);
        var sizes = new OrderedDictionary<string, string>();
        foreach (var size in map.Keys)
        {
            PackText.CheckName(size, map.LineOf(size), problems);
            sizes.Add(size, map.Text(size));
        }

        CheckCount(file, "sizes", sizes.Count);
        return sizes;
    }

    private IReadOnlyList<string> Choices(YamlMap file, string key)
    {
        var words = file.Words(key, "name at least one");
        foreach (var word in words)
            PackText.CheckName(word.Text, word.Line, problems);
        CheckCount(file, key, words.Count);
        return [.. words.Select(word => word.Text)];
    }

    private List<SeasonTitle> Titles(YamlMap file)
    {
        var map = file.Map("titles", known: null);
        var titles = new List<SeasonTitle>();
        foreach (var name in map.Keys)
        {
            if (name.Length > MaxTitle)
                problems.Add(map.LineOf(name), $"{Quote.Of(name)} has {name.Length} characters; a title may have {MaxTitle}");
            var title = new SeasonTitle(name, map.Whole(name, 1, MaxPoints));
            if (titles.LastOrDefault() is { } before && before.From >= title.From)
                problems.Add(map.LineOf(name), $"{Quote.Of(name)} begins with {title.From} points, but {Quote.Of(before.Name)} before it with {before.From}; each title needs more points than the one before");
            titles.Add(title);
        }

        CheckCount(file, "titles", titles.Count);
        return titles;
    }

    private void CheckCount(YamlMap file, string key, int count)
    {
        if (count > MaxChoices)
            problems.Add(file.LineOf(key), $"`{key}` has {count} entries; it may have {MaxChoices}, which is what a menu in a chat can show");
    }

    private OrderedDictionary<string, KindRule> Kinds(YamlMap file, IReadOnlyList<string> sizes, IReadOnlyList<string> formats)
    {
        var map = file.Map("kinds", KindParts.Kinds);
        var reader = new KindReader(problems, sizes, formats);
        var kinds = new OrderedDictionary<string, KindRule>();
        foreach (var kind in map.Keys.Union(KindParts.Kinds))
            kinds.Add(kind, reader.Read(kind, map.Map(kind, KindReader.Keys, $"kind `{kind}`", "needed even where it should earn nothing; give it points of 0")));
        return kinds;
    }
}
