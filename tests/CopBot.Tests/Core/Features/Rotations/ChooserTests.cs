using CopBot.Core.Chat;
using CopBot.Core.Features.Rotations;
using CopBot.Tests.Core.Properties;
using NodaTime;

namespace CopBot.Tests.Core.Features.Rotations;

public sealed class RotationChooserTests
{
    private const int Cases = 24;

    [Fact]
    public Task Turns_are_fair_in_each_role_and_nobody_serves_twice_running_while_somebody_else_is_there() =>
        Property.HoldsAsync("rotation", RotaCase.Any, Cases, one => Task.FromResult(IsFair(one, Play(one, rota => rota))));

    [Fact]
    public async Task A_chooser_that_ignores_who_is_away_is_found_out()
    {
        var found = await Assert.ThrowsAnyAsync<Exception>(() =>
            Property.HoldsAsync("planted: ignore away", RotaCase.Any, Cases, one => Task.FromResult(IsFair(one, Play(one, rota => rota with { Absences = [] })))));
        Assert.Contains("is away", found.ToString());
    }

    [Fact]
    public Task The_preview_is_what_happens() =>
        Property.HoldsAsync("preview", RotaCase.Any, Cases / 3, one =>
        {
            var happened = Play(one, rota => rota);
            var rota = one.Rota;
            for (var turn = 0; turn + Forecast.Length <= 30; turn++)
            {
                if (turn % 9 == 0)
                    Assert.Equal(happened.Skip(turn).Take(Forecast.Length).Select(Said), Forecast.Of(rota, [.. one.Turns.Skip(turn)]).Select(Said));
                rota = rota.After(happened[turn]);
            }

            return Task.FromResult(one.Absences.Count > 0);
        });

    private static string Said(Decision decision) => $"{decision.Turn} {string.Join(", ", decision.Choices)}";

    // Each turn is decided with no more than what is known then.
    private static List<Decision> Play(RotaCase one, Func<Rota, Rota> fault)
    {
        var (rota, decisions) = (fault(one.Rota), new List<Decision>());
        for (var turn = 0; turn < RotaCase.Length; turn++)
        {
            decisions.Add(Chooser.Decide(rota, [.. one.Turns.Skip(turn).Take(Chooser.Horizon)]));
            rota = rota.After(decisions[^1]);
        }

        return decisions;
    }

    // Whether the case could have failed: several are there throughout, and not everybody always serves.
    private static bool IsFair(RotaCase one, List<Decision> decisions)
    {
        var rota = one.Rota;
        var throughout = one.Throughout;
        var counts = throughout.ToDictionary(person => person, _ => new int[one.Seats]);
        IReadOnlyList<PersonId> previous = [];
        foreach (var decision in decisions)
        {
            Assert.Equal(one.People, decision.Choices.Count);
            var seated = decision.Seated.ToList();
            var agreed = one.Agreements.Where(agreed => agreed.Turn == decision.Turn.Number).SelectMany(agreed => new[] { agreed.Person, agreed.Other }).ToHashSet();
            var available = decision.Choices.Select(choice => choice.Person).Where(person => !rota.IsAway(person, decision.Turn)).ToList();
            foreach (var choice in seated)
            {
                Assert.False(rota.IsAway(choice.Person, decision.Turn), $"turn {decision.Turn.Number} has somebody who is away");
                if (counts.TryGetValue(choice.Person, out var served))
                    served[choice.Seat!.Value]++;
            }

            Assert.Equal(seated.Count, seated.Select(choice => choice.Person).Distinct().Count());
            Assert.True(seated.Count == Math.Min(one.Seats, available.Count) || agreed.Count > 0, $"turn {decision.Turn.Number} leaves a seat empty");
            Assert.False(
                seated.Any(choice => previous.Contains(choice.Person) && !agreed.Contains(choice.Person)) && available.Any(person => !previous.Contains(person) && !agreed.Contains(person) && decision.SeatOf(person) is null),
                $"turn {decision.Turn.Number} has somebody twice running while another is there");
            for (var seat = 0; seat < one.Seats && counts.Count > 1; seat++)
            {
                var apart = counts.Values.Max(served => served[seat]) - counts.Values.Min(served => served[seat]);
                Assert.True(apart <= 1, $"role {seat} is apart by {apart} after turn {decision.Turn.Number}");
            }

            Assert.True(counts.Count < 2 || counts.Values.Max(served => served.Sum()) - counts.Values.Min(served => served.Sum()) <= 1, $"turns are apart by more than one after turn {decision.Turn.Number}");
            previous = [.. seated.Select(choice => choice.Person)];
        }

        return throughout.Count > 1 && one.People > one.Seats && (one.Absences.Count > 0 || one.Agreements.Count > 0);
    }
}
