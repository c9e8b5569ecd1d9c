namespace CopBot.Core.Chat;

/// <summary>What a post is that nobody asked for. Channels subscribe to kinds; each has its words in <see cref="PostKinds"/>.</summary>
public enum PostKind
{
    Announcement = 1,
    Week = 2,
    Month = 3,
    Season = 4,
    Rotation = 5,
    Okrs = 6,
    Feedback = 7,
    Library = 8,
}

/// <summary>The catalogue of the kinds of post.</summary>
public static class PostKinds
{
    /// <summary>Every kind, in the order in which people are shown them.</summary>
    public static IReadOnlyList<PostKind> All { get; } = Enum.GetValues<PostKind>();

    /// <summary>The word that people type.</summary>
    public static string NameOf(PostKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>What is posted, in a few words.</summary>
    public static string WhatIs(PostKind kind) => kind switch
    {
        PostKind.Announcement => "what a lead announces",
        PostKind.Week => "the leaderboard of the week that closed",
        PostKind.Month => "the close of a month",
        PostKind.Season => "the close of a season",
        PostKind.Rotation => "who comes and goes in a rotation",
        PostKind.Okrs => "how the objectives stand, once a week",
        PostKind.Feedback => "feedback with its answer",
        PostKind.Library => "what was shared in a week",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "a kind of post without words"),
    };
}
