using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>Posting, changing and deleting messages.</summary>
internal static partial class SlackChatMethods
{
    // Longer texts are cut short; all blocks together have a limit of their own.
    private const int LongestText = 40_000;
    private const int LongestUpdate = 4_000;

    public static readonly Dictionary<string, Func<SlackRequest, JsonObject>> Handlers = new()
    {
        ["chat.postMessage"] = Post,
        ["chat.postEphemeral"] = PostEphemeral,
        ["chat.update"] = Update,
        ["chat.delete"] = Delete,
        ["chat.getPermalink"] = Permalink,
    };

    /// <summary>What the request says, checked; the refusal is Slack's.</summary>
    public static SlackContent ContentOf(SlackRequest request)
    {
        var args = request.Args;
        if (args.Broken.Contains("metadata"))
            throw Refused(request, "invalid_metadata_format", "metadata is not JSON");
        if (args.Broken.Count > 0 || (args.Has("blocks") && args.Array("blocks") is null))
            throw Refused(request, "invalid_blocks_format", "blocks are not a list");
        if (args.Has("markdown_text") && (args.Has("text") || args.Has("blocks")))
            throw Refused(request, "markdown_text_conflict", "markdown_text together with text or blocks");
        Check(request.Server, request.Method, args.All);
        if (args.Has("blocks") && args.Array("blocks")!.Count > 0 && !args.Has("text"))
            request.Note("blocks without text: notifications would be empty");
        var metadata = args.Object("metadata");
        if (metadata is not null && ((string?)metadata["event_type"] is not { Length: > 0 } || metadata["event_payload"] is not JsonObject))
            throw Refused(request, "invalid_metadata_format", "metadata needs event_type and event_payload");
        var text = args.Has("markdown_text") ? args.Text("markdown_text") : args.Text("text");
        return new(text.Length > LongestText ? text[..LongestText] : text, SlackShapes.WithIds(args.Array("blocks") ?? []), metadata?.DeepClone().AsObject());
    }

    /// <summary>Refuses blocks that break a limit, as <c>invalid_blocks</c> or <c>msg_blocks_too_long</c>, and notes it.</summary>
    public static void Check(SlackServer server, string method, JsonObject message)
    {
        if (BlockKitRules.ProblemsOfMessage(message) is not { Count: > 0 } problems)
            return;
        foreach (var problem in problems)
            server.Note($"{method}: {problem}");
        throw new SlackRefusal(problems.All(problem => problem.StartsWith(BlockKitRules.TooLong, StringComparison.Ordinal)) ? "msg_blocks_too_long" : "invalid_blocks", new()
        {
            ["response_metadata"] = new JsonObject { ["messages"] = new JsonArray([.. problems.Select(problem => JsonValue.Create($"[ERROR] {problem}"))]) },
        });
    }

    [GeneratedRegex(@"^\d{10}\.\d{6}$")]
    public static partial Regex TimeStamp();

    private static SlackRefusal Refused(SlackRequest request, string error, string problem)
    {
        request.Note(problem);
        return new(error);
    }

    /// <summary>The channel of a message; the id of a person stands for the direct conversation with them.</summary>
    private static SlackChannel Target(SlackRequest request)
    {
        var channel = request.Workspace.FindUser(request.Args.Text("channel")) is { Deleted: false, IsBot: false } person ? request.Workspace.DirectOf(person) : request.Channel();
        if (channel.IsArchived)
            throw new SlackRefusal("is_archived");
        return channel;
    }

    private static string? Thread(SlackRequest request, SlackChannel channel)
    {
        if (request.Args.TextOrNull("thread_ts") is not { } thread)
            return null;
        if (!TimeStamp().IsMatch(thread))
            throw Refused(request, "invalid_thread_ts", $"thread_ts {thread} is not a time stamp");
        var parent = request.Workspace.FindMessage(channel.Id, thread) ?? throw new SlackRefusal("thread_not_found");
        if (parent.ThreadTs is { } root && root != parent.Ts)
            request.Note("thread_ts is that of a reply; Slack wants that of the thread's first message");
        return thread;
    }

