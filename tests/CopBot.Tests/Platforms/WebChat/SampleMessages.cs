using CopBot.Core.Chat;

namespace CopBot.Tests.Platforms.WebChat;

/// <summary>A message for each kind of block, with a text in every place that takes one.</summary>
public static class SampleMessages
{
    public static PersonId Ana { get; } = new(Guid.Parse("0198c0de-0000-7000-8000-000000000001"));

    /// <summary>Somebody whose name is an attack.</summary>
    public static PersonId Eve { get; } = new(Guid.Parse("0198c0de-0000-7000-8000-000000000002"));

    /// <summary>What must stay text wherever it stands.</summary>
    public const string Hostile = "</p><script>alert(1)</script><img src=x onerror=alert(1)> \"' onclick=alert(1) @everyone <!channel> [x](javascript:alert(1)) &lt;b&gt; {{7*7}}";

    public static IReadOnlyDictionary<string, Func<string, Block>> Kinds { get; } = new Dictionary<string, Func<string, Block>>
    {
        ["paragraph"] = text => new Paragraph($"A word from {Ana:name}: “{new UserText(text)}”, see {new Link(new Uri("https://example.org/r?a=1&b=2"))} and type {text:code}. {Eve}"),
        ["facts"] = text => new Facts([new("Topic", RichText.Of($"{text}")), new(text, RichText.Of($"{3} of {4}"))]),
        ["ranking"] = text => new Ranking([new(1, RichText.Of($"{Ana:name}"), 23), new(2, RichText.Of($"{text}"), 15, RichText.Of($"{text}")), new(2, RichText.Of($"{Eve:name}"), 15, Own: true)], More: 14),
        ["progress"] = text => new Progress(RichText.Of($"{text}"), 7.5m, 10, text),
        ["trend"] = text => new Trend(RichText.Of($"{text}"), [new("week 1", 4), new(text, 9.25m), new("week 3", 0)]),
        ["note"] = text => new Note($"{text}"),
        ["buttons"] = text => new Buttons([new("Confirm", "confirm 2"), new(text, $"share {text}"), new("Erase", "forget me yes=yes", Destructive: true)]),
        ["choice"] = text => new Choice(text, [new("The week", "board week"), new(text, text)]),
        ["form"] = text => new Form("share",
        [
            new("title", "What you shared", ParameterKind.Text, true, [], text, 300),
            new("learned", text, ParameterKind.Text, false, [], text, 2000),
            new("size", "How big", ParameterKind.Choice, true, ["small", "medium"], "Medium"),
            new("format", "Which form", ParameterKind.Choice, false, ["talk", text]),
            new("result", "How it ended", ParameterKind.Choice, true, ["proven", "disproved"]),
            new("minutes", "How long", ParameterKind.Number, false, [], "90"),
            new("due", "Until when", ParameterKind.Date, false, [], "2026-03-31"),
            new("link", "Where", ParameterKind.Link, false, [], text),
            new("to", "Whom", ParameterKind.Person, true, [], text),
            new("with", "With whom", ParameterKind.People, false, [], "@ana,@bo"),
            new("yes", "Are you sure?", ParameterKind.Flag, true, []),
            new("last", "The one before", ParameterKind.Flag, false, [], "yes"),
        ]),
        ["document"] = text => new Document("my data.json", "application/json", $"{{\n  \"title\": \"{text}\"\n}}"),
    };

    /// <summary>The names that a reader may see.</summary>
    public static string NameOf(PersonId person) => person == Ana ? "ana" : Hostile;
}
