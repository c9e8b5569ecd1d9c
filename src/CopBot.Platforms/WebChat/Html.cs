using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace CopBot.Platforms.WebChat;

/// <summary>
/// Markup that is safe to send. It is made with an interpolated string: the literal parts are markup, every hole is text and gets encoded,
/// for element content and for quoted attributes alike. A hole that is <see cref="Html"/> itself goes in as it is. This is the only encoder of pages.
/// </summary>
[InterpolatedStringHandler]
public sealed class Html
{
    // Letters of every script stay legible; what could be markup is encoded whatever the range says.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder markup;

    public Html(int literalLength, int formattedCount) => markup = new(literalLength + formattedCount * 16);

    public static Html Empty { get; } = Of($"");

    /// <summary>Lets a call site write <c>Html.Of($"…")</c> where the target type is not apparent.</summary>
    public static Html Of(Html html) => html;

    /// <summary>Text that somebody wrote, encoded.</summary>
    public static Html Text(string text) => Of($"{text}");

    public void AppendLiteral(string value) => markup.Append(value);

    public void AppendFormatted(Html? value) => markup.Append(value?.markup);

    public void AppendFormatted(IEnumerable<Html> values)
    {
        foreach (var value in values)
            markup.Append(value.markup);
    }

    public void AppendFormatted(string? value) => markup.Append(Encoder.Encode(value ?? ""));

    public void AppendFormatted<T>(T value, string? format = null)
        where T : struct, IFormattable =>
        AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));

    public override string ToString() => markup.ToString();
}
