namespace CopBot.Core.Content;

/// <summary>Reads <c>wheel.yaml</c>.</summary>
internal sealed class WheelReader(PackProblems problems)
{
    private const int LongestMinutes = 240;

    public IReadOnlyList<Scenario> Read(YamlNode document)
    {
        var map = new YamlMap("the file", 1, document, problems, ["scenarios"]).Map("scenarios", known: null);
        return [.. map.Keys.Select(name => ScenarioOf(name, map))];
    }

    private Scenario ScenarioOf(string name, YamlMap scenarios)
    {
        PackText.CheckName(name, scenarios.LineOf(name), problems);
        var map = scenarios.Map(name, ["title", "need", "opening", "steps", "hints", "debrief"]);
        var before = problems.Count;
        var steps = map.Items("steps", "a list such as `- { at: 5, says: The first customers call }`").Select(StepOf).ToList();

        // A minute that cannot be read stands nowhere.
        for (var index = 1; index < steps.Count && problems.Count == before; index++)
        {
            if (steps[index].Step.Minute <= steps[index - 1].Step.Minute)
                problems.Add(steps[index].Line, $"the step at minute {steps[index].Step.Minute} stands behind the one at minute {steps[index - 1].Step.Minute}; put them in the order of time");
        }

        if (steps.Count == 0 && map.Has("steps"))
            problems.Add(map.LineOf("steps"), $"{Quote.Of(name)} has no steps; an incident without news is none");
        return new(
            name, map.Text("title"), map.Text("need"), map.Text("opening"), [.. steps.Select(step => step.Step)],
            [.. map.Words("hints", "write at least one").Select(hint => hint.Text)],
            [.. map.Words("debrief", "write at least one question").Select(question => question.Text)]);
    }

    private (ScenarioStep Step, int Line) StepOf(YamlNode node)
    {
        var map = new YamlMap("this step", node.Line, node, problems, ["at", "says"]);
        return (new(map.Whole("at", 0, LongestMinutes), map.Text("says")), node.Line);
    }
}
