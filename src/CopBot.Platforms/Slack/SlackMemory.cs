using System.Globalization;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Slack.Api;
using CopBot.Platforms.Slack.Workspaces;
using NodaTime;

namespace CopBot.Platforms.Slack;

/// <summary>
/// Every message that the bot posts carries its own key as metadata (https://docs.slack.dev/messaging/message-metadata). By that the channel's
/// history tells whether a message whose answer was lost stands there.
/// </summary>
public sealed class SlackMemory(SlackApi api)
{
    private const string EventType = "copbot_message";
    private const int PageSize = 200;
    private const int MostPages = 5;

    // Slack's clock and ours differ a little.
    private static readonly Duration Before = Duration.FromMinutes(2);

    /// <summary>What a message carries.</summary>
    public static JsonObject MetadataOf(Delivery delivery) => new() { ["event_type"] = EventType, ["event_payload"] = new JsonObject { ["key"] = KeyOf(delivery) } };

    /// <summary>Looks for a message in a channel; in a thread of it first, where it was meant for one: where that was deleted it stands outside.</summary>
    public async Task<Fate> FindAsync(Workspace workspace, string channel, string? thread, Delivery delivery, CancellationToken ct)
    {
        var oldest = (delivery.At - Before).ToUnixTimeMilliseconds() / 1000m;
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            var args = new JsonObject { ["channel"] = channel, ["oldest"] = oldest.ToString("0.000000", CultureInfo.InvariantCulture), ["limit"] = PageSize, ["include_all_metadata"] = true };
            if (thread is not null)
                args["ts"] = thread;
            if (cursor is not null)
                args["cursor"] = cursor;
            var answer = await api.CallAsync(thread is null ? SlackMethod.History : SlackMethod.Replies, workspace.Token, args, ct);
            if (answer.Error == "thread_not_found")
                return await FindAsync(workspace, channel, null, delivery, ct);
            if (!answer.IsDone)
                return answer.Outcome == SlackOutcome.Permanent ? OfRefusal(answer, delivery) : new Fate(FateKind.Later, RetryAfter: answer.RetryAfter);

            foreach (var message in answer.Body.Objects("messages"))
            {
                var metadata = message.Object("metadata");
                if (metadata.Text("event_type") == EventType && metadata.Object("event_payload").Text("key") == KeyOf(delivery))
                    return new Fate(FateKind.Said, message.TextOrNull("ts"));
            }

            cursor = answer.Body.Object("response_metadata").TextOrNull("next_cursor");
            if (cursor is null)
                return thread is null ? new Fate(FateKind.NotSaid) : await FindAsync(workspace, channel, null, delivery, ct);
        }

        return new Fate(FateKind.Unknowable);
    }

    // Where the bot cannot even read it could not post either, but for the way back of whoever asked; all else is for a person to look at.
    private static Fate OfRefusal(SlackAnswer answer, Delivery delivery) =>
        new(answer.Error is "channel_not_found" or "not_in_channel" or "is_archived" && delivery.ReplyTo is null ? FateKind.NotSaid
            : answer.Error is "invalid_auth" or "token_revoked" or "token_expired" or "account_inactive" ? FateKind.Later
            : FateKind.Unknowable);

    // The row's number alone would come again in another database.
    private static string KeyOf(Delivery delivery) => string.Create(CultureInfo.InvariantCulture, $"{delivery.Id}-{delivery.At.ToUnixTimeMilliseconds()}");
}
