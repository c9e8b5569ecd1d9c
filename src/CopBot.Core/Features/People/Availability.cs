using CopBot.Core.Chat;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.People;

/// <summary>When a person likes to be spoken to in private: in their own hours and zone, else in the community's.</summary>
public sealed class Availability(Work work)
{
    /// <summary>The first instant at or after another that suits a person.</summary>
    /// <param name="person">Whose hours count.</param>
    /// <param name="at">When it would be said.</param>
    /// <param name="ct">Stops the work.</param>
    /// <param name="usual">Whether Monday to Friday, nine to five, is meant where neither they nor the community set hours; else any time suits them.</param>
    public async Task<Instant> NextAsync(PersonId person, Instant at, CancellationToken ct, bool usual = false)
    {
        var (hours, zone) = await OfAsync(person, ct);
        return (hours ?? (usual ? WorkingHours.Usual : null))?.Next(at, zone) ?? at;
    }

    /// <summary>The hours and the zone that count for a person; no hours where any time suits.</summary>
    public async Task<(WorkingHours? Hours, DateTimeZone Zone)> OfAsync(PersonId person, CancellationToken ct)
    {
        var community = await Communities.LoadAsync(work, ct);
        var own = await work.Sql.FirstAsync(
            $"select working_hours, zone from people where id = {person}",
            row => (Hours: row.TextOrNull(0) is { } hours ? WorkingHours.Parse(hours) : null, Zone: row.TextOrNull(1) is { } zone ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) : null), ct);
        return (own.Hours ?? community.Hours, own.Zone ?? community.Zone);
    }
}
