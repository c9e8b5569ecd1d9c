using System.Security.Cryptography;
using System.Text;
using CopBot.Platforms.WebChat;
using TypedLine = CopBot.Core.Chat.CommandLine;

namespace CopBot.Host.Dashboard;

/// <summary>What a form says: a typed line, a button's line, or a command with its filled-in fields, which is the same as typing it.</summary>
public sealed record Said(string Text, bool InPrivate, string? Seal, string Event)
{
    private const int LongestEvent = 100;

    public static Said Of(IFormCollection form, string freshEvent) => new(
        Line(form),
        form["to"] == Reading.OnlyBot,
        form["seal"],
        form["event"].ToString() is { Length: > 0 and <= LongestEvent } given ? given : freshEvent);

    /// <summary>
    /// The event's id for the inbox. The same form with the same words is the same event, with other words another one; nobody can take the
    /// id of another browser, and it leads back to nobody.
    /// </summary>
    public string EventId(string secret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{Event}\n{InPrivate}\n{Text}")))[..32];

    private static string Line(IFormCollection form)
    {
        if (form["command"].ToString() is not { Length: > 0 } command)
            return form["line"].ToString();

        return TypedLine.Write(command, form
            .Where(field => field.Key.StartsWith(FormField.Prefix, StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(field.Value))
            .Select(field => KeyValuePair.Create(field.Key[FormField.Prefix.Length..], field.Value.ToString())));
    }
}
