using CopBot.Core.Chat;
using CopBot.Core.Content;

namespace CopBot.Core.Features.Wheel;

/// <summary>How a spin reads. What the pack says are the bot's own words.</summary>
internal static class WheelText
{
    public static RichText Words(string words) => words;

    /// <summary>What becomes known next.</summary>
    public static Message Step(Spin spin, Scenario scenario)
    {
        var step = scenario.Steps[spin.StepsTold];
        var last = spin.StepsTold + 1 == scenario.Steps.Count;
        return new(
            $"Minute {step.Minute}: {Words(step.Says)}",
            Card.Of(
                new Note(last ? RichText.Of($"Step {spin.StepsTold + 1} of {scenario.Steps.Count}, the last one.") : RichText.Of($"Step {spin.StepsTold + 1} of {scenario.Steps.Count}.")),
                new Buttons(last ? [new("A hint", "wheel reveal"), new("Debrief", "wheel end")] : [new("What happens next", "wheel next"), new("A hint", "wheel reveal")])));
    }

    /// <summary>All of a scenario, for the game master.</summary>
    public static Message Sheet(Spin spin, Scenario scenario) => new(
        $"You are the game master of spin {spin.Number}, “{Words(scenario.Title)}”. This is for you alone: tell it when it is time, and let them find the rest.",
        Card.Of(
            new Facts(
            [
                .. scenario.Steps.Select(step => new Fact(FormattableString.Invariant($"Minute {step.Minute}"), Words(step.Says))),
                .. scenario.Hints.Select((hint, index) => new Fact(FormattableString.Invariant($"Hint {index + 1}"), Words(hint))),
                .. scenario.Debrief.Select((question, index) => new Fact(FormattableString.Invariant($"Debrief {index + 1}"), Words(question))),
            ]),
            new Note($"{"wheel next":code} tells the next step where the wheel runs, {"wheel reveal":code} a hint.")));
}
