using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.People;

public sealed class HoursCommands(Work work, Availability availability) : ICommands
{
    [Command("hours", "Say when you like to be reminded in private, in your own zone", Example = "hours \"mon-fri 08:00-16:00\" zone=Europe/Lisbon")]
    public async Task<Reply> ChangeAsync(
        Caller caller,
        [Description("Your hours, such as mon-fri 08:00-16:00, or off for the community's"), MaxLength(60)] string? hours = null,
        [Description("Your zone by its IANA name"), Also("timezone")] string? zone = null,
        CancellationToken ct = default)
    {
        var changes = hours is not null || zone is not null;
        if (hours?.Trim().Equals("off", StringComparison.OrdinalIgnoreCase) == true)
        {
            await work.Sql.ExecuteAsync($"update people set working_hours = null, zone = {(zone is null ? null : ZoneText.Read(zone, "hours").Id)} where id = {caller.Person}", ct);
        }
        else if (changes)
        {
            var chosen = hours is null ? null : WorkingHours.Parse(hours)
                ?? throw new Refusal($"Hours are written like {"hours \"mon-fri 08:00-16:00\"":code}, or {"hours off":code}, not “{new UserText(hours)}”. Nothing was changed.");
            await work.Sql.ExecuteAsync($"update people set working_hours = coalesce({chosen?.ToString()}, working_hours), zone = coalesce({(zone is null ? null : ZoneText.Read(zone, "hours").Id)}, zone) where id = {caller.Person}", ct);
        }

        var (counts, its) = await availability.OfAsync(caller.Person, ct);
        RichText now = changes ? "From now on reminders" : "Reminders";
        return counts is null
            ? new Message($"{now} reach you at any time; {"hours \"mon-fri 08:00-16:00\" zone=Europe/Lisbon":code} would keep them to your hours.")
            : new Message($"{now} reach you {counts.ToString():code}, {its.Id} time. What you ask is answered at once, whenever that is.");
    }
}
