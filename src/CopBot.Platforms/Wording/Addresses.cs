using System.Buffers;
using System.Text.RegularExpressions;

namespace CopBot.Platforms.Wording;

/// <summary>
/// Takes the life out of addresses for clients that look for them in plain text: U+2060 WORD JOINER, which nobody sees, stands where such a client would look.
/// The words stay the same for whoever reads them, aloud or with their eyes.
/// </summary>
internal static partial class Addresses
{
    /// <summary>What is put in.</summary>
    public const string Joint = "\u2060";

    private static readonly SearchValues<char> Telling = SearchValues.Create(".:@\\/{。．｡");

    /// <summary>
    /// The text with <c>://</c>, <c>\\server</c>, <c>name@host</c>, <c>mailto:</c> and its like, and the dots of names such as <c>evil.com</c> broken. So are
    /// the two braces that begin a date function of Adaptive Cards (adaptivecards.io, “Text features”).
    /// </summary>
    public static string Inert(string text) =>
        text.AsSpan().ContainsAny(Telling) ? Seams().Replace(text, Joint) : text;

    /// <summary>Whether a client may be given this to open: an absolute address of the web, without anything hidden in it.</summary>
    public static bool IsWeb(string url, int most) =>
        url.Length <= most && CodePoints.Readable(url) == url && !url.Any(c => char.IsWhiteSpace(c) || c is '<' or '>' or '|' or '"' or '\\' or '`' or '*')
        && Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);

    [GeneratedRegex(
        """
        (?<=:)(?=[/\\]{2})
        | (?<=/)(?=/)
        | (?<=\\)(?=\\)
        | (?<=(?:mailto|tel|sip|sips|im|callto|skype|msteams|file|javascript|vbscript|data|ms-[a-z]{1,20}):)(?=\S)
        | (?<=\S@)(?=\S)
        | (?<=\S[.。．｡])(?=[\p{L}\p{M}\ud800-\udfff])
        | (?<=\p{L}[.。．｡])(?=\p{N})
        | (?<=[0-9]\.[0-9]{1,3}\.)(?=[0-9])
        | (?<=\{)(?=\{)
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Seams();
}
