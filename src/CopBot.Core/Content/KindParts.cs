namespace CopBot.Core.Content;

/// <summary>The kinds of contribution that there is code for, and the parts that each of them books.</summary>
internal static class KindParts
{
    public const string Share = "share";

    public static readonly IReadOnlyList<string> Kinds =
        [Share, "experiment-start", "experiment-result", "mob", "win", "failure", "outcome", "kudos", "used"];

    /// <summary>The parts of a kind; those of a share are the sizes.</summary>
    public static IReadOnlyList<string> Of(string kind, IReadOnlyList<string> sizes) => kind switch
    {
        Share => sizes,
        "experiment-start" => ["with-measure", "without-measure"],
        "experiment-result" => ["result"],
        "mob" => ["participant", "host"],
        "win" or "failure" => ["story"],
        "outcome" => ["outcome"],
        "kudos" => ["receiver", "giver"],
        "used" => ["author", "user"],
        _ => throw new InvalidOperationException($"no parts are known of the kind {kind}"),
    };
}
