using System.Globalization;
using CopBot.Core.Chat;
using NodaTime.Text;

namespace CopBot.Core.Features.Okrs.Measures;

/// <summary>
/// Reads the closed language of measures:
/// <c>count [people|squads|topics of] KINDS</c> or <c>sum minutes|saved of KINDS</c>, then <c>where CONDITION and …</c>, then
/// <c>last 4 weeks</c> or <c>since 2026-01-01</c>. Whatever it does not know is a <see cref="MeasureMistake"/> that names the word.
/// </summary>
public sealed class MeasureReader
{
    /// <summary>The longest measure, in characters.</summary>
    public const int Longest = 300;

    private const int MostAgo = 1000;
    private const int MostWords = 25;
    private static readonly string[] KindWords = ["share", "experiment", "mob", "win", "failure", "outcome", "kudos", "used"];
    private static readonly string[] Numbers = ["squads", "people", "minutes"];
    private static readonly string[] Words = ["topic", "format", "size", "result", "category", "unit", "squad"];
    private static readonly string[] Results = ["proven", "disproved", "inconclusive"];
    private static readonly string[] Flags = ["confirmed", "finished"];
    private static readonly string[] Units = ["day", "week", "month", "quarter"];
    private static readonly Dictionary<string, Comparison> Signs = new()
    {
        ["="] = Comparison.Equal,
        ["=="] = Comparison.Equal,
        ["!="] = Comparison.Other,
        ["<>"] = Comparison.Other,
        ["≠"] = Comparison.Other,
        ["<"] = Comparison.Less,
        ["<="] = Comparison.AtMost,
        ["≤"] = Comparison.AtMost,
        [">"] = Comparison.More,
        [">="] = Comparison.AtLeast,
        ["≥"] = Comparison.AtLeast,
    };

    private readonly List<MeasureToken> tokens;
    private readonly string source;
    private int next;

    private MeasureReader(string text)
    {
        source = text;
        tokens = MeasureTokens.Of(text);
    }

    private MeasureToken Here => tokens[next];

    /// <summary>The measure that a text means; <see cref="MeasureMistake"/> where it means none.</summary>
    public static Measure Read(string text) =>
        text.Length <= Longest ? new MeasureReader(text).Measure() : throw new MeasureMistake(text[..20], 0, $"a measure has at most {Longest} characters");

    /// <summary>What a pack's author is told of a measure that cannot be read; null where it can.</summary>
    public static string? WrongIn(string text)
    {
        try
        {
            Read(text);
            return null;
        }
        catch (MeasureMistake mistake)
        {
            return mistake.Word.Length == 0 ? $"ends too early: {mistake.Message}" : $"has `{mistake.Word}` at character {mistake.At + 1}: {mistake.Message}";
        }
    }

    private Measure Measure()
    {
        var counted = CountedHere();
        var kinds = Kinds();
        var conditions = new List<Condition>();
        if (Take("where"))
        {
            do
                conditions.Add(Condition());
            while (Take("and"));
        }

        var window = Window();
        if (!Here.IsEnd)
            throw Wrong(conditions.Count == 0 ? "after the kinds come where, last or since" : "after a condition come and, last or since", conditions.Count == 0 ? ["where", "last", "since"] : ["and", "last", "since"]);
        return counted == Counted.Saved && (kinds is not ["outcome"] || !conditions.Any(condition => condition is Condition.Word { Name: "unit", Is: true, Words.Count: 1 }))
            ? throw new MeasureMistake("saved", tokens.First(token => token.Is("saved")).At, "it adds up outcomes of one unit: sum saved of outcome where unit = hours")
            : new Measure(counted, kinds, conditions, window);
    }

    private Counted CountedHere()
    {
        if (Take("count"))
        {
            var counted = Here.Is("people") ? Counted.People : Here.Is("squads") ? Counted.Squads : Here.Is("topics") ? Counted.Topics : Counted.Contributions;
            if (counted != Counted.Contributions)
            {
                next++;
                Expect("of", "people, squads and topics are counted of something: count people of mob");
            }

            return counted;
        }

        if (!Take("sum"))
            throw Wrong("a measure begins with count or sum, such as count mob where squads >= 2", ["count", "sum"]);
        var summed = Here.Is("minutes") ? Counted.Minutes : Here.Is("saved") ? Counted.Saved : throw Wrong("minutes or saved can be summed: sum minutes of mob", ["minutes", "saved"]);
        next++;
        Expect("of", "what is summed is of something: sum minutes of mob");
        return summed;
    }

