using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>What people say and what happens in the workspace, sent to the bot as events.</summary>
public sealed partial class SlackWorkspace
{
    /// <summary>A person writes in a channel or a thread: a mention where they name the bot, a message where the app listens to all.</summary>
    public async Task<SlackDelivery> SayAsync(SlackUser by, SlackChannel where, string text, string? threadTs = null)
    {
        SlackPost post;
        lock (server.Gate)
        {
            // Slack lets nobody write in a channel that they have not joined.
            where.Members.Add(by.Id);
            post = new SlackPost(where.Id, NextTs(), by.Id) { ThreadTs = threadTs }.Saying(new(text, SlackShapes.Typed(text), null));
            messages.Add(post);
        }
        return await SpokenAsync(where, post, SlackShapes.Message(this, post));
    }

    /// <summary>A person writes to the bot directly.</summary>
    public Task<SlackDelivery> DirectAsync(SlackUser by, string text, string? threadTs = null) => SayAsync(by, DirectOf(by), text, threadTs);

    /// <summary>A person changes their message: message_changed, and a mention again where they name the bot.</summary>
    public async Task<SlackDelivery> EditAsync(SlackPost post, string newText)
    {
        var channel = FindChannel(post.Channel)!;
        JsonObject changed, mention;
        lock (server.Gate)
        {
            var before = SlackShapes.Message(this, post);
            post.Become(new(newText, SlackShapes.Typed(newText), null), NextTs());
            mention = SlackShapes.Message(this, post);
            changed = new()
            {
                ["type"] = "message",
                ["subtype"] = "message_changed",
                ["channel"] = channel.Id,
                ["hidden"] = true,
                ["message"] = mention.DeepClone(),
                ["previous_message"] = before,
                ["channel_type"] = channel.Type,
                ["ts"] = post.EditedTs,
                ["event_ts"] = post.EditedTs,
            };
        }
        var told = await TellAsync(changed);
        return await MentionedAsync(channel, post, mention, told);
    }

    /// <summary>A person deletes their message.</summary>
    public async Task<SlackDelivery> RemoveAsync(SlackPost post)
    {
        var channel = FindChannel(post.Channel)!;
        JsonObject gone;
        lock (server.Gate)
        {
            post.Deleted = true;
            var ts = NextTs();
            gone = new()
            {
                ["type"] = "message",
                ["subtype"] = "message_deleted",
                ["channel"] = channel.Id,
                ["hidden"] = true,
                ["deleted_ts"] = post.Ts,
                ["previous_message"] = SlackShapes.Message(this, post),
                ["channel_type"] = channel.Type,
                ["ts"] = ts,
                ["event_ts"] = ts,
            };
        }
        return await TellAsync(gone) with { Post = post };
    }

    /// <summary>A person puts a reaction on a message, or takes it away.</summary>
    public async Task<SlackDelivery> ReactAsync(SlackUser by, SlackChannel channel, string ts, string emoji, bool added = true)
    {
        JsonObject said;
        lock (server.Gate)
        {
            var post = FindMessage(channel.Id, ts) ?? throw new InvalidOperationException($"no message {ts} in {channel.Name}");
            if (added)
                post.ReactionList.Add((emoji, by.Id));
            else
                post.ReactionList.Remove((emoji, by.Id));
            said = Reaction(by, post, emoji, added, NextTs());
        }
        return await TellAsync(said);
    }

    /// <summary>A person opens the app's home tab.</summary>
    public Task<SlackDelivery> OpenHomeAsync(SlackUser by, string tab = "home")
    {
        var said = new JsonObject { ["type"] = "app_home_opened", ["user"] = by.Id, ["channel"] = DirectOf(by).Id, ["tab"] = tab, ["event_ts"] = server.Locked(NextTs) };
        if (tab == "home" && Homes.TryGetValue(by.Id, out var home))
            said["view"] = home.DeepClone();
        return TellAsync(said);
    }

    /// <summary>The person's account is switched off.</summary>
    public Task<SlackDelivery> DeactivateAsync(SlackUser user)
    {
        lock (server.Gate)
        {
            user.Deleted = true;
            foreach (var channel in channels.Where(channel => channel.DirectWith is null))
                channel.Members.Remove(user.Id);
            foreach (var group in groups)
                group.Members.Remove(user.Id);
        }
        return TellAsync(new() { ["type"] = "user_change", ["user"] = SlackShapes.User(user, withLocale: true), ["cache_ts"] = server.Clock.GetUtcNow().ToUnixTimeSeconds(), ["event_ts"] = server.Locked(NextTs) });
    }

