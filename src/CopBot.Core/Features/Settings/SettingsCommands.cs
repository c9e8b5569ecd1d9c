using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Settings;

public sealed class SettingsCommands(Work work, ScheduleBook schedules, Audit audit) : ICommands
{
    [Command("settings", "See the community's settings; a lead changes them", Example = "settings zone=Europe/Madrid")]
    public async Task<Reply> ChangeAsync(
        Caller caller,
        [Description("The time zone by its IANA name"), Also("timezone")] string? zone = null,
        [Description("The community's name"), MaxLength(60)] string? name = null,
        [Description("The channel for what concerns everybody"), Also("main"), MaxLength(80)] string? channel = null,
        CancellationToken ct = default)
    {
        var community = caller.Community;
        if (zone is null && name is null && channel is null)
            return Show(community, RichText.Of($"The settings of {community.Name}."));
        if (caller.Role < Role.Lead)
            throw new Refusal($"Only a CoP lead may change settings; {"settings":code} alone shows them. Nothing was changed.");

        var changed = community with
        {
            Zone = zone is null ? community.Zone : ZoneOf(zone),
            Name = name ?? community.Name,
            MainChannel = channel is null ? community.MainChannel : ChannelOf(channel),
        };
        await work.Sql.ExecuteAsync(
            $"update communities set zone = {changed.Zone.Id}, name = {changed.Name}, main_channel = {changed.MainChannel} where id = {work.CommunityId}", ct);
        if (!changed.Zone.Equals(community.Zone))
            await schedules.MoveToAsync(community.Zone, changed.Zone, ct);
        await audit.NoteAsync(caller, "settings", ct, detail: $"zone={changed.Zone.Id} name={changed.Name} channel={changed.MainChannel}");
        return Show(changed, RichText.Of($"The settings are changed. They count from now on; what was booked stays as it is."));
    }

    private static DateTimeZone ZoneOf(string name)
    {
        var zones = DateTimeZoneProviders.Tzdb;
        if (zones.Ids.FirstOrDefault(id => id.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)) is { } known)
            return zones[known];

        var near = zones.Ids.MaxBy(id => Similarity.Of(id, name))!;
        throw Similarity.Of(near, name) >= 60
            ? new Refusal($"There is no zone “{new UserText(name)}”. Did you mean {$"settings zone={near}":code}? Nothing was changed.")
            : new Refusal($"There is no zone “{new UserText(name)}”. Give an IANA name such as {"settings zone=Europe/Madrid":code}. Nothing was changed.");
    }

    private static string ChannelOf(string name) =>
        name.StartsWith('#') && name.Length > 1 && !name.Any(char.IsWhiteSpace)
            ? name
            : throw new Refusal($"A channel is written like {"#general":code}. Nothing was changed.");

    private static Message Show(Community community, RichText summary) => new(summary, Card.Of(new Facts([
        new("Community", RichText.Of($"{community.Name}")),
        new("Zone", RichText.Of($"{community.Zone.Id:code}")),
        new("Main channel", RichText.Of($"{community.MainChannel}")),
        new("Week starts on", RichText.Of($"Monday")),
    ])));
}
