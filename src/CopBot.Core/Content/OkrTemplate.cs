namespace CopBot.Core.Content;

/// <summary>An objective of the pack to begin with.</summary>
public sealed record OkrTemplate(string Name, string Objective, IReadOnlyList<KeyResultTemplate> KeyResults);

/// <summary>One of its key results; the measure is what it counts by itself, null where people check in.</summary>
public sealed record KeyResultTemplate(string Title, decimal Baseline, decimal Target, string Unit, string? Measure);
