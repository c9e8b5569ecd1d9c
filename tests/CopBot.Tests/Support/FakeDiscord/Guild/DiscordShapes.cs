using System.Globalization;
using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>How Discord writes its things as JSON.</summary>
internal static class DiscordShapes
{
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff+00:00", CultureInfo.InvariantCulture);

    public static string Bits(ulong bits) => bits.ToString(CultureInfo.InvariantCulture);

    public static JsonObject User(DiscordUser user)
    {
        var shape = new JsonObject
        {
            ["id"] = user.Id,
            ["username"] = user.Username,
            ["avatar"] = null,
            ["discriminator"] = user.IsBot ? "0001" : "0",
            ["public_flags"] = 0,
            ["global_name"] = user.GlobalName,
            ["avatar_decoration_data"] = null,
            ["collectibles"] = null,
            ["primary_guild"] = null,
        };
        if (user.IsBot)
            shape["bot"] = true;
        return shape;
    }

    public static JsonObject Member(DiscordMember member, bool withUser = true)
    {
        var shape = new JsonObject
        {
            ["nick"] = member.Nick,
            ["avatar"] = null,
            ["banner"] = null,
            ["roles"] = new JsonArray([.. member.Roles.Select(role => JsonValue.Create(role))]),
            ["joined_at"] = Time(member.JoinedAt),
            ["premium_since"] = null,
            ["deaf"] = false,
            ["mute"] = false,
            ["flags"] = 0,
            ["pending"] = false,
            ["communication_disabled_until"] = null,
        };
        if (withUser)
            shape["user"] = User(member.User);
        return shape;
    }

    public static JsonObject Role(DiscordRole role) => new()
    {
        ["id"] = role.Id,
        ["name"] = role.Name,
        ["description"] = null,
        ["permissions"] = Bits(role.Permissions),
        ["position"] = role.Position,
        ["color"] = role.Color,
        ["colors"] = new JsonObject { ["primary_color"] = role.Color, ["secondary_color"] = null, ["tertiary_color"] = null },
        ["hoist"] = role.Hoist,
        ["managed"] = role.Managed,
        ["mentionable"] = role.Mentionable,
        ["icon"] = null,
        ["unicode_emoji"] = null,
        ["flags"] = 0,
    };

    public static JsonObject Channel(DiscordChannel channel)
    {
        var shape = new JsonObject { ["id"] = channel.Id, ["type"] = channel.Type, ["last_message_id"] = null, ["flags"] = 0 };
        if (channel.IsDirect)
        {
            shape["recipients"] = new JsonArray(User(channel.Recipient!));
            return shape;
        }
        shape["guild_id"] = channel.Guild!.Id;
        shape["name"] = channel.Name;
        shape["parent_id"] = channel.Parent?.Id;
        shape["rate_limit_per_user"] = 0;
        if (channel.IsThread)
        {
            shape["owner_id"] = channel.OwnerId;
            shape["message_count"] = 0;
            shape["member_count"] = 1;
            shape["total_message_sent"] = 0;
            shape["applied_tags"] = new JsonArray([.. channel.AppliedTags.Select(tag => JsonValue.Create(tag))]);
            shape["thread_metadata"] = new JsonObject
            {
                ["archived"] = channel.Archived,
                ["archive_timestamp"] = "2026-01-01T00:00:00.000000+00:00",
                ["auto_archive_duration"] = 1440,
                ["locked"] = channel.Locked,
                ["create_timestamp"] = "2026-01-01T00:00:00.000000+00:00",
            };
            return shape;
        }
        shape["topic"] = channel.Topic;
        shape["position"] = channel.Position;
        shape["nsfw"] = false;
        shape["permission_overwrites"] = new JsonArray([.. channel.Overwrites.Select(overwrite => new JsonObject { ["id"] = overwrite.Id, ["type"] = overwrite.Type, ["allow"] = Bits(overwrite.Allow), ["deny"] = Bits(overwrite.Deny) })]);
        if (channel.IsForum)
        {
            shape["flags"] = channel.RequiresTag ? 1 << 4 : 0;
            shape["available_tags"] = new JsonArray([.. channel.Tags.Select(tag => new JsonObject { ["id"] = tag.Id, ["name"] = tag.Name, ["moderated"] = false, ["emoji_id"] = null, ["emoji_name"] = null })]);
        }
        return shape;
    }

