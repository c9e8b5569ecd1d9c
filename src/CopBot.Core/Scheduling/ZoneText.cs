using CopBot.Core.Chat;
using NodaTime;

namespace CopBot.Core.Scheduling;

/// <summary>Zones as people write them: IANA names, in any letter case.</summary>
public static class ZoneText
{
    /// <summary>The zone of a name, or a refusal with a likely one.</summary>
    /// <param name="name">What a person typed.</param>
    /// <param name="command">The command whose <c>zone=</c> it is.</param>
    public static DateTimeZone Read(string name, string command)
    {
        var zones = DateTimeZoneProviders.Tzdb;
        if (zones.Ids.FirstOrDefault(id => id.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)) is { } known)
            return zones[known];

        var near = zones.Ids.MaxBy(id => Similarity.Of(id, name))!;
        throw Similarity.Of(near, name) >= 60
            ? new Refusal($"There is no zone “{new UserText(name)}”. Did you mean {$"{command} zone={near}":code}? Nothing was changed.")
            : new Refusal($"There is no zone “{new UserText(name)}”. Give an IANA name such as {$"{command} zone=Europe/Madrid":code}. Nothing was changed.");
    }
}
