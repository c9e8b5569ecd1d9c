using CopBot.Core.Features.Rotations;
using CopBot.Core.Scheduling;
using NodaTime;

namespace CopBot.Tests.Core.Features.Rotations;

/// <summary>Turns tile the time line, whatever clocks do.</summary>
public sealed class CalendarSpansTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 1, 0, 0);

    public static MatrixTheoryData<string, string, string> Cases { get; } = new(
        ["Europe/Berlin", "Europe/Dublin", "America/New_York", "Africa/Casablanca", "Australia/Lord_Howe", "Asia/Tehran", "Pacific/Apia", "Etc/UTC"],
        ["week", "2w monday", "3w sunday", "15th", "last friday", "monday,thursday"],
        ["02:30", "09:00", "00:00"]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void For_ten_years_each_turn_begins_where_the_one_before_ends_at_the_same_local_time(string zone, string cadence, string time)
    {
        var (there, at) = (DateTimeZoneProviders.Tzdb[zone], WhenText.TimeOf(time)!.Value);
        var rule = CadenceText.Read(cadence, at, Start.InZone(there).LocalDateTime);
        var rotation = new Rotation { Id = Guid.Empty, CommunityId = 1, Name = "X", NameKey = "x", Roles = "lead", TermLimit = 0, Turn = 7, RemindedDays = 0, CreatedAt = Start };
        var end = Start + Duration.FromDays(3653);
        var ahead = RotationBook.Ahead(rotation, rule, there, Start, 1100).TakeWhile(one => one.At < end).ToList();
        var spans = TurnSpans.Of([.. ahead.Select(one => (one.Turn.Number, one.At))], end).ToList();

        Assert.InRange(spans.Count, 110, 1050);
        Assert.Equal(ahead.Count, spans.Count);
        Assert.Equal(end, spans[^1].End);
        Assert.All(spans, span => Assert.True(span.Begin < span.End));
        Assert.All(spans.Zip(spans.Skip(1)), pair => Assert.Equal((pair.First.Number + 1, pair.First.End), (pair.Second.Number, pair.Second.Begin)));

        // A local time that clocks skip is made up for at the first instant after the gap.
        Assert.All(spans, span => Assert.True(span.Begin.InZone(there).TimeOfDay == at || span.Begin == there.GetZoneInterval(span.Begin).Start, $"turn {span.Number} begins at {span.Begin.InZone(there)}"));
        Assert.All(ahead.Zip(ahead.Skip(1)), pair => Assert.Equal(pair.First.Turn.Until, pair.Second.Turn.From));
    }

    [Fact]
    public void A_turn_that_lasted_no_time_is_left_out()
    {
        var later = Start + Duration.FromHours(1);
        Assert.Equal([new TurnSpan(2, Start, later)], TurnSpans.Of([(1, Start), (2, Start)], later));
        Assert.Empty(TurnSpans.Of([], later));
    }
}