    /// <summary>Something about the person was changed by the test: their name, time zone, locale.</summary>
    public Task<SlackDelivery> ChangedAsync(SlackUser user) =>
        TellAsync(new() { ["type"] = "user_change", ["user"] = SlackShapes.User(user, withLocale: true), ["cache_ts"] = server.Clock.GetUtcNow().ToUnixTimeSeconds(), ["event_ts"] = server.Locked(NextTs) });

    /// <summary>Somebody archives the channel.</summary>
    public Task<SlackDelivery> ArchiveAsync(SlackChannel channel, SlackUser? by = null)
    {
        channel.IsArchived = true;
        return TellAsync(new() { ["type"] = channel.IsPrivate ? "group_archive" : "channel_archive", ["channel"] = channel.Id, ["user"] = (by ?? Users[^1]).Id, ["is_moved"] = 0, ["event_ts"] = server.Locked(NextTs) });
    }

    /// <summary>Somebody renames the channel.</summary>
    public Task<SlackDelivery> RenameAsync(SlackChannel channel, string name)
    {
        channel.Name = name;
        return TellAsync(new()
        {
            ["type"] = channel.IsPrivate ? "group_rename" : "channel_rename",
            ["event_ts"] = server.Locked(NextTs),
            ["channel"] = new JsonObject { ["id"] = channel.Id, ["is_channel"] = !channel.IsPrivate, ["is_mpim"] = false, ["name"] = name, ["name_normalized"] = name, ["created"] = 1_767_600_000 },
        });
    }

    /// <summary>Somebody removes the bot from the channel: both events that Slack sends then.</summary>
    public async Task<SlackDelivery> RemoveBotAsync(SlackChannel channel)
    {
        lock (server.Gate)
            channel.Members.Remove(BotUser.Id);
        var left = await TellAsync(Membership(BotUser, channel, joined: false));
        var told = await TellAsync(new() { ["type"] = channel.IsPrivate ? "group_left" : "channel_left", ["channel"] = channel.Id, ["actor_id"] = Users[^1].Id, ["event_ts"] = server.Locked(NextTs) });
        return left with { Also = [told] };
    }

    /// <summary>Somebody comes into the channel; the bot too.</summary>
    public Task<SlackDelivery> JoinAsync(SlackUser user, SlackChannel channel)
    {
        lock (server.Gate)
            channel.Members.Add(user.Id);
        return TellAsync(Membership(user, channel, joined: true));
    }

    /// <summary>Somebody leaves the channel.</summary>
    public Task<SlackDelivery> LeaveAsync(SlackUser user, SlackChannel channel)
    {
        lock (server.Gate)
            channel.Members.Remove(user.Id);
        return TellAsync(Membership(user, channel, joined: false));
    }

    /// <summary>Somebody changes who is in a user group.</summary>
    public Task<SlackDelivery> ChangeMembersAsync(SlackUserGroup group, params IEnumerable<SlackUser> members)
    {
        lock (server.Gate)
        {
            var (before, updated) = (group.Members.ToList(), group.Updated);
            group.Members.Clear();
            group.Members.AddRange(members.Select(member => member.Id));
            group.Updated = server.Clock.GetUtcNow();
            return TellAsync(MembersChanged(group, before, updated, Team));
        }
    }

    /// <summary>Somebody removes the app from the workspace: its tokens die, and both events are sent.</summary>
    public async Task<SlackDelivery> UninstallAsync()
    {
        lock (server.Gate)
            Uninstall();
        var told = await TellAsync(new() { ["type"] = "tokens_revoked", ["tokens"] = new JsonObject { ["oauth"] = new JsonArray(), ["bot"] = new JsonArray(BotUser.Id) }, ["event_ts"] = server.Locked(NextTs) });
        return await TellAsync(new() { ["type"] = "app_uninstalled", ["event_ts"] = server.Locked(NextTs) }) with { Also = [told] };
    }

    /// <summary>Any event, sent whether the app subscribes to it or not.</summary>
    public Task<SlackDelivery> EventAsync(JsonObject said, SlackDisturbance? disturbance = null) => server.DeliverAsync(Wrap(said), SlackKind.Event, disturbance);

    /// <summary>The envelope of an event, as the Events API sends it; a test may hand it to <see cref="SlackServer.DeliverAsync"/>.</summary>
    public JsonObject Wrap(JsonObject said)
    {
        lock (server.Gate)
        {
            var copy = said.DeepClone().AsObject();
            copy["event_ts"] ??= NextTs();
            return new()
            {
                ["token"] = server.VerificationToken,
                ["team_id"] = Team,
                ["context_team_id"] = Team,
                ["context_enterprise_id"] = null,
                ["api_app_id"] = server.AppId,
                ["event"] = copy,
                ["type"] = "event_callback",
                ["event_id"] = Id("Ev"),
                ["event_time"] = server.Clock.GetUtcNow().ToUnixTimeSeconds(),
                ["is_ext_shared_channel"] = false,
                ["event_context"] = $"4-{SlackKeys.Secret(8)}",
                ["authorizations"] = new JsonArray(new JsonObject { ["enterprise_id"] = null, ["team_id"] = Team, ["user_id"] = BotUser.Id, ["is_bot"] = true, ["is_enterprise_install"] = false }),
            };
        }
    }

