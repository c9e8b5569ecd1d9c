namespace CopBot.Core.Storage;

/// <summary>The database cannot be used: says which one, why, and the way out. The process ends with exit code 3.</summary>
public sealed class DatabaseProblem(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>More work waits for the database than it can take; nothing was done and the sender may try again.</summary>
public sealed class StoreBusy() : Exception("Too much is waiting to be written. Nothing was stored; try again in a moment.");

/// <summary>The answer to a commit was lost: the work may have been done. Settle it by its key.</summary>
public sealed class OutcomeUnknown(Exception inner) : Exception("The database did not say whether this was stored.", inner);
