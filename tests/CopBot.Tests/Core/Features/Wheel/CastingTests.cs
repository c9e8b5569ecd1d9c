using CopBot.Core.Chat;
using CopBot.Core.Features.Wheel;

namespace CopBot.Tests.Core.Features.Wheel;

public sealed class CastingTests
{
    private static readonly PersonId[] People = [.. Enumerable.Range(1, 7).Select(number => new PersonId(new Guid(number, 0, 0, new byte[8])))];

    [Fact]
    public void Each_role_goes_to_whoever_has_not_had_it_for_longest()
    {
        var cast = Casting.Of(
            [People[0], People[1], People[2]], 6,
            [(People[0], IncidentRole.GameMaster, 2), (People[1], IncidentRole.GameMaster, 4), (People[2], IncidentRole.GameMaster, 5), (People[1], IncidentRole.IncidentCommander, 3), (People[2], IncidentRole.IncidentCommander, 4)]);
        Assert.Equal(
            [(People[0], IncidentRole.GameMaster, "idle 3 spins"), (People[1], IncidentRole.IncidentCommander, "idle 2 spins"), (People[2], IncidentRole.Operations, "never had it")], cast);
    }

    [Fact]
    public void Whoever_has_played_least_comes_before_those_who_are_equal()
    {
        var cast = Casting.Of([People[0], People[1]], 2, [(People[0], IncidentRole.Scribe, 1)]);
        Assert.Equal([(People[1], IncidentRole.GameMaster, "never had it"), (People[0], IncidentRole.IncidentCommander, "never had it")], cast);
    }

    [Fact]
    public void Over_many_spins_everybody_has_had_every_role_and_those_beyond_five_help()
    {
        List<(PersonId Person, IncidentRole Role, int Spin)> past = [];
        for (var spin = 1; spin <= 35; spin++)
        {
            var cast = Casting.Of(People, spin, past);
            Assert.Equal(People.Order(Comparer<PersonId>.Create((one, other) => one.Value.CompareTo(other.Value))), cast.Select(one => one.Person).OrderBy(person => person.Value));
            Assert.Equal(2, cast.Count(one => one.Role == IncidentRole.Responder));
            past.AddRange(cast.Select(one => (one.Person, one.Role, spin)));
        }

        foreach (var role in Enum.GetValues<IncidentRole>().Where(role => role != IncidentRole.Responder))
        {
            var times = People.Select(person => past.Count(one => one.Person == person && one.Role == role)).ToList();
            Assert.True(times.Max() - times.Min() <= 2, $"{role} was had {string.Join(", ", times)} times");
        }
    }
}
