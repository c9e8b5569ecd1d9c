using NodaTime;

namespace CopBot.Core.Storage;

/// <summary>Local dates as the numbers that the database holds, such as 20260105: ordered, and legible to a person who looks.</summary>
public static class Dates
{
    public static int ToNumber(this LocalDate date) => date.Year * 10_000 + date.Month * 100 + date.Day;

    public static LocalDate FromNumber(int number) => new(number / 10_000, number / 100 % 100, number % 100);
}
