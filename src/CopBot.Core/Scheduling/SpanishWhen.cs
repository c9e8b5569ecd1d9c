using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CopBot.Core.Scheduling;

/// <summary>Puts Spanish words for dates and times into the English ones that <see cref="WhenText"/> and <see cref="CadenceText"/> read; whatever else stands there stays.</summary>
internal static partial class SpanishWhen
{
    private static readonly (string Spanish, string English)[] Words =
    [
        ("pasado manana", "in 2 days"), ("manana", "tomorrow"), ("hoy", "today"), ("mediodia", "noon"),
        ("lunes", "monday"), ("martes", "tuesday"), ("miercoles", "wednesday"), ("jueves", "thursday"), ("viernes", "friday"), ("sabado", "saturday"), ("domingo", "sunday"),
        ("enero", "january"), ("febrero", "february"), ("marzo", "march"), ("abril", "april"), ("mayo", "may"), ("junio", "june"), ("julio", "july"), ("agosto", "august"),
        ("septiembre", "september"), ("setiembre", "september"), ("octubre", "october"), ("noviembre", "november"), ("diciembre", "december"),
        ("minutos?", "minutes"), ("horas?", "hours"), ("dias?", "days"), ("semanas?", "weeks"), ("meses|mes", "months"), ("una?", "a"),
        ("laborables?", "weekday"), ("ultimo", "last"), ("primer", "first"), ("cada|todos|todas", ""), ("y", "and"),
    ];

    /// <summary>The English of a lower-case Spanish text.</summary>
    public static string ToEnglish(string text)
    {
        var words = Plain(text);
        words = InTheMorning().Replace(words, "${time}am");
        words = InTheAfternoon().Replace(words, "${time}pm");
        words = AtTime().Replace(words, "at ");
        words = In().Replace(words, "in ");
        words = Coming().Replace(words, "next ${day}");
        words = Next().Replace(words, "next ");
        words = Of().Replace(words, "${day} ${month}");
        words = OfYear().Replace(words, " ${year}");
        words = The().Replace(words, "");
        foreach (var (spanish, english) in Words)
            words = Regex.Replace(words, $@"\b(?:{spanish})\b", english, RegexOptions.CultureInvariant);
        return words.Trim();
    }

    // Without accents, for half of all people leave them out.
    private static string Plain(string text) =>
        string.Concat(text.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)).Normalize(NormalizationForm.FormC);

    [GeneratedRegex("(?<time>\\d{1,2}(?::\\d{2})?) de la manana\\b")]
    private static partial Regex InTheMorning();

    [GeneratedRegex("(?<time>\\d{1,2}(?::\\d{2})?) de la (?:tarde|noche)\\b")]
    private static partial Regex InTheAfternoon();

    [GeneratedRegex("\\ba (?:las? )?(?=\\d)|\\bal? (?=mediodia)")]
    private static partial Regex AtTime();

    [GeneratedRegex("\\b(?:en|dentro de) (?=\\d|una? )")]
    private static partial Regex In();

    [GeneratedRegex("\\b(?:el )?(?<day>[a-z]+) que viene\\b")]
    private static partial Regex Coming();

    [GeneratedRegex("\\b(?:el )?proxim[oa] ")]
    private static partial Regex Next();

    [GeneratedRegex("\\b(?<day>\\d{1,2}) de (?<month>[a-z]+)")]
    private static partial Regex Of();

    [GeneratedRegex(" del? (?<year>\\d{4})\\b")]
    private static partial Regex OfYear();

    [GeneratedRegex("\\b(?:el|los|este|la) (?=[a-z0-9])")]
    private static partial Regex The();
}
