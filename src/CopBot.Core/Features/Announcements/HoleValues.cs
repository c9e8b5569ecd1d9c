using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using NodaTime;

namespace CopBot.Core.Features.Announcements;

/// <summary>What somebody puts into the holes of a template, each value of the type that its hole wants.</summary>
public sealed class HoleValues(Binder binder, Naming naming)
{
    private const int MaxLength = 300;
    private const string End = " Nothing was stored.";

    /// <summary>The text with its holes filled. A <see cref="Refusal"/> names every hole that is missing, unknown or filled with what does not fit.</summary>
    public async Task<RichText> FillAsync(AnnouncementTemplate template, string given, Caller caller, CancellationToken ct)
    {
        var values = Read(given);
        var problems = new List<RichText>();
        foreach (var unknown in values.Keys.Where(name => template.Holes.All(hole => hole.Name != name)))
            problems.Add($"{template.Name:code} has no hole {unknown:code}.");

        var filled = new Dictionary<string, RichText>();
        foreach (var hole in template.Holes)
        {
            if (!values.TryGetValue(hole.Name, out var value) || value.Length == 0)
            {
                problems.Add($"{hole.Name:code} is missing ({hole.Type}).");
                continue;
            }

            try
            {
                filled[hole.Name] = await FillAsync(hole, value, caller, ct);
            }
            catch (Refusal refusal)
            {
                problems.Add(WithoutEnd(refusal.Says));
            }
        }

        if (problems.Count > 0)
            throw new Refusal($"{RichText.Join(" ", problems)} Write {$"holes=\"{string.Join("; ", template.Holes.Select(hole => $"{hole.Name}=…"))}\"":code}. Nothing was stored.");

        var says = new List<RichText>();
        foreach (var (words, hole) in template.Pieces())
        {
            says.Add(words);
            if (hole is not null)
                says.Add(filled[hole.Name]);
        }

        return RichText.Join("", says);
    }

    // The end is said once, after all problems.
    private static RichText WithoutEnd(RichText says) =>
        says.Runs is [.., Run.Words last] && last.Text.EndsWith(End, StringComparison.Ordinal) ? new([.. says.Runs.SkipLast(1), new Run.Words(last.Text[..^End.Length])]) : says;

    private static Dictionary<string, string> Read(string given)
    {
        var values = new Dictionary<string, string>();
        foreach (var part in given.Split([';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var at = part.IndexOfAny(['=', ':']);
            if (at <= 0)
                throw new Refusal($"I cannot read “{new UserText(TextRules.Short(part, 60))}”: a hole is filled like {"topic=the pager bot":code}, the next one after a semicolon. Nothing was stored.");
            values[part[..at].Trim().ToLowerInvariant()] = part[(at + 1)..].Trim();
        }

        return values;
    }

    private async Task<RichText> FillAsync(Hole hole, string value, Caller caller, CancellationToken ct)
    {
        if (hole.Type == "date")
            return When(hole, value, caller);

        var (kind, type) = hole.Type switch
        {
            "person" => (ParameterKind.Person, typeof(PersonId)),
            "people" => (ParameterKind.People, typeof(IReadOnlyList<PersonId>)),
            "number" => (ParameterKind.Number, typeof(decimal)),
            "link" => (ParameterKind.Link, typeof(Uri)),
            _ => (ParameterKind.Text, typeof(string)),
        };
        var parameter = new CommandParameter { Name = hole.Name, Description = hole.Name, Kind = kind, Required = true, Type = type, MaxLength = MaxLength };
        return await binder.ReadAsync(parameter, value, caller, ct) switch
        {
            PersonId person => await PersonAsync(person, ct),
            IReadOnlyList<PersonId> people => Naming.Together(await Task.WhenAll(people.Select(person => PersonAsync(person, ct))), 0),
            decimal number => number.ToString(CultureInfo.InvariantCulture),
            Uri link => RichText.Of($"{new Link(link, caller.Person)}"),
            var text => RichText.Of($"{new UserText((string)text!, caller.Person)}"),
        };
    }

    private async Task<RichText> PersonAsync(PersonId person, CancellationToken ct) =>
        await naming.GoesByNameAsync(person, ct) ? RichText.Of($"{person}")
        : throw new Refusal($"One of them is not shown to others, so an announcement cannot name them.");

    private static RichText When(Hole hole, string value, Caller caller)
    {
        var now = caller.At.InZone(caller.Community.Zone);
        return WhenText.Read(value, now, caller.Community.Language) is [var one]
            ? one.ToString("dddd d MMMM 'at' HH:mm", CultureInfo.InvariantCulture)
            : throw new Refusal($"{hole.Name:code}: “{new UserText(value)}” can mean two days; write it like {now.Date.PlusDays(7).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) + " 15:00":code}.");
    }
}
