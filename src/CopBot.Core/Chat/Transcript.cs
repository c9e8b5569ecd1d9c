using System.Text.RegularExpressions;
using CopBot.Core.Storage;

namespace CopBot.Core.Chat;

/// <summary>
/// Keeps what people typed, on platforms whose transcript is the outbox. In a channel a line is seen by all exactly when its answer is:
/// what led to a refusal, or to something private, stays with the person who typed it.
/// </summary>
public sealed partial class Transcript(Work work, Outbox outbox, IDirectory directory, CommandCatalog catalog, IEnumerable<IPlatform> platforms)
{
    private const int MostNames = 50;
    private const int LongestLine = 1000;

    /// <summary>Keeps a line for the eyes of its speaker and gives its row; null where the platform keeps its own transcript.</summary>
    public async Task<long?> KeepAsync(Received received, CommandLine? line, Known speaker, CancellationToken ct)
    {
        var place = received.Said.Place;
        if (!platforms.Any(platform => platform.KeepsTranscript && platform.Name == place.Platform))
            return null;

        var text = catalog.SecretIn(received.Said.Text) is { } secret ? secret.Name + " …" : received.Said.Text.Trim();
        if (text.Length > LongestLine)
            text = text[..LongestLine] + "…";
        return await outbox.EchoAsync(received.Said, speaker.Person, new Message(await WithPeopleAsync(text, line, received, speaker, ct)), ct);
    }

    /// <summary>Opens a kept line to everybody in its place.</summary>
    public Task OpenAsync(long row, CancellationToken ct) =>
        work.Sql.ExecuteAsync($"update outbox set only_user = null where id = {row}", ct);

    // A name that means somebody becomes a mention: it is shown as they wish to be shown, and goes when they ask to be forgotten.
    private async Task<RichText> WithPeopleAsync(string text, CommandLine? line, Received received, Known speaker, CancellationToken ct)
    {
        var names = NamesIn(text, line);
        if (names.Count == 0)
            return new([new Run.Quoted(text, speaker.Person)]);

        var caller = new Caller
        {
            Person = speaker.Person,
            Role = speaker.Role,
            Community = await Communities.LoadAsync(work, ct),
            Said = received.Said,
            At = received.CountsAt,
            InboxId = received.Id,
        };
        var people = new Dictionary<string, PersonId>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in names)
        {
            if (await directory.MentionedAsync(name, caller, ct) is { } person)
                people[name] = person;
        }

        return Marked(text, people, speaker.Person);
    }

    private static List<string> NamesIn(string text, CommandLine? line)
    {
        var addressed = Addressed().Matches(text).Select(match => match.Groups["name"].Value);
        var named = (line?.Values ?? new Dictionary<CommandParameter, string>())
            .Where(value => value.Key.Kind is ParameterKind.Person or ParameterKind.People)
            .SelectMany(value => value.Value.Split([',', ' ', ';', '@'], StringSplitOptions.RemoveEmptyEntries));
        return [.. addressed.Concat(named).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostNames)];
    }

    private static RichText Marked(string text, Dictionary<string, PersonId> people, PersonId speaker)
    {
        var runs = new List<Run>();
        var from = 0;
        foreach (Match match in Word().Matches(text))
        {
            if (!people.TryGetValue(match.Groups["name"].Value, out var person))
                continue;

            if (match.Index > from)
                runs.Add(new Run.Quoted(text[from..match.Index], speaker));
            runs.Add(new Run.Mention(person, match.Value.StartsWith('@')));
            from = match.Index + match.Length;
        }

        if (from < text.Length)
            runs.Add(new Run.Quoted(text[from..], speaker));
        return new(runs);
    }

    // A name ends with a letter or digit: the dot of "thanks @bo." is not his.
    [GeneratedRegex(@"@(?<name>[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?)", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Addressed();

    [GeneratedRegex(@"@?(?<name>[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?)", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
