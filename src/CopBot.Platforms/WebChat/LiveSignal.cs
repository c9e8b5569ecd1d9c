using CopBot.Core.Chat;

namespace CopBot.Platforms.WebChat;

/// <summary>Wakes every open page at once when there may be something new to show.</summary>
public sealed class LiveSignal : Signal;
