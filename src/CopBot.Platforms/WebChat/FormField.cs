using CopBot.Core.Chat;

namespace CopBot.Platforms.WebChat;

/// <summary>One field of a form with the input that suits its type; the bot checks everything again, whatever the browser let through.</summary>
public static class FormField
{
    /// <summary>What the names of fields begin with, so that they cannot be mistaken for the form's own.</summary>
    public const string Prefix = "with-";

    // From here on a text is more than a line.
    private const int LongText = 500;

    public static Html Of(Field field, string id)
    {
        var label = Html.Of($"<label for=\"{id}\">{field.Label}{(field.Required ? null : Html.Of($" <span class=\"optional\">optional</span>"))}</label>");
        return field.Kind == ParameterKind.Flag
            ? Html.Of($"<div class=\"field flag\">{Input(field, id)}{label}</div>\n")
            : Html.Of($"<div class=\"field\">{label}{Input(field, id)}</div>\n");
    }

    private static Html Input(Field field, string id)
    {
        var same = Html.Of($"id=\"{id}\" name=\"{Prefix}{field.Name}\"{(field.Required && field.Kind != ParameterKind.Flag ? Html.Of($" required") : null)}");
        return field.Kind switch
        {
            ParameterKind.Choice => Select(field, same),
            ParameterKind.Flag => Html.Of($"<input type=\"checkbox\" {same} value=\"yes\"{(IsYes(field.Value) ? Html.Of($" checked") : null)}>"),
            ParameterKind.Number => Html.Of($"<input type=\"number\" step=\"any\" inputmode=\"decimal\" {same} value=\"{field.Value?.TrimStart('#')}\">"),
            ParameterKind.Date => Html.Of($"<input type=\"date\" {same} value=\"{field.Value}\">"),
            ParameterKind.Link => Html.Of($"<input type=\"url\" {same} value=\"{field.Value}\" placeholder=\"https://example.org/…\">"),
            ParameterKind.Person => Html.Of($"<input {same} value=\"{field.Value}\" placeholder=\"@name\" autocomplete=\"off\" autocapitalize=\"off\">"),
            ParameterKind.People => Html.Of($"<input {same} value=\"{field.Value}\" placeholder=\"@name, @name\" autocomplete=\"off\" autocapitalize=\"off\">"),
            _ when field.MaxLength >= LongText => Html.Of($"<textarea rows=\"3\" maxlength=\"{field.MaxLength.Value}\" {same}>\n{field.Value}</textarea>"),
            _ => Html.Of($"<input {same} value=\"{field.Value}\"{(field.MaxLength is { } most ? Html.Of($" maxlength=\"{most}\"") : null)} autocomplete=\"off\">"),
        };
    }

    private static Html Select(Field field, Html same)
    {
        var none = field.Required && field.Value is not null ? null : Html.Of($"<option value=\"\">{(field.Required ? "Choose …" : "–")}</option>");
        return Html.Of($"<select {same}>{none}{field.Choices.Select(choice => Html.Of($"<option{(Same(choice, field.Value) ? Html.Of($" selected") : null)}>{choice}</option>"))}</select>");
    }

    private static bool Same(string choice, string? value) => choice.Equals(value, StringComparison.OrdinalIgnoreCase);

    private static bool IsYes(string? value) => value is not null && value.ToLowerInvariant() is "yes" or "true" or "on" or "1";
}
