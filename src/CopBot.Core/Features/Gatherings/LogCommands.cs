using System.ComponentModel;
using CopBot.Core.Chat;
using CopBot.Core.Features.Backlog;
using CopBot.Core.Features.Claims;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.Gatherings;

/// <summary>Writes the league's entry of a gathering: the same that <c>mob</c> or <c>share</c> would, in the name of its host.</summary>
public sealed class LogCommands(Work work, Gatherings gatherings, Gaps gaps, MobCommands mobs, ShareCommands shares) : ICommands
{
    [Command("gather log", "Write the league's entry of a gathering that is over", Example = "gather log 1")]
    public async Task<Reply> LogAsync(Caller caller, [Description("The gathering's number")] int number, CancellationToken ct)
    {
        var one = await gatherings.StandingAsync(number, ct);
        if (one.PlannerId != caller.Person && caller.Role < Role.Core)
            throw new Refusal($"The entry of gathering {number} is written by whoever planned it or by the core team. Nothing was stored.");
        if (!GatheringText.IsLogged(one))
            throw new Refusal($"The league has no entry for {new UserText(GatheringText.Kinds[one.Kind])}. What came out of it can be logged with {"share":code}, {"win":code} or {"failure":code}. Nothing was stored.");
        if (one.EndsAt > caller.At)
            throw new Refusal($"Gathering {number} is not over yet: it begins on {GatheringText.When(one, caller.Community)}. Nothing was stored.");
        if (one.ClaimNumber is { } written && await work.Sql.ScalarAsync<int>($"select 1 from claims where community_id = {work.CommunityId} and number = {written} and state in ({ClaimState.Counted}, {ClaimState.Waiting})", ct) == 1)
            throw new Refusal($"The entry of gathering {number} is written already: #{written}. Nothing was stored.");
        if (one.Title is not { } title)
            throw new Refusal($"Whoever planned gathering {number} was forgotten, and its words with them. {"mob":code} or {"share":code} logs it. Nothing was stored.");

        var here = (await gatherings.PeopleAsync(one, ct)).Where(person => person.Attendance == Attendance.Here).ToList();
        if (here.All(person => person.PersonId == one.PlannerId))
            throw NobodyElse(one);
        var host = await HostAsync(caller, one, here, ct);
        var reply = one.Kind switch
        {
            GatheringText.Mob => await mobs.LogAsync(host, title, OthersOf(one, host, here), one.Minutes, one.Topic, null, ct),
            GatheringText.Talk => await shares.ShareAsync(host, title, null, "talk", null, one.Topic, ct),
            _ => await shares.ShareAsync(host, title, "large", null, null, one.Topic, ct),
        };
        var claim = await work.Sql.FirstAsync(
            $"select id, number from claims where community_id = {work.CommunityId} and inbox_id = {caller.InboxId} order by number desc limit 1", row => (Id: row.Id(0), Number: row.Int(1)), ct);
        await work.Sql.ExecuteAsync($"update gatherings set claim_number = {claim.Number} where id = {one.Id}", ct);
        if (one.GapId is { } gap)
            await gaps.LinkAsync(gap, claim.Id, caller.At, ct);

        // A receipt that names a host who is not shown is not for everybody.
        return host.Shown ? reply : reply with { Public = false };
    }

    private static List<PersonId> OthersOf(Gathering one, Caller host, List<Attendee> here)
    {
        var others = here.Where(person => person.PersonId != host.Person).ToList();
        if (others.Count == 0)
            throw NobodyElse(one);
        host.ByAlias.UnionWith(others.Where(person => person.JoinedAs == Privacy.Alias).Select(person => person.PersonId));
        return [.. others.Select(person => person.PersonId)];
    }

    private static Refusal NobodyElse(Gathering one) =>
        new($"Nobody else has said yet that they were at gathering {one.Number}: {GatheringText.Line("here", one):code} does. Nothing was stored.");

    // Whoever planned it hosted it, unless they were not there: then it is whoever writes the entry.
    private async Task<Caller> HostAsync(Caller caller, Gathering one, List<Attendee> here, CancellationToken ct)
    {
        var missed = (await gatherings.OfAsync(one, one.PlannerId, ct))?.Attendance == Attendance.Missed;
        if (!missed && one.PlannerId != caller.Person)
        {
            var privacy = (Privacy)await work.Sql.ScalarAsync<int>($"select privacy from people where id = {one.PlannerId}", ct);
            return caller with { Person = one.PlannerId, Shown = privacy is Privacy.Public or Privacy.Alias, LooksOn = privacy == Privacy.Observer };
        }

        return !missed || here.Any(person => person.PersonId == caller.Person)
            ? caller
            : throw new Refusal($"You have said that you missed gathering {one.Number}, so somebody of the core team who was there writes its entry. Nothing was stored.");
    }
}
