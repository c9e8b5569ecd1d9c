using System.Globalization;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using CopBot.Core.Features.Rotations;
using CopBot.Core.Storage;
using CopBot.Tests.Support;
using NodaTime;
using NodaTime.Text;

namespace CopBot.Tests.Core.Features.Rotations;

/// <summary>A calendar as it was read: its text and its events.</summary>
public sealed partial record CalendarText(string Text, IReadOnlyList<CalendarText.Event> Events)
{
    public sealed record Event(string Uid, int Sequence, Instant Begin, Instant End, string Summary, string Status);

    /// <summary>Asks for an address in the channel and gives its token.</summary>
    public static async Task<string> AskAsync(Conversation chat, string name, string line = "rotation feed \"Core team\"")
    {
        var heard = Assert.Single(await chat.SayAsync(name, line));
        Assert.True(heard.IsFor(name) && !heard.IsPublic, "the address is for whoever asked");
        return Address().Match(heard.Text).Groups[1].Value;
    }

    /// <summary>What lies behind an address now; null where nothing does.</summary>
    public static async Task<CalendarText?> ReadAsync(Conversation chat, string token)
    {
        var text = await chat.Store.ReadAsync(Community.First, (work, ct) => work.Get<TurnCalendar>().ReadAsync(SecretToken.HashOf(token), chat.Clock.Now, ct), CancellationToken.None);
        return text is null ? null : new(text, [.. text.Replace("\r\n ", "", StringComparison.Ordinal).Split("BEGIN:VEVENT\r\n").Skip(1).Select(EventOf)]);
    }

    private static Event EventOf(string lines)
    {
        var values = lines.Split("\r\n").TakeWhile(line => line != "END:VEVENT").Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return new(values["UID"], int.Parse(values["SEQUENCE"], CultureInfo.InvariantCulture), InstantOf(values["DTSTART"]), InstantOf(values["DTEND"]), values["SUMMARY"], values["STATUS"]);
    }

    private static Instant InstantOf(string text) => InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'").Parse(text).Value;

    [GeneratedRegex("/calendar/([A-Za-z0-9_-]{43})\\.ics")]
    private static partial Regex Address();
}
