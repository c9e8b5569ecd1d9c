using NodaTime;

namespace CopBot.Core.Scheduling;

/// <summary>A rule in local terms: on which dates, and at which times of those dates. It knows neither zone nor history.</summary>
public abstract record Recurrence
{
    private Recurrence()
    {
    }

    /// <summary>The times of a day on which it runs, ascending and distinct; each is a slot of that date.</summary>
    public abstract IReadOnlyList<LocalTime> Times { get; }

    /// <summary>Whether it runs on a date.</summary>
    public abstract bool RunsOn(LocalDate date);

    /// <summary>The first date on which it can run; null when it always ran.</summary>
    public virtual LocalDate? First => null;

    /// <summary>The last date on which it can run; null when it goes on for ever.</summary>
    public virtual LocalDate? Until => null;

    /// <summary>On days of the week, in every n-th week counted from the week of an anchor date.</summary>
    /// <param name="Days">At least one.</param>
    /// <param name="Every">From 1.</param>
    public sealed record Weekly(IReadOnlyList<IsoDayOfWeek> Days, int Every, LocalDate Anchor, LocalTime At) : Recurrence
    {
        private static readonly Func<LocalDate, LocalDate> Monday = DateAdjusters.PreviousOrSame(IsoDayOfWeek.Monday);

        public override IReadOnlyList<LocalTime> Times { get; } = [At];

        public override LocalDate? First => Anchor;

        public override bool RunsOn(LocalDate date) =>
            date >= Anchor && Days.Contains(date.DayOfWeek) && (Every == 1 || Period.DaysBetween(Anchor.With(Monday), date.With(Monday)) / 7 % Every == 0);

        public bool Equals(Weekly? other) =>
            other is not null && Every == other.Every && Anchor == other.Anchor && At == other.At && Days.SequenceEqual(other.Days);

        public override int GetHashCode() => HashCode.Combine(Every, Anchor, At, Days.Count);
    }

    /// <summary>On a day of the month, from 1 to 31; a shorter month has it on its last day.</summary>
    public sealed record MonthlyOnDay(int Day, LocalTime At) : Recurrence
    {
        public override IReadOnlyList<LocalTime> Times { get; } = [At];

        public override bool RunsOn(LocalDate date) =>
            date.Day == Math.Min(Day, CalendarSystem.Iso.GetDaysInMonth(date.Year, date.Month));
    }

    /// <summary>On the n-th weekday of the month: 1 to 4, or -1 for the last.</summary>
    public sealed record MonthlyOnWeekday(int Nth, IsoDayOfWeek Weekday, LocalTime At) : Recurrence
    {
        public override IReadOnlyList<LocalTime> Times { get; } = [At];

        public override bool RunsOn(LocalDate date) =>
            date.DayOfWeek == Weekday && (Nth > 0 ? (date.Day + 6) / 7 == Nth : date.PlusDays(7).Month != date.Month);
    }

    /// <summary>Once.</summary>
    public sealed record Once(LocalDate Date, LocalTime At) : Recurrence
    {
        public override IReadOnlyList<LocalTime> Times { get; } = [At];

        public override LocalDate? First => Date;

        public override LocalDate? Until => Date;

        public override bool RunsOn(LocalDate date) => date == Date;
    }

    /// <summary>By a cron expression of five fields.</summary>
    public sealed record ByCron(CronExpression Expression) : Recurrence
    {
        public override IReadOnlyList<LocalTime> Times => Expression.Times;

        public override bool RunsOn(LocalDate date) => Expression.RunsOn(date);
    }
}
