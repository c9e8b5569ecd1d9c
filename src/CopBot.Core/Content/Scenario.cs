namespace CopBot.Core.Content;

/// <summary>An incident that a community plays through on the Wheel of Misfortune.</summary>
/// <param name="Name">Such as <c>expired-certificate</c>.</param>
/// <param name="Need">What the business needs, for the backlog that a debrief fills.</param>
/// <param name="Opening">What is known when it begins.</param>
/// <param name="Steps">What becomes known when, in their order.</param>
/// <param name="Hints">Help for those who are stuck, in their order.</param>
/// <param name="Debrief">What to talk about afterwards.</param>
public sealed record Scenario(string Name, string Title, string Need, string Opening, IReadOnlyList<ScenarioStep> Steps, IReadOnlyList<string> Hints, IReadOnlyList<string> Debrief);

/// <summary>Something that becomes known so many minutes after the opening.</summary>
public sealed record ScenarioStep(int Minute, string Says);
