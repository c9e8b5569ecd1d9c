using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Chat;

/// <summary>The channels of a community, and the one way to say something there that nobody asked for.</summary>
public sealed class Channels(Work work, Posts posts, GonePlaces gone, Communities communities, IEnumerable<IPlatform> platforms)
{
    /// <summary>
    /// Says something unasked, once in every channel that gets its kind: now, or later where the channel is frozen, at rest or has heard enough.
    /// </summary>
    /// <param name="kind">What it is; channels subscribe to kinds.</param>
    /// <param name="message">What is said.</param>
    /// <param name="schedule">The schedule it comes from; cancelling that withdraws it while it has not gone out.</param>
    /// <param name="ct">Stops the work.</param>
    /// <param name="places">The only channels it is meant for, whatever they are subscribed to; null for those that are.</param>
    public async Task PostAsync(PostKind kind, Message message, Guid? schedule, CancellationToken ct, IReadOnlyList<Place>? places = null)
    {
        foreach (var place in places ?? await OfAsync(kind, ct))
            await posts.PostAsync(kind, place, message, schedule, ct);
    }

    /// <summary>The main channel: one place on every platform and workspace that is the community's own.</summary>
    public async Task<IReadOnlyList<Place>> MainAsync(CancellationToken ct) =>
        Everywhere(await Communities.LoadAsync(work, ct), static (platform, community, workspace) => platform.MainPlace(community, workspace));

    /// <summary>The places that get a kind of post: the main channel's unless it does without, and those subscribed.</summary>
    public async Task<IReadOnlyList<Place>> OfAsync(PostKind kind, CancellationToken ct)
    {
        var choices = await work.Sql.ListAsync(
            $"select platform, workspace, channel, wanted from subscriptions where community_id = {work.CommunityId} and kind = {kind} order by channel, platform, workspace",
            row => (Place: new Place(row.Text(0), row.Text(1), row.Text(2)), Wanted: row.Bool(3)), ct);
        var unwanted = choices.Where(choice => !choice.Wanted).Select(choice => choice.Place);
        return [.. (await MainAsync(ct)).Except(unwanted).Union(choices.Where(choice => choice.Wanted).Select(choice => choice.Place)).Except(await gone.ListAsync(ct))];
    }

    /// <summary>The places of channels that a person named, separated by commas. A refusal names the first that is none or that no platform has.</summary>
    public async Task<IReadOnlyList<Place>> NamedAsync(string names, CancellationToken ct)
    {
        var community = await Communities.LoadAsync(work, ct);
        var places = new List<Place>();
        foreach (var name in names.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (name.Length < 2 || name[0] != '#')
                throw new Refusal($"A channel is written like {"#general":code}; “{new UserText(TextRules.Short(name, 40))}” is none. Nothing was changed.");

            var found = Everywhere(community, (platform, its, workspace) => platform.ChannelPlace(its, workspace, name));
            if (found.Count == 0)
                throw new Refusal($"I know no channel “{new UserText(TextRules.Short(name, 40))}”. Name one that I am in, such as {community.MainChannel:code}. Nothing was changed.");
            places.AddRange(found.Except(places));
        }

        return places.Count > 0 ? places : throw new Refusal($"Name a channel, such as {community.MainChannel:code}. Nothing was changed.");
    }

    /// <summary>Whether the workspace of a place has no channel of the name of a community's main one.</summary>
    public bool LacksMain(Community community, Place place) =>
        platforms.Any(platform => platform.Name == place.Platform && platform.Workspaces.Contains(place.Workspace) && platform.MainPlace(community, place.Workspace) is null);

    /// <summary>Channels as people read them: each name once, in the order given.</summary>
    public RichText Names(IEnumerable<Place> places)
    {
        var names = places.Select(NameOf).Distinct().Select(name => RichText.Of($"{new UserText(name)}")).ToList();
        return names.Count < 2 ? RichText.Join("", names) : RichText.Join(" and ", [RichText.Join(", ", names[..^1]), names[^1]]);
    }

    /// <summary>What people call a channel, such as <c>#general</c>.</summary>
    public string NameOf(Place place) => platforms.FirstOrDefault(platform => platform.Name == place.Platform)?.ChannelName(place) ?? place.Id;

    private List<Place> Everywhere(Community community, Func<IPlatform, Community, string, Place?> find) =>
        [.. from platform in platforms
            from workspace in communities.WorkspacesOf(platform.Name, platform.Workspaces, community.Id)
            let place = find(platform, community, workspace)
            where place is not null
            select place];
}
