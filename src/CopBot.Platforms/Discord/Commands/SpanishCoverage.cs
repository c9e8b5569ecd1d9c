using CopBot.Core.Chat;
using CopBot.Platforms.Wording;

namespace CopBot.Platforms.Discord.Commands;

/// <summary>How much of the catalogue <c>es.yaml</c> says in Spanish.</summary>
/// <param name="Texts">How many names, descriptions and values there are to say.</param>
/// <param name="Missing">Those that stay English.</param>
/// <param name="Stale">Entries that nothing uses any more.</param>
public sealed record SpanishCoverage(int Texts, IReadOnlyList<string> Missing, IReadOnlyList<string> Stale)
{
    public static SpanishCoverage Of(CommandCatalog catalog)
    {
        var spanish = Spanish.Instance;
        var places = CommandRoots.Of(catalog).ToList();
        List<(string Of, string Word)> names =
        [
            .. places.Select(place => ("", place.Root)),
            .. places.Where(place => place.Group is not null).Select(place => (place.Root, place.Group!)),
            .. places.Select(place => (place.Group ?? place.Root, place.Name)),
            .. places.SelectMany(place => place.Command.Parameters.Select(parameter => (place.Command.Name, parameter.Name))),
        ];
        names = [.. names.Distinct()];
        List<string> sentences = [.. places.SelectMany(place => place.Command.Parameters.Select(parameter => parameter.Description).Prepend(place.Command.Summary)).Distinct()];
        List<string> choices = [.. places.SelectMany(place => place.Command.Parameters.SelectMany(parameter => parameter.Choices)).Distinct()];
        var keys = names.SelectMany(name => (string[])[name.Word, $"{name.Of} {name.Word}"]).ToHashSet(StringComparer.Ordinal);
        return new(
            names.Count + sentences.Count + choices.Count,
            [
                .. names.Where(name => spanish.Name(name.Of, name.Word) is null).Select(name => $"{name.Of} {name.Word}".Trim()),
                .. sentences.Where(sentence => !spanish.Sentences.ContainsKey(sentence)),
                .. choices.Where(choice => !spanish.Choices.ContainsKey(choice)),
            ],
            [.. spanish.Names.Keys.Where(key => !keys.Contains(key)), .. spanish.Sentences.Keys.Except(sentences), .. spanish.Choices.Keys.Except(choices)]);
    }
}
