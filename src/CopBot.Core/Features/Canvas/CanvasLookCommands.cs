using System.ComponentModel;
using System.Globalization;
using System.Text;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.People;
using NodaTime;

namespace CopBot.Core.Features.Canvas;

public sealed class CanvasLookCommands(Pack pack, CanvasBook book, Drift drift, Naming naming) : ICommands
{
    private const int MostVersions = 10;

    [Command("canvas show", "See the community canvas: what we are, and where we drift from it", ReadsOnly = true, Example = "canvas show values")]
    public async Task<Reply> ShowAsync(Caller caller, [Description("Only one of the nine questions"), OneOfPack("questions")] string? question = null, CancellationToken ct = default)
    {
        var notes = (await drift.NotesAsync(caller.Today, ct) ?? []).Where(note => question is null || note.Question == question).Select(note => new Note(RichText.Of($"Drift: {note.Says}.")));
        if (question is null)
        {
            var facts = new List<Fact>();
            foreach (var answer in await book.StandingAsync(ct))
            {
                var remarks = new List<RichText>();
                if (answer is { Version: 0, Text: not null })
                    remarks.Add("draft");
                if (await book.StarsAsync(answer.Question.Name, answer.Version, ct) is { } stars)
                    remarks.Add(CanvasCommands.Stars(stars.Mean, stars.Count));
                facts.Add(new(answer.Question.Heading, remarks.Count == 0 ? answer.Said : RichText.Of($"{answer.Said} ({RichText.Join("; ", remarks)})")));
            }

            return new Message($"The community canvas. {"canvas show values":code} shows one answer, {"canvas set":code} by the core team changes it.", Card.Of([new Facts(facts), .. notes]));
        }

        var one = await book.StandingAsync(question, ct);
        var from = one.Stored is { } stored ? RichText.Of($"Version {one.Version}, {Day(stored.At, caller)}, by {await naming.NameAsync(stored.AuthorId, ct)}") : RichText.Of($"The draft that every community starts with");
        return new Message($"{one.Question.Heading}: {CanvasCommands.Words(one.Question.Asks)}", Card.Of([new Paragraph(one.Said), new Note(RichText.Of($"{from}{await StarsAsync(one, ct)}.")), .. notes]));
    }

    [Command("canvas history", "See how an answer of the canvas changed", ReadsOnly = true, Example = "canvas history purpose")]
    public async Task<Reply> HistoryAsync(Caller caller, [Description("Which of the nine questions"), OneOfPack("questions")] string question, CancellationToken ct)
    {
        var versions = await book.VersionsAsync(question, ct);
        var facts = new List<Fact>();
        foreach (var version in versions.AsEnumerable().Reverse().Take(MostVersions))
        {
            var stars = await book.StarsAsync(question, version.Version, ct) is { } given ? RichText.Of($", {CanvasCommands.Stars(given.Mean, given.Count)}") : RichText.Empty;
            facts.Add(new(FormattableString.Invariant($"Version {version.Version}"), RichText.Of($"“{new UserText(version.Answer ?? "(erased)", version.AuthorId)}” ({Day(version.At, caller)}, by {await naming.NameAsync(version.AuthorId, ct)}{stars})")));
        }

        if (versions.Count <= MostVersions && pack.Canvas[question].Draft is { } draft)
            facts.Add(new("Draft", RichText.Of($"“{new UserText(draft)}”")));
        return new Message(
            versions.Count == 0 ? RichText.Of($"{pack.Canvas[question].Heading} is as drafted.") : RichText.Of($"{pack.Canvas[question].Heading} has {versions.Count} {(versions.Count == 1 ? "version" : "versions")}, the newest first."),
            Card.Of(
                new Facts(facts),
                versions.Count > MostVersions ? new Note($"Older versions: {"canvas export":code} has the answers that stand, {$"canvas diff {question} from=1 to=2":code} shows any two.") : null));
    }

    [Command("canvas diff", "See, word by word, what changed in an answer of the canvas", ReadsOnly = true, Example = "canvas diff purpose from=0 to=1")]
    public async Task<Reply> DiffAsync(
        Caller caller,
        [Description("Which of the nine questions"), OneOfPack("questions")] string question,
        [Description("From which version; 0 is the draft")] int? from = null,
        [Description("To which version; the latest when left out")] int? to = null,
        CancellationToken ct = default)
    {
        var versions = await book.VersionsAsync(question, ct);
        if (versions.Count == 0)
            throw new Refusal($"{pack.Canvas[question].Heading} has not changed since the draft.");
        var until = to ?? versions[^1].Version;
        var after = TextOf(versions, question, until);
        var since = from ?? Math.Max(0, until - 1);
        var before = TextOf(versions, question, since);
        return new Message($"{pack.Canvas[question].Heading}, from {Version(since)} to {Version(until)}: {"[-gone-]":code}, {"{+new+}":code}.", Card.Of(new Paragraph(WordDiff.Of(before, after))));
    }

    [Command("canvas drift", "See where what we say of ourselves and what we do differ", ReadsOnly = true)]
    public async Task<Reply> DriftAsync(Caller caller, CancellationToken ct) => await drift.NotesAsync(caller.Today, ct) switch
    {
        null => new Message($"Too little was logged to say anything: drift is looked for from {Drift.Fewest} entries on."),
        [] => new Message($"What the canvas says and what was logged agree."),
        var notes => new Message(
            $"{notes.Count} {(notes.Count == 1 ? "answer differs" : "answers differ")} from what was logged. Either may be the one to change.",
            Card.Of(notes.Select(note => new Paragraph(RichText.Of($"{note.Says}."))))),
    };

    [Command("canvas export", "Get the canvas as a Markdown file", ReadsOnly = true)]
    public async Task<Reply> ExportAsync(Caller caller, CancellationToken ct)
    {
        var answers = await book.StandingAsync(ct);
        var text = new StringBuilder("# Community canvas\n");
        foreach (var answer in answers)
        {
            text.Append("\n## ").Append(answer.Question.Heading).Append("\n\n");
            if (answer.Question.Asks.Length > 0)
                text.Append('*').Append(MarkdownText.Of(answer.Question.Asks)).Append("*\n\n");
            text.Append(MarkdownText.Of(answer.Text ?? "Nobody has answered it yet.")).Append('\n');
        }

        return new Message(
            $"The community canvas as of {caller.Today:uuuu-MM-dd}:",
            Card.Of(new Document("canvas.md", "text/markdown", text.ToString()) { Authors = [.. answers.Select(answer => answer.Stored?.AuthorId).OfType<PersonId>().Distinct()] }));
    }

    private async Task<RichText> StarsAsync(StandingAnswer answer, CancellationToken ct) =>
        await book.StarsAsync(answer.Question.Name, answer.Version, ct) is { } stars ? RichText.Of($"; {CanvasCommands.Stars(stars.Mean, stars.Count)}") : RichText.Empty;

    private UserText TextOf(List<CanvasAnswer> versions, string question, int version) =>
        version == 0 ? new UserText(pack.Canvas[question].Draft ?? "")
        : versions.FirstOrDefault(one => one.Version == version) is { } found ? new UserText(found.Answer ?? "(erased)", found.AuthorId)
        : throw new Refusal($"{pack.Canvas[question].Heading} has no version {version}; they go from 0, the draft, to {versions[^1].Version}.");

    private static RichText Version(int version) => version == 0 ? RichText.Of($"the draft") : RichText.Of($"version {version}");

    private static string Day(Instant at, Caller caller) => at.InZone(caller.Community.Zone).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}
