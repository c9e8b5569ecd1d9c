namespace CopBot.Core.Content;

/// <summary>The rules of the game as data, read from <c>points.yaml</c>. No number of points stands in code.</summary>
public sealed record PointsPolicy
{
    /// <summary>From 1; every ledger entry names the version that it was booked under.</summary>
    public required int Version { get; init; }

    public required int ExpiresAfterDays { get; init; }

    public required int ReminderBeforeDays { get; init; }

    public required int UndoHours { get; init; }

    /// <summary>From how many percent of likeness on a title waits for confirmation; 0 to 100.</summary>
    public required int SimilarPercent { get; init; }

    public required int SimilarDays { get; init; }

    /// <summary>For how many days after leaving a squad somebody still counts as within it, where reuse is concerned.</summary>
    public required int SameSquadDays { get; init; }

    /// <summary>The sizes of a share with a written example each, smallest first.</summary>
    public required IReadOnlyDictionary<string, string> Sizes { get; init; }

    public required IReadOnlyList<string> Formats { get; init; }

    /// <summary>The categories of an outcome.</summary>
    public required IReadOnlyList<string> Outcomes { get; init; }

    /// <summary>The reactions that thank the author of a message, by their short names; hyphens stand for underscores too.</summary>
    public IReadOnlyList<string> Thanks { get; init; } = [];

    /// <summary>What people are called by their points of the season, lowest first; none where the pack gives none.</summary>
    public IReadOnlyList<SeasonTitle> Titles { get; init; } = [];

    public required IReadOnlyDictionary<string, KindRule> Kinds { get; init; }

    public required IReadOnlyList<Cap> Caps { get; init; }

    /// <summary>The rule of a kind that the pack is known to have.</summary>
    public KindRule this[string kind] => Kinds[kind];

    /// <summary>What people call a rule such as <c>mob.host</c>. It may be of a pack that was in force before.</summary>
    public string Called(string rule)
    {
        var (kind, part) = rule.Split('.', 2) is [var before, var after] ? (before, after) : (rule, "");
        return Kinds.GetValueOrDefault(kind) is not { } known ? rule : known.Points.Count == 1 ? known.Title : $"{known.Title}, {known.Called(part)}";
    }
}

/// <summary>What one kind of contribution earns, and when.</summary>
public sealed record KindRule
{
    public required string Kind { get; init; }

    public required string Title { get; init; }

    public required string Says { get; init; }

    /// <summary>Points per part: a size of a share, host or participant of a mob.</summary>
    public required IReadOnlyDictionary<string, int> Points { get; init; }

    /// <summary>What people call the parts; a part that is not here goes by its own name.</summary>
    public IReadOnlyDictionary<string, string> Words { get; init; } = new Dictionary<string, string>();

    /// <summary>The part that is meant when none is named.</summary>
    public string? Default { get; init; }

    /// <summary>Factors by format; 1 where none stands.</summary>
    public IReadOnlyDictionary<string, decimal> Times { get; init; } = new Dictionary<string, decimal>();

    public Confirmer ConfirmedBy { get; init; }

    /// <summary>The parts that need confirmation; all of them where the list is empty.</summary>
    public IReadOnlyList<string> ConfirmWhen { get; init; } = [];

    public IReadOnlyList<Limit> Limits { get; init; } = [];

    /// <summary>What people call a part.</summary>
    public string Called(string part) => Words.GetValueOrDefault(part, part);

    /// <summary>The points of a part, times the format's factor, rounded half up.</summary>
    public int PointsFor(string part, string? format = null) =>
        (int)Math.Round(Points[part] * (format is null ? 1m : Times.GetValueOrDefault(format, 1m)), MidpointRounding.AwayFromZero);

    /// <summary>Whether a part counts only when somebody has confirmed it.</summary>
    public bool Waits(string part) => ConfirmedBy != Confirmer.Nobody && (ConfirmWhen.Count == 0 || ConfirmWhen.Contains(part));
}

/// <summary>Who may confirm a claim; never its author, by whatever account.</summary>
public enum Confirmer
{
    Nobody,

    /// <summary>Any other member.</summary>
    Member,

    /// <summary>Another person who took part.</summary>
    Participant,
}

/// <summary>How often something may be done: per giver, per pair of giver and receiver, or per claim.</summary>
public sealed record Limit(string Per, int Times, CapPeriod Period, string Says);

/// <summary>The most points that a person can earn in a period, from the named rules (such as <c>share.small</c>) or from all.</summary>
public sealed record Cap(string Name, int Points, CapPeriod Period, IReadOnlyList<string> Rules, string Says);

/// <summary>The period of a limit or cap, in the community's zone.</summary>
public enum CapPeriod
{
    Day,
    Week,
}