    private IReadOnlyList<string> Kinds()
    {
        if (Take("anything") || Take("contributions") || Take("contribution"))
            return [];
        var kinds = new List<string>();
        do
        {
            kinds.Add(KindWords.FirstOrDefault(IsKind) ?? throw Wrong($"a kind is one of {string.Join(", ", KindWords)} or anything", KindWords));
            next++;
        }
        while (Take("or") || Take(","));
        return [.. kinds.Distinct()];
    }

    private bool IsKind(string kind) => Here.Is(kind) || Here.Is(kind + "s");

    private Condition Condition()
    {
        if (Take("confirmed"))
            return new Condition.Confirmed();
        if (Take("finished"))
            return new Condition.Finished();
        var name = Numbers.Concat(Words).FirstOrDefault(word => Here.Is(word))
            ?? throw Wrong($"a condition is about {string.Join(", ", Numbers)}, {string.Join(", ", Words)}, or it is confirmed or finished", [.. Numbers, .. Words, .. Flags]);
        next++;
        return Numbers.Contains(name) ? NumberCondition(name) : WordCondition(name);
    }

    private Condition.Number NumberCondition(string name)
    {
        if (Here.Quoted || !Signs.TryGetValue(Here.Text, out var comparison))
            throw Wrong($"{name} is compared: {name} >= 2", []);
        next++;
        if (Here.Quoted || !decimal.TryParse(Here.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || value > 1_000_000)
            throw Wrong($"{name} is compared with a number from 0 on: {name} >= 2", []);
        next++;
        return new(name, comparison, value);
    }

    private Condition.Word WordCondition(string name)
    {
        if (Take("in"))
        {
            Expect("(", $"the words stand in brackets: {name} in (one, two)");
            var words = new List<string>();
            do
                words.Add(Value(name));
            while (words.Count < MostWords && Take(","));
            Expect(")", words.Count < MostWords ? "a comma or the closing bracket comes here" : $"at most {MostWords} words can be named");
            return new(name, true, words);
        }

        if (Here.Quoted || !Signs.TryGetValue(Here.Text, out var comparison) || comparison is not (Comparison.Equal or Comparison.Other))
            throw Wrong($"{name} is or is not something: {name} = word, {name} != word or {name} in (one, two)", []);
        next++;
        return new(name, comparison == Comparison.Equal, [Value(name)]);
    }

    private string Value(string name)
    {
        var token = Here;
        if (token.Text.Length == 0 || (!token.Quoted && (token.Text is "(" or ")" or "," || Signs.ContainsKey(token.Text) || token.Text.Any(c => c is '=' or '<' or '>' or '!'))))
            throw Wrong($"a word for {name} comes here, in quotation marks where it has spaces", []);
        if (name == "result" && !Results.Contains(token.Text, StringComparer.OrdinalIgnoreCase))
            throw Wrong($"a result is one of {string.Join(", ", Results)}", Results);
        next++;
        return token.Text;
    }

    private Window? Window()
    {
        if (Take("since"))
        {
            var date = LocalDatePattern.Iso.Parse(Here.Text);
            if (!date.Success)
                throw Wrong("a day comes here, such as 2026-01-01", []);
            next++;
            return new(0, "", date.Value);
        }

        if (!Take("last"))
            return null;
        var count = 1;
        if (Here.Text.Length > 0 && char.IsAsciiDigit(Here.Text[0]))
        {
            if (!int.TryParse(Here.Text, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > MostAgo)
                throw Wrong($"a whole number from 1 to {MostAgo} comes here: last 4 weeks", []);
            next++;
        }

        var unit = Units.FirstOrDefault(unit => Here.Is(unit) || Here.Is(unit + "s")) ?? throw Wrong("days, weeks, months or quarters come here: last 4 weeks", Units);
        next++;
        return new(count, unit, null);
    }

    private bool Take(string word)
    {
        if (!Here.Is(word))
            return false;
        next++;
        return true;
    }

    private void Expect(string word, string problem)
    {
        if (!Take(word))
            throw Wrong(problem, [word]);
    }

    // The word at hand is not known; where it is nearly one that could stand here, that one is named.
    private MeasureMistake Wrong(string problem, IReadOnlyList<string> known)
    {
        var near = Here.IsEnd ? null : known.MaxBy(word => Similarity.Of(word, Here.Text));
        var typed = Here.Text.Length == 0 && Here.Quoted ? source[Here.At..tokens[next + 1].At].TrimEnd() : Here.Text;
        return new(typed, Here.At, near is not null && !Here.Is(near) && Similarity.Of(near, Here.Text) >= 60 ? $"{problem} (did you mean {near}?)" : problem);
    }
}
