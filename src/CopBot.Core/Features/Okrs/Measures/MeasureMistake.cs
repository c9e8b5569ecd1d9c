using CopBot.Core.Chat;

namespace CopBot.Core.Features.Okrs.Measures;

/// <summary>A measure that cannot be read: which word of it is wrong, where it begins (from 0), and what would be right.</summary>
public sealed class MeasureMistake(string word, int at, string problem) : Exception(problem)
{
    private const int MostRepeated = 40;

    /// <summary>The word as it was typed; empty where something is missing at the end.</summary>
    public string Word { get; } = word;

    /// <summary>The word's first character.</summary>
    public int At { get; } = at;

    /// <summary>What is said to whoever typed it.</summary>
    public Refusal ToRefusal() => Word.Length == 0
        ? new($"The measure ends too early: {new UserText(Message)}. Nothing was stored.")
        : new($"I do not understand “{new UserText(TextRules.Short(Word, MostRepeated))}” in the measure, at character {At + 1}: {new UserText(Message)}. Nothing was stored.");
}
