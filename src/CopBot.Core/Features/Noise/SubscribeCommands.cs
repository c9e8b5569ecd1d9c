using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.Noise;

public sealed class SubscribeCommands(Work work, Channels channels, Audit audit) : ICommands
{
    [Command("subscribe", "Let a channel hear a kind of post, or see who hears what", Role = Role.Lead, Example = "subscribe week in=#general")]
    public async Task<Reply> SubscribeAsync(
        Caller caller,
        [Description("What is posted"), OneOf("announcement", "week", "month", "season", "rotation", "okrs", "feedback", "library")] string? kind = null,
        [Description("Which channel; where you are when none is named"), Also("channel", "channels"), MaxLength(400)] string? @in = null,
        CancellationToken ct = default) =>
        kind is null && @in is null ? await ShowAsync("Which channel hears what, unasked.", ct) : await ChooseAsync(caller, kind, @in, wanted: true, ct);

    [Command("unsubscribe", "Let a channel do without a kind of post", Role = Role.Lead, Example = "unsubscribe month in=#general")]
    public Task<Reply> UnsubscribeAsync(
        Caller caller,
        [Description("What is posted"), OneOf("announcement", "week", "month", "season", "rotation", "okrs", "feedback", "library")] string kind,
        [Description("Which channel; where you are when none is named"), Also("channel", "channels"), MaxLength(400)] string? @in = null,
        CancellationToken ct = default) =>
        ChooseAsync(caller, kind, @in, wanted: false, ct);

    private async Task<Reply> ChooseAsync(Caller caller, string? kind, string? names, bool wanted, CancellationToken ct)
    {
        if (kind is null)
            throw new Refusal($"Which kind of post? {$"subscribe week in={names}":code} is one; {"subscribe":code} alone lists them. Nothing was changed.");
        if (names is null && caller.Said.Place.IsPrivate)
            throw new Refusal($"Which channel? {$"subscribe {kind} in={caller.Community.MainChannel}":code} names one. Nothing was changed.");

        var posted = PostKinds.All.Single(one => PostKinds.NameOf(one) == kind);
        var places = names is null ? [caller.Said.Place] : await channels.NamedAsync(names, ct);
        var hear = await channels.OfAsync(posted, ct);
        RichText already = wanted ? "gets" : "does not get";
        if (places.All(place => hear.Contains(place) == wanted))
            throw new Refusal($"{channels.Names(places)} {already} {PostKinds.WhatIs(posted)} already. Nothing was changed.");

        foreach (var place in places)
        {
            await work.Sql.ExecuteAsync(
                $"""
                insert into subscriptions (community_id, kind, platform, workspace, channel, wanted)
                values ({work.CommunityId}, {posted}, {place.Platform}, {place.Workspace}, {place.Id}, {wanted})
                on conflict (community_id, kind, platform, workspace, channel) do update set wanted = excluded.wanted
                """, ct);
        }

        RichText act = wanted ? "subscribe" : "unsubscribe";
        await audit.NoteAsync(caller, act.ToString(), ct, detail: $"{kind} {string.Join(' ', places.Select(place => place.Id).Distinct())}");
        RichText now = wanted ? "gets" : "does without";
        return await ShowAsync(RichText.Of($"{channels.Names(places)} {now} {PostKinds.WhatIs(posted)} from now on."), ct);
    }

    private async Task<Reply> ShowAsync(RichText summary, CancellationToken ct)
    {
        var facts = new List<Fact>();
        foreach (var kind in PostKinds.All)
        {
            var places = await channels.OfAsync(kind, ct);
            facts.Add(new(PostKinds.NameOf(kind), RichText.Of($"{PostKinds.WhatIs(kind)}: {(places.Count == 0 ? "nowhere" : channels.Names(places))}")));
        }

        return new Message(summary, Card.Of(new Facts(facts)));
    }
}
