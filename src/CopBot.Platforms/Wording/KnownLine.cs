using CopBot.Core.Chat;

namespace CopBot.Platforms.Wording;

/// <summary>The command line of a form with what is known already.</summary>
internal static class KnownLine
{
    /// <summary>All that is known.</summary>
    public static string Of(Form form) => CommandLine.Write(form.Command, Known(form));

    /// <summary>
    /// The same in at most so much, as the platform counts it: of a form that knows too much the longest values are left to be filled in again, so that the
    /// button still opens it.
    /// </summary>
    public static string Of(Form form, int most, Func<string, int> count)
    {
        var known = Known(form);
        while (true)
        {
            var line = CommandLine.Write(form.Command, known);
            if (known.Count == 0 || count(line) <= most)
                return CodePoints.First(line, most);
            known.Remove(known.MaxBy(value => value.Value.Length));
        }
    }

    private static List<KeyValuePair<string, string>> Known(Form form) =>
        [.. form.Fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value!))];
}