    public static JsonObject Guild(DiscordGuild guild) => new()
    {
        ["id"] = guild.Id,
        ["name"] = guild.Name,
        ["icon"] = null,
        ["description"] = null,
        ["home_header"] = null,
        ["splash"] = null,
        ["discovery_splash"] = null,
        ["features"] = new JsonArray(),
        ["banner"] = null,
        ["owner_id"] = guild.OwnerId,
        ["application_id"] = null,
        ["region"] = "deprecated",
        ["afk_channel_id"] = null,
        ["afk_timeout"] = 300,
        ["system_channel_id"] = null,
        ["system_channel_flags"] = 0,
        ["widget_enabled"] = false,
        ["widget_channel_id"] = null,
        ["verification_level"] = 0,
        ["roles"] = new JsonArray([.. guild.RoleList.Select(Role)]),
        ["default_message_notifications"] = 1,
        ["mfa_level"] = 0,
        ["explicit_content_filter"] = 0,
        ["max_presences"] = null,
        ["max_members"] = 500_000,
        ["vanity_url_code"] = null,
        ["premium_tier"] = 0,
        ["premium_subscription_count"] = 0,
        ["preferred_locale"] = guild.Locale,
        ["rules_channel_id"] = null,
        ["public_updates_channel_id"] = null,
        ["safety_alerts_channel_id"] = null,
        ["nsfw"] = false,
        ["nsfw_level"] = 0,
        ["premium_progress_bar_enabled"] = false,
        ["emojis"] = new JsonArray(),
        ["stickers"] = new JsonArray(),
    };

    public static JsonObject Message(DiscordMessage message, bool withReplied = true)
    {
        var server = message.Channel.Guild?.Server ?? message.Channel.Home!;
        var shape = new JsonObject
        {
            ["id"] = message.Id,
            ["channel_id"] = message.Channel.Id,
            ["type"] = message.Type,
            ["author"] = User(message.Author),
            ["content"] = message.Text,
            ["timestamp"] = Time(message.At),
            ["edited_timestamp"] = message.EditedAt is { } edited ? Time(edited) : null,
            ["tts"] = false,
            ["mention_everyone"] = message.Content.Pinged.Any(ping => ping is "@everyone" or "@here"),
            ["mentions"] = new JsonArray([.. DiscordMentions.UsersIn(message.Text).Select(server.FindUser).OfType<DiscordUser>().Select(User)]),
            ["mention_roles"] = new JsonArray([.. message.Content.Pinged.Where(ping => ping.StartsWith("<@&", StringComparison.Ordinal)).Select(ping => JsonValue.Create(ping[3..^1]))]),
            ["attachments"] = new JsonArray(),
            ["embeds"] = message.Embeds.DeepClone(),
            ["components"] = message.Components.DeepClone(),
            ["pinned"] = false,
            ["flags"] = message.Flags,
        };
        if (message.ReactionList.Count > 0)
            shape["reactions"] = new JsonArray([.. message.ReactionList.GroupBy(reaction => reaction.Emoji).Select(group => new JsonObject
            {
                ["emoji"] = Emoji(group.Key),
                ["count"] = group.Count(),
                ["count_details"] = new JsonObject { ["burst"] = 0, ["normal"] = group.Count() },
                ["burst_colors"] = new JsonArray(),
                ["me_burst"] = false,
                ["burst_me"] = false,
                ["me"] = group.Any(reaction => reaction.User == server.BotUser.Id),
                ["burst_count"] = 0,
            })]);
        if (message.Nonce is not null)
            shape["nonce"] = message.Nonce.DeepClone();
        if (message.Interaction is { } interaction)
        {
            (shape["application_id"], shape["webhook_id"]) = (message.Author.Id, message.Author.Id);
            shape["interaction_metadata"] = new JsonObject { ["id"] = interaction.Id, ["type"] = interaction.Type, ["user"] = User(interaction.User), ["authorizing_integration_owners"] = new JsonObject() };
        }
        if (message.RepliesTo is { } replied)
        {
            shape["message_reference"] = new JsonObject { ["type"] = 0, ["channel_id"] = replied.Channel.Id, ["message_id"] = replied.Id, ["guild_id"] = replied.Channel.Guild?.Id };
            if (withReplied)
                shape["referenced_message"] = replied.Deleted ? null : Message(replied, withReplied: false);
        }
        return shape;
    }

    /// <summary>A unicode emoji by itself; a guild's own as <c>name:id</c>.</summary>
    public static JsonObject Emoji(string emoji) => emoji.Split(':') is [var name, var id] ? new() { ["id"] = id, ["name"] = name } : new() { ["id"] = null, ["name"] = emoji };
}
