using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Platforms.Discord.Guilds;

namespace CopBot.Platforms.Discord.Intake;

/// <summary>
/// What becomes of accounts, channels and servers, as far as the League has to know. Noting something twice is noting it once, so a late or repeated event
/// does no harm.
/// </summary>
public sealed class DiscordChanges(Store store, Communities communities, DiscordGuilds guilds, DiscordMembers members)
{
    /// <summary>Notes it, where it concerns the bot.</summary>
    public Task NoteAsync(string kind, JsonObject data, CancellationToken ct) => kind switch
    {
        "GUILD_MEMBER_REMOVE" => LeftAsync(data, left: true, ct),
        "GUILD_MEMBER_ADD" => LeftAsync(data, left: false, ct),
        "GUILD_MEMBER_UPDATE" when data.Object("user").Text("id") != guilds.BotUser => Named(data),
        "CHANNEL_DELETE" => DeletedAsync(data, ct),
        "GUILD_CREATE" => BackAsync(data.Text("id"), ct),
        "CHANNEL_CREATE" or "CHANNEL_UPDATE" or "GUILD_ROLE_UPDATE" or "GUILD_MEMBER_UPDATE" => BackAsync(data.Text("guild_id"), ct),
        _ => Task.CompletedTask,
    };

    private Task LeftAsync(JsonObject data, bool left, CancellationToken ct)
    {
        var guild = data.Text("guild_id");
        if (guilds.Find(guild) is null || data.Object("user").TextOrNull("id") is null)
            return Task.CompletedTask;

        var member = members.Note(guild, data.Object("user"), data);
        return WriteAsync(guild, (work, token) => work.Get<IDirectory>().SetLeftAsync(DiscordMembers.HandleOf(guild, member), left, token), ct);
    }

    private Task Named(JsonObject data)
    {
        if (guilds.Find(data.Text("guild_id")) is { } guild)
            members.Note(guild.Id, data.Object("user"), data);
        return Task.CompletedTask;
    }

    // A server has many channels that are nothing to the League; only where it ever said something somebody is told.
    private Task DeletedAsync(JsonObject data, CancellationToken ct)
    {
        var place = new Place(DiscordPlatform.PlatformName, data.Text("guild_id"), data.Text("id"));
        return WriteAsync(place.Workspace, async (work, token) =>
        {
            if (await work.Sql.ScalarAsync<int>($"select count(*) from (select 1 as one from outbox where platform = {place.Platform} and workspace = {place.Workspace} and place = {place.Id} limit 1) said", token) > 0)
                await work.Get<GonePlaces>().SetAsync(place, "it was deleted", token);
        }, ct);
    }

    // Whatever changed, where the bot may post again what waited goes out.
    private async Task BackAsync(string guild, CancellationToken ct)
    {
        var gone = await store.ReadAsync(communities.Of(DiscordPlatform.PlatformName, guild), (work, token) => work.Get<GonePlaces>().ListAsync(token), ct);
        foreach (var place in gone.Where(place => place.Platform == DiscordPlatform.PlatformName && place.Workspace == guild && guilds.MayPost(guild, place.Id)))
            await WriteAsync(guild, (work, token) => work.Get<GonePlaces>().ReturnAsync(place, token), ct);
    }

    private Task WriteAsync(string guild, Func<Work, CancellationToken, Task> write, CancellationToken ct) => store.WriteAsync(communities.Of(DiscordPlatform.PlatformName, guild), write, ct);
}
