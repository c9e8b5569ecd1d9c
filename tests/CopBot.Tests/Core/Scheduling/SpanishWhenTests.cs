using CopBot.Core.Chat;
using CopBot.Core.Scheduling;
using NodaTime;
using NodaTime.Text;

namespace CopBot.Tests.Core.Scheduling;

/// <summary>What Spanish people write, said on Monday 5 January 2026 at 09:00 in Madrid.</summary>
public sealed class SpanishWhenTests
{
    private static readonly ZonedDateTime Now = new LocalDateTime(2026, 1, 5, 9, 0).InZoneStrictly(DateTimeZoneProviders.Tzdb["Europe/Madrid"]);

    [Theory]
    [InlineData("mañana a las 14:00", "2026-01-06 14:00")]
    [InlineData("manana 14:00", "2026-01-06 14:00")]
    [InlineData("pasado mañana a las 10:30", "2026-01-07 10:30")]
    [InlineData("hoy a las 18:00", "2026-01-05 18:00")]
    [InlineData("hoy a las 6 de la tarde", "2026-01-05 18:00")]
    [InlineData("el próximo viernes", "2026-01-09 09:00")]
    [InlineData("el viernes que viene a las 15:00", "2026-01-09 15:00")]
    [InlineData("miércoles 11:00", "2026-01-07 11:00")]
    [InlineData("el sábado a mediodía", "2026-01-10 12:00")]
    [InlineData("en 2 horas", "2026-01-05 11:00")]
    [InlineData("dentro de una semana", "2026-01-12 09:00")]
    [InlineData("dentro de 3 días a las 16:00", "2026-01-08 16:00")]
    [InlineData("el 15 de febrero a las 10:00", "2026-02-15 10:00")]
    [InlineData("3 de diciembre de 2026", "2026-12-03 09:00")]
    [InlineData("2026-01-15 14:00", "2026-01-15 14:00")]
    [InlineData("tomorrow 14:00", "2026-01-06 14:00")]
    public void Spanish_dates_are_understood_beside_english_ones(string text, string means) =>
        Assert.Equal([means], WhenText.Read(text, Now, "es").Select(LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm").Format));

    [Theory]
    [InlineData("lunes", "every Monday at 09:00")]
    [InlineData("cada jueves", "every Thursday at 09:00")]
    [InlineData("todos los días", "every day at 09:00")]
    [InlineData("2 semanas", "every second Monday at 09:00")]
    [InlineData("lunes y jueves", "every Monday and Thursday at 09:00")]
    [InlineData("último viernes", "every month on the last Friday at 09:00")]
    public void So_is_how_often(string text, string says) =>
        Assert.Equal(says, RecurrenceText.Say(CadenceText.Read(text, new LocalTime(9, 0), Now.LocalDateTime, "es")));

    [Fact]
    public void An_english_community_is_told_what_it_could_write()
    {
        var refusal = Assert.Throws<Refusal>(() => WhenText.Read("mañana a las 14:00", Now));
        Assert.StartsWith("I do not understand the date “mañana a las 14:00”.", PlainText.Of(refusal.Says, _ => "…"), StringComparison.Ordinal);
    }
}
