namespace CopBot.Core.Chat;

/// <summary>Where this process answers over the web; null where it does not.</summary>
public sealed record PublicAddress(Uri? Base);
