using FuzzySharp;

namespace CopBot.Core.Chat;

/// <summary>How alike two short texts are, in percent.</summary>
public static class Similarity
{
    /// <summary>0 to 100; letter case and outer spaces do not count.</summary>
    public static int Of(string one, string other) => Fuzz.Ratio(one.Trim().ToLowerInvariant(), other.Trim().ToLowerInvariant());
}
