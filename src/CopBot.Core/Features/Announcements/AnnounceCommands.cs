using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;

namespace CopBot.Core.Features.Announcements;

public sealed class AnnounceCommands(Announcements announcements) : ICommands
{
    [Command("announce", "Say something in the main channel, once or time and again", Role = Role.Lead, Example = "announce \"Mob session at three\" at=\"next Tuesday 15:00\"")]
    public Task<Reply> AnnounceAsync(
        Caller caller,
        [Description("What is to be said"), MaxLength(2000)] string text,
        [Description("When: a time such as tomorrow 14:00, with every= the time of day, or the five fields of cron"), MaxLength(100)] string at,
        [Description("How often: monday, weekday, day, 2 weeks, 15th, last friday or month"), MaxLength(60)] string? every = null,
        [Description("Only these channels, such as #general,#ops"), Also("in"), MaxLength(200)] string? channels = null,
        CancellationToken ct = default) =>
        announcements.PlanAsync(caller, RichText.Of($"{new UserText(text, caller.Person)}"), at, every, channels, time => Again(text, time, channels), ct);

    private static string Again(string text, string at, string? channels)
    {
        var values = new List<KeyValuePair<string, string>> { new("text", text), new("at", at) };
        if (channels is not null)
            values.Add(new("channels", channels));
        return CommandLine.Write("announce", values);
    }
}
