using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Platforms.Wording;

namespace CopBot.Platforms.Discord.Messages;

/// <summary>What a click asks for.</summary>
public enum DiscordClick
{
    /// <summary>Run the line.</summary>
    Say,

    /// <summary>Ask first: answer with <see cref="DiscordMessage.Sure"/>.</summary>
    Ask,

    /// <summary>A menu: what is meant is the value that was picked, to be read as a custom id where it is a reference and as a line otherwise.</summary>
    Choose,

    /// <summary>Open the modal of the line.</summary>
    Form,
}

/// <summary>The name of a component, read.</summary>
/// <param name="Kind">What the click asks for.</param>
/// <param name="Number">The number in the message, see <see cref="DiscordLines.Find"/>.</param>
/// <param name="Line">The command line; null where <paramref name="Reference"/> says which message to look it up in, and for a menu.</param>
/// <param name="Reference">The delivery whose message has the line; else null.</param>
public sealed record DiscordId(DiscordClick Kind, int Number, string? Line, string? Reference);

/// <summary>
/// Names of components, at most <see cref="DiscordLimits.CustomId"/> characters: <c>say:N:line</c>, <c>ask:N:line</c>, <c>form:N:line</c>, <c>choose:N</c>, and
/// <c>ref:N:reference</c> or <c>ask:N:ref:reference</c> where the line is too long. No command begins with <c>ref:</c>.
/// </summary>
public static class DiscordIds
{
    private const string Ref = "ref:";

    /// <summary>Reads the name of a component, or the value of an option that is a reference; null where it is none of CopBot's.</summary>
    public static DiscordId? Read(string id)
    {
        if (id.Split(':', 3) is not [var kind, var digits, .. var rest] || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;

        var what = rest is [var said] ? said : "";
        return kind switch
        {
            "choose" when rest.Length == 0 => new(DiscordClick.Choose, number, null, null),
            _ when what.Length == 0 => null,
            "say" => new(DiscordClick.Say, number, what, null),
            "form" => new(DiscordClick.Form, number, what, null),
            "ref" => new(DiscordClick.Say, number, null, what),
            "ask" when what.StartsWith(Ref, StringComparison.Ordinal) => what.Length > Ref.Length ? new(DiscordClick.Ask, number, null, what[Ref.Length..]) : null,
            "ask" => new(DiscordClick.Ask, number, what, null),
            _ => null,
        };
    }

    /// <summary>The name of the button that does what another one asked about; null where that one asked nothing.</summary>
    internal static string? Sure(string id) => Read(id) switch
    {
        { Kind: DiscordClick.Ask, Line: { } line, Number: var number } => Name("say", number, line),
        { Kind: DiscordClick.Ask, Reference: { } reference, Number: var number } => Name("ref", number, reference),
        _ => null,
    };

    /// <summary>The name of a button; null where no name can carry its line. Part of a line would be another command, so it is never cut.</summary>
    internal static string? Of(Offer offer, string? reference)
    {
        var line = CodePoints.WellFormed(offer.Button.Line);
        if (line.Length == 0)
            return null;
        var id = Name(offer.Button.Destructive ? "ask" : "say", offer.Number, line);
        return id.Length <= DiscordLimits.CustomId ? id
            : !Good(reference) ? null
            : offer.Button.Destructive ? Name("ask", offer.Number, Ref + reference) : Name("ref", offer.Number, reference!);
    }

    /// <summary>The value of an option; null where none can carry its line.</summary>
    internal static string? OfOption(Offer offer, string? reference)
    {
        var line = CodePoints.WellFormed(offer.Button.Line);
        return line.Length == 0 ? null
            : line.Length <= DiscordLimits.OptionValue ? line
            : Good(reference) ? Name("ref", offer.Number, reference!) : null;
    }

    /// <summary>The name of a form's button, with as much of what is known as fits.</summary>
    internal static string OfForm(int number, Form form)
    {
        var prefix = Name("form", number, "");
        return prefix + CodePoints.WellFormed(KnownLine.Of(form, DiscordLimits.CustomId - prefix.Length, text => text.Length));
    }

    internal static string Name(string kind, int number, string rest) => string.Create(CultureInfo.InvariantCulture, $"{kind}:{number}:{rest}");

    private static bool Good(string? reference) => reference is { Length: > 0 and <= DiscordLimits.Reference };
}
