using CopBot.Core.Chat;

namespace CopBot.Core.Features.Wheel;

/// <summary>Gives roles by fairness: each to whoever has not had it for longest.</summary>
public static class Casting
{
    /// <summary>What a role is called.</summary>
    public static string NameOf(IncidentRole role) => role switch
    {
        IncidentRole.GameMaster => "Game master",
        IncidentRole.IncidentCommander => "Incident commander",
        IncidentRole.Operations => "Operations",
        IncidentRole.Communications => "Communications",
        IncidentRole.Scribe => "Scribe",
        _ => "Responder",
    };

    /// <summary>A role for each player.</summary>
    /// <param name="players">In the order in which they were named; of those who are equal the first is taken.</param>
    /// <param name="spin">The number of this spin.</param>
    /// <param name="past">Who had which role in which spin before.</param>
    public static IReadOnlyList<(PersonId Person, IncidentRole Role, string Why)> Of(IReadOnlyList<PersonId> players, int spin, IReadOnlyList<(PersonId Person, IncidentRole Role, int Spin)> past)
    {
        var cast = new List<(PersonId, IncidentRole, string)>();
        var open = players.ToList();
        for (var role = IncidentRole.GameMaster; role < IncidentRole.Responder && open.Count > 0; role++)
        {
            // Among those who never had it, or have had it equally long ago, whoever has played least comes first.
            var one = open.MinBy(person => (LastOf(past, person, role), past.Count(had => had.Person == person)))!;
            cast.Add((one, role, WhyOf(past, one, role, spin)));
            open.Remove(one);
        }

        return [.. cast, .. open.Select(person => (person, IncidentRole.Responder, "all five roles are taken"))];
    }

    private static string WhyOf(IReadOnlyList<(PersonId Person, IncidentRole Role, int Spin)> past, PersonId person, IncidentRole role, int spin) => LastOf(past, person, role) switch
    {
        0 => "never had it",
        var last when spin - last == 1 => "had it last time, and nobody was idle longer",
        var last when spin - last == 2 => "idle 1 spin",
        var last => FormattableString.Invariant($"idle {spin - last - 1} spins"),
    };

    private static int LastOf(IReadOnlyList<(PersonId Person, IncidentRole Role, int Spin)> past, PersonId person, IncidentRole role) =>
        past.Where(had => had.Person == person && had.Role == role).Select(had => had.Spin).DefaultIfEmpty(0).Max();
}
