using System.Text;
using CopBot.Core.Chat;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace CopBot.Tests.Core.Chat;

/// <summary>What RFC 5545 asks of a line, and what nobody's words can do to it.</summary>
public sealed class IcsTextTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 22, 9, 30, 15);

    [Fact]
    public void A_calendar_reads_as_the_standard_says()
    {
        var begin = Instant.FromUtc(2026, 3, 23, 8, 0);
        var text = IcsText.Of(new IcsCalendar("Core team", [new IcsEvent("7-1@copbot", 3, begin, begin + Duration.FromDays(14), "Core team: cy (lead), ana (moderator)", Settled: true)]), Now);
        Assert.Equal(
            """
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//CopBot//CopBot//EN
            CALSCALE:GREGORIAN
            METHOD:PUBLISH
            NAME:Core team
            X-WR-CALNAME:Core team
            REFRESH-INTERVAL;VALUE=DURATION:PT1H
            X-PUBLISHED-TTL:PT1H
            BEGIN:VEVENT
            UID:7-1@copbot
            DTSTAMP:20261122T093015Z
            SEQUENCE:3
            DTSTART:20260323T080000Z
            DTEND:20260406T080000Z
            SUMMARY:Core team: cy (lead)\, ana (moderator)
            STATUS:CONFIRMED
            TRANSP:TRANSPARENT
            END:VEVENT
            END:VCALENDAR

            """.ReplaceLineEndings("\r\n"),
            text);
    }

    [Fact]
    public void What_is_cancelled_is_a_file_that_takes_it_out_again()
    {
        var begin = Instant.FromUtc(2026, 3, 23, 8, 0);
        var text = IcsText.Of(new IcsCalendar(null, [new IcsEvent("7@copbot", 1, begin, begin + Duration.FromHours(1), "A mob", Settled: true) { Cancelled = true, Busy = true }]), Now);
        Assert.Contains("METHOD:CANCEL\r\nBEGIN:VEVENT\r\nUID:7@copbot\r\n", text);
        Assert.Contains("\r\nSEQUENCE:1\r\n", text);
        Assert.Contains("\r\nSTATUS:CANCELLED\r\nTRANSP:OPAQUE\r\n", text);
        Assert.DoesNotContain("NAME:", text);
    }

    [Theory]
    [InlineData("A;B,C\r\nBEGIN:VEVENT", "A\\;B\\,C\\nBEGIN:VEVENT")]
    [InlineData("back\\slash", "back\\\\slash")]
    [InlineData("one\ntwo\rthree\u2028four\u0085five", "one\\ntwo\\nthree\\nfour\\nfive")]
    [InlineData("bell\a, nul\0, escape\u001b[31m, delete\u007f", "bell\\, nul\\, escape[31m\\, delete")]
    public void Words_stay_words(string said, string written) => Assert.Equal(written, IcsText.Escape(said));

    [Fact]
    public void Half_of_a_pair_is_no_character() => Assert.Equal("half \ufffd of a pair", IcsText.Escape("half \ud83d of a pair"));

    [Theory]
    [InlineData("SUMMARY:ñandú y 日本語のチーム, 🦊🦊🦊 and ever so many words that go on until no line can hold them any more 🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊")]
    [InlineData("X:123456789012345678901234567890123456789012345678901234567890123456789012é")]
    [InlineData("X:12345678901234567890123456789012345678901234567890123456789012345678901🦊")]
    public void A_long_line_is_folded_between_characters(string line)
    {
        var folded = IcsText.Fold(line);
        AssertLines(folded);
        Assert.Equal(line, folded[..^2].Replace("\r\n ", "", StringComparison.Ordinal));
        Assert.Contains("\r\n ", folded);
    }

    [Fact]
    public void A_line_of_exactly_seventy_five_octets_is_not_folded()
    {
        Assert.Equal(new string('x', 75) + "\r\n", IcsText.Fold(new string('x', 75)));
        Assert.Equal(new string('x', 75) + "\r\n x\r\n", IcsText.Fold(new string('x', 76)));
    }

    [Fact]
    public void Whatever_somebody_calls_it_there_is_one_event_and_no_line_is_too_long()
    {
        var parts = Gen.Elements("\r\n", "\n", "\r", "BEGIN:VEVENT", "END:VCALENDAR", ";", ",", ":", "\\", "\"", "\t", "\u0085", "\u2029", "\u001b", "é", "日本", "🦊", "\ud83e", "words and words ");
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true), Prop.ForAll(parts.ListOf().ToArbitrary(), said =>
        {
            var name = string.Concat(said);
            var text = IcsText.Of(new IcsCalendar(name, [new IcsEvent("1@copbot", 0, Now, Now + Duration.FromHours(1), name, Settled: false)]), Now);
            AssertLines(text);
            var lines = text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");
            Assert.Equal(20, lines.Length - 1);
            Assert.Single(lines, line => line == "BEGIN:VEVENT");
        }));
    }

    private static void AssertLines(string text)
    {
        Assert.EndsWith("\r\n", text);
        foreach (var line in text[..^2].Split("\r\n"))
        {
            Assert.InRange(Encoding.UTF8.GetByteCount(line), 1, 75);
            Assert.DoesNotContain(line, letter => char.IsControl(letter) && letter != '\t');
            Assert.False(char.IsLowSurrogate(line.TrimStart(' ').FirstOrDefault()), "a fold divides a character");
        }
    }
}
