using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Platforms.WebChat;
using NodaTime;

namespace CopBot.Host.Dashboard;

/// <summary>Takes what a form says into the inbox, if the session still lives, and waits for the answer where the page cannot wait by itself.</summary>
public sealed class Speaking(Store store, WebSessions sessions, Inbox inbox, InboxWorker worker, LiveSignal live, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    /// <summary>Stores a line durably; false when the session is over. The same form twice counts once.</summary>
    public async Task<(bool Known, Received? Received)> SayAsync(Said said, string secret, CancellationToken ct)
    {
        var (known, received) = await store.WriteAsync(sessions.Community, async (work, token) =>
        {
            if ((await sessions.FindAsync(work, secret, token)).Viewer is not { } viewer)
                return (false, null as Received);

            await sessions.NoteAsync(work, secret, token);
            var incoming = viewer.Says(said.Text, said.InPrivate, said.EventId(secret)) with { At = Instant.FromDateTimeOffset(time.GetUtcNow()) };
            return (true, await inbox.AddAsync(work, incoming, token));
        }, ct);
        if (received is not null)
            worker.Enqueue(received);
        return (known, received);
    }

    /// <summary>Returns when the line is answered, or after a second.</summary>
    public async Task WaitForAnswerAsync(Received received, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < Patience)
        {
            var next = live.Next;
            var waiting = await store.ReadAsync(received.Community, (work, token) => work.Sql.ScalarAsync<int>($"select 1 from inbox where id = {received.Id} and state = 0", token), ct);
            if (waiting == 0)
                return;

            await Task.WhenAny(next, Task.Delay(LookAgain, time, ct));
        }
    }
}
