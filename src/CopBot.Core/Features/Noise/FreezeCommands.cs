using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Noise;

public sealed class FreezeCommands(Work work, Channels chat, Freezes freezes, Outbox outbox, Pauses pauses, Release release, IEnumerable<IDeadlines> deadlines, Audit audit) : ICommands
{
    [Command("freeze incident", "Keep the bot quiet in channels while an incident lasts", Role = Role.Core, Example = "freeze incident \"Checkout is down\" channels=#general")]
    public async Task<Reply> FreezeAsync(
        Caller caller,
        [Description("What happened"), MaxLength(200)] string what,
        [Description("Which channels, separated by commas; the main channel where none is named"), Also("channel", "in"), MaxLength(400)] string? channels = null,
        CancellationToken ct = default)
    {
        var main = await chat.MainAsync(ct);
        var places = channels is null ? main : await chat.NamedAsync(channels, ct);
        foreach (var place in places)
        {
            if (await freezes.FindAsync(place, ct) is { } before)
                throw new Refusal($"{chat.Names([place])} is frozen already, during “{before.Title}”; {"thaw":code} ends it. Nothing was changed.");
        }

        var rests = places.Any(main.Contains);
        if (rests)
            await pauses.BeginAsync(caller.At, ct);
        var title = new UserText(what, caller.Person);
        foreach (var place in places)
        {
            // The last word before it is quiet.
            await outbox.PostAsync(place, new Message($"I am quiet here during “{title}”. {"thaw":code} ends it; what waits is told then."), ct);
            await work.Sql.ExecuteAsync(
                $"""
                insert into freezes (community_id, platform, workspace, channel, since, reason, owner_id)
                values ({work.CommunityId}, {place.Platform}, {place.Workspace}, {place.Id}, {caller.At}, {what}, {caller.Person})
                """, ct);
        }

        await audit.NoteAsync(caller, "freeze", ct, detail: what);
        RichText also = rests ? ", and deadlines rest" : "";
        return new Message(
            $"{chat.Names(places)} {Are(places)} frozen during “{title}”: nothing is said there, posts wait{also}. Whoever asks there is answered for their eyes alone.",
            Card.Of(new Buttons([new("Thaw", "thaw"), new("What waits", "held")])));
    }

    [Command("thaw", "Let the bot speak again in frozen channels; what waited is told in one message", Role = Role.Core, Example = "thaw channels=#ops")]
    public async Task<Reply> ThawAsync(
        Caller caller,
        [Description("Which channels, separated by commas; all where none is named"), Also("channel", "in"), MaxLength(400)] string? channels = null,
        CancellationToken ct = default)
    {
        var frozen = (await freezes.ListAsync(ct)).Select(freeze => freeze.Place).ToList();
        if (frozen.Count == 0)
            throw new Refusal($"No channel is frozen. Nothing was changed.");

        var places = channels is null ? frozen : await chat.NamedAsync(channels, ct);
        if (places.Except(frozen).ToList() is { Count: > 0 } others)
            throw new Refusal($"{chat.Names(others)} {Are(others)} not frozen; {chat.Names(frozen)} {Are(frozen)}. Nothing was changed.");

        foreach (var place in places)
            await work.Sql.ExecuteAsync($"delete from freezes where community_id = {work.CommunityId} and platform = {place.Platform} and workspace = {place.Workspace} and channel = {place.Id}", ct);
        var waited = 0;
        foreach (var place in places)
            waited += await release.ThawAsync(place, caller.At, ct);
        var moved = await MoveDeadlinesAsync(caller, frozen.Except(places), ct);
        await audit.NoteAsync(caller, "thaw", ct, detail: string.Join(' ', places.Select(place => place.Id).Distinct()));

        RichText posts = waited == 1 ? "1 post" : RichText.Of($"{waited} posts");
        RichText told = waited == 0 ? "Nothing waited."
            : Posts.Within(caller.Community, caller.At) is var begin && begin > caller.At ? RichText.Of($"{posts} waited, told in one message when the working hours begin, {CatchUp.Local(begin, caller.Community.Zone)}.")
            : RichText.Of($"{posts} waited, told in one message.");
        RichText also = moved is null ? "" : RichText.Of($" Deadlines moved by {moved}.");
        return new Message($"I speak again in {chat.Names(places)}. {told}{also}");
    }

    // Deadlines rest as long as a main channel does.
    private async Task<string?> MoveDeadlinesAsync(Caller caller, IEnumerable<Place> stillFrozen, CancellationToken ct)
    {
        if (stillFrozen.Intersect(await chat.MainAsync(ct)).Any() || await pauses.EndAsync(caller.At, ct) is not { EndedAt: { } ended } pause)
            return null;

        foreach (var kind in deadlines)
            await kind.MoveAsync(pause.BeganAt, ended, ct);
        return ended - pause.BeganAt < Duration.FromMinutes(1) ? null : Lengths.Say(ended - pause.BeganAt);
    }

    private static RichText Are(IEnumerable<Place> places) => places.Select(place => place.Id).Distinct().Count() == 1 ? "is" : "are";
}