    internal static JsonObject Reaction(SlackUser by, SlackPost post, string emoji, bool added, string ts) => new()
    {
        ["type"] = added ? "reaction_added" : "reaction_removed",
        ["user"] = by.Id,
        ["reaction"] = emoji,
        ["item"] = new JsonObject { ["type"] = "message", ["channel"] = post.Channel, ["ts"] = post.Ts },
        ["item_user"] = post.Author,
        ["event_ts"] = ts,
    };

    internal static JsonObject Membership(SlackUser user, SlackChannel channel, bool joined) => new()
    {
        ["type"] = joined ? "member_joined_channel" : "member_left_channel",
        ["user"] = user.Id,
        ["channel"] = channel.Id,
        ["channel_type"] = channel.IsPrivate ? "G" : "C",
        ["team"] = user.Team,
    };

    internal static JsonObject MembersChanged(SlackUserGroup group, List<string> before, DateTimeOffset updated, string team)
    {
        var (added, removed) = (group.Members.Except(before).ToList(), before.Except(group.Members).ToList());
        return new()
        {
            ["type"] = "subteam_members_changed",
            ["subteam_id"] = group.Id,
            ["team_id"] = team,
            ["date_previous_update"] = updated.ToUnixTimeSeconds(),
            ["date_update"] = group.Updated.ToUnixTimeSeconds(),
            ["added_users"] = new JsonArray([.. added.Select(id => JsonValue.Create(id))]),
            ["added_users_count"] = added.Count,
            ["removed_users"] = new JsonArray([.. removed.Select(id => JsonValue.Create(id))]),
            ["removed_users_count"] = removed.Count,
        };
    }

    /// <summary>Sends an event if the app subscribes to its type.</summary>
    internal Task<SlackDelivery> TellAsync(JsonObject said)
    {
        var type = (string)said["type"]!;
        var subscription = type != "message" ? type : "message." + ((string?)said["channel_type"] switch { "im" => "im", "mpim" => "mpim", "group" => "groups", _ => "channels" });
        return server.SubscribedEvents.Contains(subscription) ? EventAsync(said) : Task.FromResult(new SlackDelivery(SlackDeliveryStatus.NotSubscribed));
    }

    /// <summary>The app is sent its own messages too, where it listens to the channel.</summary>
    internal async Task EchoAsync(SlackChannel channel, SlackPost post) => await TellAsync(AsEvent(channel, post, SlackShapes.Message(this, post)));

    internal async Task EchoChangeAsync(SlackChannel channel, SlackPost post) => await TellAsync(new()
    {
        ["type"] = "message",
        ["subtype"] = "message_changed",
        ["channel"] = channel.Id,
        ["hidden"] = true,
        ["message"] = SlackShapes.Message(this, post),
        ["channel_type"] = channel.Type,
        ["ts"] = post.EditedTs,
        ["event_ts"] = post.EditedTs,
    });

    private static JsonObject AsEvent(SlackChannel channel, SlackPost post, JsonObject message)
    {
        var said = message.DeepClone().AsObject();
        (said["channel"], said["channel_type"], said["event_ts"]) = (channel.Id, channel.Type, post.Ts);
        return said;
    }

    private async Task<SlackDelivery> SpokenAsync(SlackChannel channel, SlackPost post, JsonObject message)
    {
        // Where the bot is not, it hears nothing.
        var told = channel.Members.Contains(BotUser.Id) ? await TellAsync(AsEvent(channel, post, message)) : new(SlackDeliveryStatus.NotSubscribed);
        return await MentionedAsync(channel, post, message, told);
    }

    private async Task<SlackDelivery> MentionedAsync(SlackChannel channel, SlackPost post, JsonObject message, SlackDelivery told)
    {
        if (channel.Type is "im" || !channel.Members.Contains(BotUser.Id) || !post.Text.Contains(BotUser.Mention, StringComparison.Ordinal))
            return told with { Post = post };
        var said = AsEvent(channel, post, message);
        said.Remove("channel_type");
        (said["type"], said["event_ts"]) = ("app_mention", post.EditedTs ?? post.Ts);
        var mentioned = await TellAsync(said);
        return mentioned with { Post = post, Also = told.Status == SlackDeliveryStatus.NotSubscribed ? [] : [told] };
    }
}
