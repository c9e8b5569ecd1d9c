using CopBot.Core.Chat;
using CopBot.Core.Content;

namespace CopBot.Core.Features.Claims;

/// <summary>Who earns which part of a claim when it counts.</summary>
public static class Payees
{
    /// <summary>Person and part, such as <c>mob.host</c>'s <c>host</c>; those only invited are left out.</summary>
    public static IEnumerable<(PersonId Person, string Part)> Of(Claim claim, IEnumerable<Participant> people, KindRule rule)
    {
        var others = people.Where(participant => participant.State == ParticipantState.In).Select(participant => participant.PersonId);
        return claim.Kind switch
        {
            "share" => [(claim.AuthorId, claim.Size!)],
            "experiment" when claim.Result is null => [(claim.AuthorId, claim.Measure is null ? "without-measure" : "with-measure")],
            "mob" => [(claim.AuthorId, "participant"), (claim.AuthorId, "host"), .. others.Select(person => (person, "participant"))],
            // Kinds with a single part pay it to their author.
            _ => [(claim.AuthorId, rule.Points.Keys.Single())],
        };
    }
}
