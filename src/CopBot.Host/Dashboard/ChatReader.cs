using CopBot.Core.Chat;
using CopBot.Core.Storage;

namespace CopBot.Host.Dashboard;

/// <summary>Reads what a page or an event stream shows, each time from one consistent view.</summary>
public sealed class ChatReader(Store store, WebSessions sessions, CommandCatalog catalog, TimeProvider time)
{
    /// <summary>How many lines a page has.</summary>
    public const int PageLines = 100;

    private const int StreamLines = 200;

    /// <summary>The page of whoever is behind the door; no view when nobody is.</summary>
    public async Task<(ChatView? View, bool Erased)> PageAsync(Door door, long? before, CancellationToken ct) =>
        await store.ReadAsync(sessions.Community, async (work, token) =>
        {
            var visit = await sessions.FindAsync(work, door.Session, token);
            if (visit.Viewer is not { } viewer)
                return (null, visit.Erased);

            var community = await Communities.LoadAsync(work, token);
            var lines = await work.Get<History>().BeforeAsync(viewer, before ?? long.MaxValue, PageLines + 1, token);
            return ((ChatView?)new ChatView
            {
                Viewer = viewer,
                Community = community,
                Lines = [.. lines.TakeLast(PageLines)],
                HasOlder = lines.Count > PageLines,
                LooksBack = before is not null,
                Board = await work.Get<WeekBoards>().ReadAsync(viewer, community.Zone, token),
                Seal = door.Seal(inside: true),
                Event = NewEvent(),
                Commands = [.. catalog.Commands.Where(command => command.Role <= viewer.Role)],
            }, false);
        }, ct);

    /// <summary>What is new for a session after a row; nothing when the session is over.</summary>
    public async Task<News?> NewsAsync(string secret, long after, CancellationToken ct) =>
        await store.ReadAsync(sessions.Community, async (work, token) =>
        {
            if ((await sessions.FindAsync(work, secret, token)).Viewer is not { } viewer)
                return null;

            var community = await Communities.LoadAsync(work, token);
            return new News(
                await work.Get<History>().AfterAsync(viewer, after, StreamLines, token),
                await work.Get<WeekBoards>().ReadAsync(viewer, community.Zone, token),
                community);
        }, ct);

    /// <summary>One message, if the person behind the door may read it.</summary>
    public async Task<Message?> MessageAsync(Door door, long id, CancellationToken ct) =>
        await store.ReadAsync(sessions.Community, async (work, token) =>
            (await sessions.FindAsync(work, door.Session, token)).Viewer is { } viewer ? await work.Get<History>().FindAsync(viewer, id, token) : null, ct);

    /// <summary>An id that no form had before.</summary>
    public string NewEvent() => Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
}

/// <summary>New lines, and the board as it is now.</summary>
public sealed record News(IReadOnlyList<Line> Lines, WeekBoard Board, Community Community);
