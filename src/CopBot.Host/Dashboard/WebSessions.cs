using System.Buffers.Text;
using System.Security.Cryptography;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using CopBot.Platforms.WebChat;
using NodaTime;

namespace CopBot.Host.Dashboard;

/// <summary>Sessions of the local mode: a name that was chosen, in one browser. They outlive the process and end at once.</summary>
public sealed class WebSessions(Store store, Communities communities, LiveSignal live, TimeProvider time)
{
    /// <summary>A session in which nothing was said for so long is over.</summary>
    public static readonly Duration Idle = Duration.FromDays(30);

    private const int SecretBytes = 32;
    private static readonly Duration NoteAfter = Duration.FromMinutes(10);

    /// <summary>The community of the local workspace.</summary>
    public int Community => communities.Of(WebChatPlatform.PlatformName, LocalNames.Platform);

    /// <summary>Begins a session; somebody new joins the community with it. Gives the secret for the cookie.</summary>
    public async Task<string> BeginAsync(string name, string? replaced, CancellationToken ct)
    {
        var secret = NewSecret();
        await store.WriteAsync(Community, async (work, token) =>
        {
            var now = Now();
            var from = LocalNames.Handle(name);
            var said = new Incoming { EventId = "", Place = WebChatPlatform.PrivateWith(from.UserId), From = from, Text = "" };
            var directory = work.Get<IDirectory>();
            if (await directory.FindAsync(said, token) is not { } known)
                await directory.JoinAsync(said, token);
            else if (!known.Current)
                await directory.UpdateAsync(said, token);

            await EndAsync(work, replaced, token);
            await work.Sql.ExecuteAsync($"delete from web_sessions where community_id = {work.CommunityId} and seen_at < {now - Idle}", token);
            await work.Sql.ExecuteAsync(
                $"""
                insert into web_sessions (hash, community_id, user_id, created_at, seen_at)
                values ({HashOf(secret)}, {work.CommunityId}, {from.UserId}, {now}, {now})
                """, token);
        }, ct);
        return secret;
    }

    /// <summary>Ends a session; what it has open closes at once.</summary>
    public async Task EndAsync(string secret, CancellationToken ct)
    {
        await store.WriteAsync(Community, (work, token) => EndAsync(work, secret, token), ct);
        live.Set();
    }

    /// <summary>Who is behind a secret, seen from this work's transaction.</summary>
    public async Task<Visit> FindAsync(Work work, string? secret, CancellationToken ct)
    {
        if (secret is null)
            return new(null, false);

        var hash = HashOf(secret);
        var oldest = Now() - Idle;
        var viewer = await work.Sql.FirstAsync(
            $"""
            select s.user_id, h.name, h.person_id, p.role from web_sessions s
            join handles h on h.platform = {LocalNames.Platform} and h.workspace = {LocalNames.Platform} and h.user_id = s.user_id
            join people p on p.id = h.person_id
            where s.hash = {hash} and s.community_id = {work.CommunityId} and s.ended_at is null and s.seen_at > {oldest}
            """,
            row => new Viewer(row.Text(0), row.Text(1), row.Person(2), (Role)row.Int(3)), ct);
        return new(viewer, viewer is null && await work.Sql.ScalarAsync<int>($"select 1 from web_sessions where hash = {hash}", ct) == 0);
    }

    /// <summary>Notes that something was said, now and then: it keeps the session alive.</summary>
    public async Task NoteAsync(Work work, string secret, CancellationToken ct)
    {
        var now = Now();
        await work.Sql.ExecuteAsync($"update web_sessions set seen_at = {now} where hash = {HashOf(secret)} and seen_at < {now - NoteAfter}", ct);
    }

    /// <summary>256 random bits as text.</summary>
    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    private static byte[] HashOf(string secret) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret));

    private async Task EndAsync(Work work, string? secret, CancellationToken ct)
    {
        if (secret is not null)
            await work.Sql.ExecuteAsync($"update web_sessions set ended_at = {Now()} where hash = {HashOf(secret)} and ended_at is null", ct);
    }

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());
}
