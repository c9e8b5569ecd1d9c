using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>What was said in a channel or a thread.</summary>
internal static class SlackHistoryMethods
{
    public static readonly Dictionary<string, Func<SlackRequest, JsonObject>> Handlers = new()
    {
        ["conversations.history"] = History,
        ["conversations.replies"] = Replies,
    };

    private static SlackChannel Readable(SlackRequest request)
    {
        var channel = request.Channel();
        request.NeedScope($"{channel.ScopeStem}:history");
        return channel.Members.Contains(request.Workspace.BotUser.Id) ? channel : throw new SlackRefusal("not_in_channel");
    }

    private static JsonObject History(SlackRequest request)
    {
        var channel = Readable(request);
        var found = Within(request, request.Workspace.MessageList.Where(post => post.Channel == channel.Id && (post.ThreadTs is null || post.ThreadTs == post.Ts || post.Broadcast)));
        return Page(request, [.. found.Reverse()]);
    }

    private static JsonObject Replies(SlackRequest request)
    {
        var channel = Readable(request);
        var root = request.Args.Text("ts");
        var thread = request.Workspace.MessageList.Where(post => post.Channel == channel.Id && (post.Ts == root || post.ThreadTs == root)).ToList();
        if (thread.Count == 0)
            throw new SlackRefusal("thread_not_found");
        return Page(request, [.. Within(request, thread, always: root)]);
    }

    private static IEnumerable<SlackPost> Within(SlackRequest request, IEnumerable<SlackPost> posts, string? always = null)
    {
        var (oldest, latest) = (Bound(request, "oldest"), Bound(request, "latest"));
        var inclusive = request.Args.Flag("inclusive");
        return posts.Where(post => !post.Deleted && post.OnlyUser is null && (post.Ts == always
            || ((oldest is null || string.CompareOrdinal(post.Ts, oldest) is var after && (after > 0 || (inclusive && after == 0)))
                && (latest is null || string.CompareOrdinal(post.Ts, latest) is var before && (before < 0 || (inclusive && before == 0))))));
    }

    /// <summary>Whole seconds are allowed: they are brought to the form of a time stamp, so that texts compare as times do.</summary>
    private static string? Bound(SlackRequest request, string name)
    {
        if (request.Args.TextOrNull(name) is not { } bound || bound is "0" or "now")
            return null;
        var parts = bound.Split('.');
        return parts.Length <= 2 && Array.TrueForAll(parts, part => part.All(char.IsAsciiDigit)) ? $"{parts[0].PadLeft(10, '0')}.{(parts.Length == 2 ? parts[1] : "").PadRight(6, '0')}" : throw new SlackRefusal($"invalid_ts_{name}");
    }

    private static JsonObject Page(SlackRequest request, IReadOnlyList<SlackPost> posts) => request.Page("messages", posts, post =>
    {
        var message = SlackShapes.Message(request.Workspace, post, request.Args.Flag("include_all_metadata"));
        var replies = request.Workspace.MessageList.Where(other => other.Channel == post.Channel && other.ThreadTs == post.Ts && other.Ts != post.Ts && !other.Deleted && other.OnlyUser is null).ToList();
        if (replies.Count > 0)
            (message["thread_ts"], message["reply_count"], message["latest_reply"]) = (post.Ts, replies.Count, replies[^1].Ts);
        return message;
    });
}
