using CopBot.Core.Chat;

namespace CopBot.Core.Scheduling;

/// <summary>Wakes whoever waits for the next due work: something changed, or its time has come.</summary>
public sealed class DueSignal : Signal;
