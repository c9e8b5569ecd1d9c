using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Settings;

public sealed class SettingsCommands(Work work, ScheduleBook schedules, Posts posts, Channels channels, DueSignal due, Audit audit) : ICommands
{
    internal const string Off = "off";
    private const int MostPosts = 100;

    [Command("settings", "See the community's settings; a lead changes them", Example = "settings zone=Europe/Madrid")]
    public async Task<Reply> ChangeAsync(
        Caller caller,
        [Description("The time zone by its IANA name"), Also("timezone")] string? zone = null,
        [Description("The community's name"), MaxLength(60)] string? name = null,
        [Description("The channel for what concerns everybody"), Also("main"), MaxLength(80)] string? channel = null,
        [Description("When the closed week is posted, such as monday 09:00, or off"), MaxLength(40)] string? week = null,
        [Description("When anything is said unasked, such as mon-fri 09:00-17:00, or off for any time"), MaxLength(60)] string? hours = null,
        [Description("How many unasked posts a channel hears in a week, or off for any number"), MaxLength(10)] string? budget = null,
        [Description("Whether a second lead approves announcements"), OneOf("on", "off")] string? approval = null,
        [Description("In which language dates are understood, beside English"), OneOf("en", "es")] string? language = null,
        CancellationToken ct = default)
    {
        var community = caller.Community;
        if (new[] { zone, name, channel, week, hours, budget, approval, language }.All(one => one is null))
            return Show(community, RichText.Of($"The settings of {community.Name}."));
        if (caller.Role < Role.Lead)
            throw new Refusal($"Only a CoP lead may change settings; {"settings":code} alone shows them. Nothing was changed.");

        var changed = community with
        {
            Zone = zone is null ? community.Zone : ZoneText.Read(zone, "settings"),
            Name = name ?? community.Name,
            MainChannel = channel is null ? community.MainChannel : ChannelOf(channel),
            WeekPost = week is null ? community.WeekPost : WeekPostOf(week),
            Hours = hours is null ? community.Hours : HoursOf(hours),
            Budget = budget is null ? community.Budget : BudgetOf(budget),
            Approval = approval is null ? community.Approval : approval == "on",
            Language = language ?? community.Language,
        };
        if (channel is not null && channels.LacksMain(changed, caller.Said.Place))
            throw new Refusal($"I know no channel “{new UserText(TextRules.Short(channel, 40))}”. Invite me there first, or name one that I am in, such as {community.MainChannel:code}. Nothing was changed.");
        await work.Sql.ExecuteAsync(
            $"""
            update communities set zone = {changed.Zone.Id}, name = {changed.Name}, main_channel = {changed.MainChannel}, week_post = {changed.WeekPost?.ToString() ?? Off},
                working_hours = {changed.Hours?.ToString()}, budget = {changed.Budget}, approval = {changed.Approval}, language = {changed.Language}
            where id = {work.CommunityId}
            """, ct);
        work.Community = null;
        if (!changed.Zone.Equals(community.Zone))
            await schedules.MoveToAsync(community.Zone, changed.Zone, ct);
        await posts.ReconsiderAsync(community, changed, ct);
        work.AfterCommit(due.Set);
        await audit.NoteAsync(caller, "settings", ct, detail: string.Join(' ', FactsOf(changed).Select(fact => $"{fact.Name}={PlainText.Of(fact.Value, person => person.ToString())}")));
        return Show(changed, RichText.Of($"The settings are changed. They count from now on; what was booked stays as it is."));
    }

    private static WeeklyTime? WeekPostOf(string text) => IsOff(text) ? null : WeeklyTime.Parse(text)
        ?? throw new Refusal($"{"week":code} is a weekday and a time such as {"settings week=\"monday 09:00\"":code}, or {"off":code}, not “{new UserText(text)}”. Nothing was changed.");

    private static WorkingHours? HoursOf(string text) => IsOff(text) ? null : WorkingHours.Parse(text)
        ?? throw new Refusal($"Working hours are written like {"settings hours=\"mon-fri 09:00-17:00\"":code}, or {"off":code} for any time, not “{new UserText(text)}”. Nothing was changed.");

    private static int? BudgetOf(string text) => IsOff(text) ? null
        : int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var posts) && posts is >= 1 and <= MostPosts ? posts
        : throw new Refusal($"{"budget":code} is a number of posts from 1 to {MostPosts}, or {"off":code}, not “{new UserText(text)}”. Nothing was changed.");

    private static bool IsOff(string text) => text.Trim().Equals(Off, StringComparison.OrdinalIgnoreCase);

    private static string ChannelOf(string name) =>
        name.StartsWith('#') && name.Length > 1 && !name.Any(char.IsWhiteSpace)
            ? name
            : throw new Refusal($"A channel is written like {"#general":code}. Nothing was changed.");

    private static Message Show(Community community, RichText summary) => new(summary, Card.Of(new Facts(FactsOf(community))));

    private static Fact[] FactsOf(Community community) =>
    [
        new("Community", RichText.Of($"{community.Name}")),
        new("Zone", RichText.Of($"{community.Zone.Id:code}")),
        new("Main channel", RichText.Of($"{community.MainChannel}")),
        new("Week starts on", RichText.Of($"Monday")),
        new("The closed week is posted", RichText.Of($"{community.WeekPost?.ToString() ?? Off}")),
        new("Working hours", RichText.Of($"{community.Hours?.ToString() ?? Off}")),
        new("Posts per channel and week", RichText.Of($"{community.Budget?.ToString(CultureInfo.InvariantCulture) ?? "any number"}")),
        new("Dates are understood in", RichText.Of($"{(community.Language == "es" ? "Spanish and English" : "English")}")),
        new("Announcements need a second lead", RichText.Of($"{(community.Approval ? "yes" : "no")}")),
    ];
}
