using CopBot.Core.Chat;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Noise;

public sealed class HeldCommands(Work work, Freezes freezes, Channels channels) : ICommands
{
    private const int MostShown = 25;
    private const int MostSaid = 120;

    [Command("held", "See which posts wait, what for, and where the bot is quiet", ReadsOnly = true)]
    public async Task<Reply> ShowAsync(Caller caller, CancellationToken ct)
    {
        var zone = caller.Community.Zone;
        var frozen = (await freezes.ListAsync(ct)).DistinctBy(freeze => freeze.Channel).Select(freeze =>
            new Fact(channels.NameOf(freeze.Place), RichText.Of($"frozen since {CatchUp.Local(freeze.Since, zone)}, during “{freeze.Title}”"))).ToList();
        var count = await work.Db.Set<HeldPost>().CountAsync(ct);
        var posts = await work.Db.Set<HeldPost>().OrderBy(post => post.MeantAt).ThenBy(post => post.Id).Take(MostShown).ToListAsync(ct);
        var facts = posts.Select(post => new Fact(CatchUp.Local(post.MeantAt, zone), RichText.Of($"“{CatchUp.Short(post.Message.Summary, MostSaid)}” in {new UserText(channels.NameOf(post.Place))}, {UntilOf(post, zone)}"))).ToList();
        if (count > MostShown)
            facts.Add(new("…", RichText.Of($"and {count - MostShown} more")));
        return new Message(
            count == 0 ? "No post waits." : RichText.Of($"{count} {(count == 1 ? "post waits" : "posts wait")}, {zone.Id} time."),
            Card.Of(frozen.Count > 0 ? new Facts(frozen) : null, facts.Count > 0 ? new Facts(facts) : null, RulesOf(caller.Community)));
    }

    private static RichText UntilOf(HeldPost post, DateTimeZone zone) => post.Because switch
    {
        HeldBecause.Frozen => post.ReleaseAt is { } at ? $"told in the catch-up {CatchUp.Local(at, zone)}" : "until the channel thaws",
        HeldBecause.Hours => $"until the working hours begin, {CatchUp.Local(post.ReleaseAt!.Value, zone)}",
        _ => $"over the week's budget, told in the digest {CatchUp.Local(post.ReleaseAt!.Value, zone)}",
    };

    private static Note RulesOf(Community community) => new(
        $"Unasked posts are said {(community.Hours is { } hours ? RichText.Of($"within {hours.ToString()}") : "at any time")}, {(community.Budget is { } budget ? RichText.Of($"at most {budget} a week in a channel; more wait for the next week's digest") : "as many as come")}. {"settings hours=off budget=5":code} would change it.");
}