    private static JsonObject Post(SlackRequest request)
    {
        var channel = Target(request);
        if (!channel.Members.Contains(request.Workspace.BotUser.Id) && request.Token?.Scopes.Contains("chat:write.public") != true)
            throw new SlackRefusal("not_in_channel");
        var content = Said(request);
        var post = new SlackPost(channel.Id, request.Workspace.NextTs(), request.Workspace.BotUser.Id) { ByBot = true, ThreadTs = Thread(request, channel), Broadcast = request.Args.Flag("reply_broadcast") }.Saying(content);
        request.Workspace.MessageList.Add(post);
        request.Afterwards.Add(() => request.Workspace.EchoAsync(channel, post));
        return SlackRequest.Ok(("channel", channel.Id), ("ts", post.Ts), ("message", SlackShapes.Message(request.Workspace, post, withMetadata: true)));
    }

    private static SlackContent Said(SlackRequest request)
    {
        if (!request.Args.Has("text") && !request.Args.Has("blocks") && !request.Args.Has("attachments") && !request.Args.Has("markdown_text"))
            throw Refused(request, "no_text", "a message without text, blocks and attachments");
        return ContentOf(request);
    }

    private static JsonObject PostEphemeral(SlackRequest request)
    {
        var channel = Target(request);
        var user = request.User("user", "user_not_in_channel");
        if (!channel.Members.Contains(request.Workspace.BotUser.Id))
            throw new SlackRefusal("not_in_channel");
        if (!channel.Members.Contains(user.Id))
            throw new SlackRefusal("user_not_in_channel");
        var post = new SlackPost(channel.Id, request.Workspace.NextTs(), request.Workspace.BotUser.Id) { ByBot = true, OnlyUser = user.Id, ThreadTs = Thread(request, channel) }.Saying(Said(request));
        request.Workspace.MessageList.Add(post);
        return SlackRequest.Ok(("message_ts", post.Ts));
    }

    private static JsonObject Update(SlackRequest request)
    {
        var channel = request.Channel();
        var post = request.Workspace.FindMessage(channel.Id, request.Args.Text("ts")) ?? throw new SlackRefusal("message_not_found");
        if (!post.ByBot)
            throw new SlackRefusal("cant_update_message");
        if (request.Args.Text("text").EnumerateRunes().Count() > LongestUpdate)
            throw Refused(request, "msg_too_long", $"text of more than {LongestUpdate} characters");
        var said = Said(request);
        // A text without blocks takes the blocks away; without either they stay, and so does metadata that is not given.
        var next = said with
        {
            Blocks = request.Args.Has("blocks") || request.Args.Has("text") || request.Args.Has("markdown_text") ? said.Blocks : post.Blocks.DeepClone().AsArray(),
            Metadata = said.Metadata ?? post.Metadata?.DeepClone().AsObject(),
        };
        post.Become(next, request.Workspace.NextTs());
        request.Afterwards.Add(() => request.Workspace.EchoChangeAsync(channel, post));
        return SlackRequest.Ok(("channel", channel.Id), ("ts", post.Ts), ("text", post.Text), ("message", SlackShapes.Message(request.Workspace, post, withMetadata: true)));
    }

    private static JsonObject Delete(SlackRequest request)
    {
        var channel = request.Channel();
        var post = request.Workspace.FindMessage(channel.Id, request.Args.Text("ts")) ?? throw new SlackRefusal("message_not_found");
        if (!post.ByBot)
            throw new SlackRefusal("cant_delete_message");
        post.Deleted = true;
        return SlackRequest.Ok(("channel", channel.Id), ("ts", post.Ts));
    }

    private static JsonObject Permalink(SlackRequest request)
    {
        var channel = request.Channel();
        var post = request.Workspace.FindMessage(channel.Id, request.Args.Text("message_ts")) ?? throw new SlackRefusal("message_not_found");
        return SlackRequest.Ok(("channel", channel.Id), ("permalink", $"https://{request.Workspace.Domain}.slack.test/archives/{channel.Id}/p{post.Ts.Replace(".", "", StringComparison.Ordinal)}"));
    }
}
