using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Platforms.WebChat;
using NodaTime;

namespace CopBot.Host.Dashboard;

/// <summary>
/// What a person may read of the conversation: the channel's public lines, and what is for them alone. Whatever is committed was said, sent or
/// not: rows of one community are committed in the order of their ids, so "after this id" misses nothing.
/// </summary>
public sealed class History(Work work, IDirectory directory)
{
    /// <summary>The last lines before a row, oldest first.</summary>
    public async Task<IReadOnlyList<Line>> BeforeAsync(Viewer viewer, long before, int count, CancellationToken ct)
    {
        var (channel, apart) = (WebChatPlatform.Channel, viewer.Private);
        var rows = await work.Sql.ListAsync(
            $"""
            select id, place, only_user, speaker_id, body, created_at from outbox
            where platform = {channel.Platform} and workspace = {channel.Workspace} and place = {channel.Id} and id < {before}
            and (only_user is null or only_user = {viewer.UserId}) and community_id = {work.CommunityId}
            order by id desc limit {count}
            """, Read, ct);
        rows.AddRange(await work.Sql.ListAsync(
            $"""
            select id, place, only_user, speaker_id, body, created_at from outbox
            where platform = {apart.Platform} and workspace = {apart.Workspace} and place = {apart.Id} and id < {before} and community_id = {work.CommunityId}
            order by id desc limit {count}
            """, Read, ct));
        return await NameAsync([.. rows.OrderByDescending(row => row.Id).Take(count).Reverse()], viewer, ct);
    }

    /// <summary>The next lines after a row, oldest first.</summary>
    public async Task<IReadOnlyList<Line>> AfterAsync(Viewer viewer, long after, int count, CancellationToken ct)
    {
        var (channel, apart) = (WebChatPlatform.Channel, viewer.Private);
        var rows = await work.Sql.ListAsync(
            $"""
            select id, place, only_user, speaker_id, body, created_at from outbox
            where platform = {channel.Platform} and workspace = {channel.Workspace} and place = {channel.Id} and id > {after}
            and (only_user is null or only_user = {viewer.UserId}) and community_id = {work.CommunityId}
            order by id limit {count}
            """, Read, ct);
        rows.AddRange(await work.Sql.ListAsync(
            $"""
            select id, place, only_user, speaker_id, body, created_at from outbox
            where platform = {apart.Platform} and workspace = {apart.Workspace} and place = {apart.Id} and id > {after} and community_id = {work.CommunityId}
            order by id limit {count}
            """, Read, ct));
        return await NameAsync([.. rows.OrderBy(row => row.Id).Take(count)], viewer, ct);
    }

    /// <summary>One message, if the person may read it.</summary>
    public async Task<Message?> FindAsync(Viewer viewer, long id, CancellationToken ct) =>
        (await AfterAsync(viewer, id - 1, 1, ct)).FirstOrDefault(line => line.Id == id)?.Message;

    private static Kept Read(Row row) => new(row.Long(0), row.Text(1), row.TextOrNull(2), row.PersonOrNull(3), row.TextOrNull(4), row.Instant(5));

    // Others by the names that everybody there may see, or the single reader of a private word; oneself also when one is hidden.
    private async Task<IReadOnlyList<Line>> NameAsync(List<Kept> rows, Viewer viewer, CancellationToken ct)
    {
        var messages = rows.Where(row => row.Body is not null).Select(row => (Row: row, Message: Message.FromJson(row.Body!))).ToList();
        var openly = await NamesAsync(messages.Where(pair => !pair.Row.IsPrivate), null);
        var apart = await NamesAsync(messages.Where(pair => pair.Row.IsPrivate), viewer.UserId);
        return [.. messages.Select(pair => new Line
        {
            Id = pair.Row.Id,
            At = pair.Row.At,
            Speaker = pair.Row.Speaker is { } speaker ? (pair.Row.IsPrivate ? apart : openly)(speaker) : null,
            Own = pair.Row.Speaker == viewer.Person,
            InPrivate = pair.Row.Place != WebChatPlatform.Channel.Id,
            OnlyForReader = pair.Row.IsPrivate,
            Message = pair.Message,
            Names = pair.Row.IsPrivate ? apart : openly,
        })];

        async Task<Func<PersonId, string>> NamesAsync(IEnumerable<(Kept Row, Message Message)> among, string? only)
        {
            var people = among.SelectMany(pair => MessagePeople.Of(pair.Message).Concat(pair.Row.Speaker is { } speaker ? [speaker] : [])).Distinct().ToList();
            var names = await directory.NamesAsync(people, WebChatPlatform.Channel, only, ct);
            return person => names(person) is var name && person == viewer.Person && name == PlainText.Someone ? viewer.Name : name;
        }
    }

    private sealed record Kept(long Id, string Place, string? Only, PersonId? Speaker, string? Body, Instant At)
    {
        public bool IsPrivate => Only is not null || Place != WebChatPlatform.Channel.Id;
    }
}

/// <summary>One line of the conversation before one reader.</summary>
public sealed record Line
{
    public required long Id { get; init; }

    public required Instant At { get; init; }

    /// <summary>Whose line it is, by the name that the reader may see; null for the bot.</summary>
    public string? Speaker { get; init; }

    /// <summary>Whether the reader typed it.</summary>
    public bool Own { get; init; }

    /// <summary>Whether it was said in the private conversation rather than in the channel.</summary>
    public bool InPrivate { get; init; }

    /// <summary>Whether nobody else sees it.</summary>
    public bool OnlyForReader { get; init; }

    public required Message Message { get; init; }

    public required Func<PersonId, string> Names { get; init; }
}
