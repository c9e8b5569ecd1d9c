using CopBot.Core.Chat;
using FsCheck;
using FsCheck.Fluent;

namespace CopBot.Tests.Platforms;

/// <summary>Messages of all kinds of block, with what markup of any platform looks like in all their texts.</summary>
public static class MessageGens
{
    /// <summary>Those who occur in them, some with an account in a workspace.</summary>
    public static IReadOnlyList<(PersonId Id, string Name, string? Account)> People { get; } =
    [
        (new(Guid.Parse("0198c0de-0000-7000-8000-000000000001")), "ana", "U0ANA"),
        (new(Guid.Parse("0198c0de-0000-7000-8000-000000000002")), "bo <b> & co", "W0BO"),
        (new(Guid.Parse("0198c0de-0000-7000-8000-000000000003")), "cy", null),
        (new(Guid.Parse("0198c0de-0000-7000-8000-000000000004")), PlainText.Someone, "U0SECRET"),
    ];

    private static readonly string[] Vocabulary = ["runbook", "<!channel>", "*canary*", "&amp;", "`retry`", "at 1 %", "→", "résumé", "😀", "[x](y)", "@here", ":tada:", "#12", "(why)", "\"so\"", "…", "日本", "a|b", "1. one", "- two", "x_y_z", "~~no~~", "||spoiler||", "https://evil.example", "<t:0>"];

    public static (PersonId Id, string Name, string? Account) Of(PersonId id) => People.Single(person => person.Id == id);

    private static Gen<string> Words { get; } = Gen.Choose(1, 4).SelectMany(count => Gen.Elements(Vocabulary).ListOf(count)).Select(words => string.Join(' ', words));

    private static Gen<Run> Runs { get; } = Gen.OneOf(
        Words.Select(Run (text) => new Run.Words(text)),
        Words.Select(Run (text) => new Run.Words($"{text}\n  {text} ")),
        Words.Select(Run (text) => new Run.Quoted($"{text}\u200b\n{text}", null)),
        Words.Select(Run (text) => new Run.Typed(text)),
        Gen.Elements("https://example.org/r?a=1&b=2", "http://example.org", "https://example.org/a|b", "ftp://example.org").Select(Run (url) => new Run.Address(url, null)),
        from person in Gen.Elements(People.AsEnumerable())
        from ping in Gen.Elements(true, false)
        select (Run)new Run.Mention(person.Id, ping));

    private static Gen<RichText> Texts { get; } = Gen.Choose(0, 5).SelectMany(count => Runs.ListOf(count)).Select(runs => new RichText([.. runs]));

    private static Gen<Button> Buttons { get; } =
        from label in Words
        from line in Words
        from destructive in Gen.Elements(true, false)
        select new Button(label, line, destructive);

    private static Gen<RankedRow> Rows { get; } =
        from rank in Gen.Choose(1, 120)
        from who in Texts
        from points in Gen.Choose(-5, 5000)
        from remark in Gen.OneOf(Texts, Gen.Constant<RichText>(null!))
        from own in Gen.Elements(true, false)
        select new RankedRow(rank, who, points, remark, own);

    private static Gen<Field> Fields { get; } =
        from name in Gen.Elements("title", "size", "to")
        from label in Words
        from kind in Gen.Elements(Enum.GetValues<ParameterKind>())
        from required in Gen.Elements(true, false)
        from choices in Many(Words, 3)
        from value in Gen.OneOf(Words, Gen.Constant<string>(null!))
        select new Field(name, label, kind, required, choices, value);

    private static Gen<TrendPoint> Points { get; } =
        from label in Words
        from value in Gen.Choose(-300, 900)
        select new TrendPoint(label, value / 4m);

    private static Gen<Block> Blocks { get; } = Gen.OneOf(
        Texts.Select(Block (text) => new Paragraph(text)),
        Texts.Select(Block (text) => new Note(text)),
        Many(from name in Words from value in Texts select new Fact(name, value), 4).Select(Block (facts) => new Facts(facts)),
        from rows in Many(Rows, 4) from more in Gen.Elements(0, 0, 14) select (Block)new Ranking(rows, more),
        from label in Texts from value in Gen.Choose(-10, 300) from target in Gen.Elements(0, 40, 250) from unit in Words select (Block)new Progress(label, value / 2m, target, unit),
        from label in Texts from points in Many(Points, 6) select (Block)new Trend(label, points),
        Many(Buttons, 5).Select(Block (buttons) => new Buttons(buttons)),
        from label in Words from options in Many(Buttons, 6) select (Block)new Choice(label, options),
        Many(Fields, 4).Select(Block (fields) => new Form("share", fields)),
        from first in Words from second in Words select (Block)new Document("notes.txt", "text/plain", $"{first}\n  {second}\n"));

    public static Gen<Message> Messages { get; } =
        from summary in Texts
        from blocks in Many(Blocks, 5)
        where PlainText.Of(new Message(summary, new Card(blocks)), person => Of(person).Name).Length > 0
        select new Message(summary, blocks.Count == 0 ? null : new Card(blocks));

    private static Gen<List<T>> Many<T>(Gen<T> one, int most) => Gen.Choose(0, most).SelectMany(count => one.ListOf(count)).Select(items => items.ToList());
}
