using System.Reflection;
using System.Runtime.ExceptionServices;
using CopBot.Core.Storage;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CopBot.Core.Chat;

/// <summary>Takes one row of the inbox to its end: the command's whole effect, the row marked done and every message, in one transaction.</summary>
public sealed partial class CommandRunner(Store store, Inbox inbox, CommandLineParser parser, CommandCatalog catalog, TimeProvider time, ILogger<CommandRunner> log)
{
    /// <summary>
    /// Stores an event and, where its command may write, does it in the same transaction: one flush to the disk serves both.
    /// What comes back and is not <see cref="Received.Done"/> is still to be run; null when the event is known already.
    /// </summary>
    public async Task<Received?> AcceptAsync(Incoming said, CancellationToken ct)
    {
        said = Inbox.Storable(said);
        var (line, unread) = Read(said);
        if (line is { Command.ReadsOnly: true })
            return await inbox.AcceptAsync(said, ct);

        try
        {
            return await store.WriteAsync(inbox.CommunityOf(said), async (work, token) =>
            {
                var received = await inbox.AddDoneAsync(work, said, token);
                if (received is not null)
                    await DoAsync(work, received, line, unread, token);
                return received;
            }, ct);
        }
        catch (Exception problem) when (problem is not (StoreBusy or OutcomeUnknown or OperationCanceledException))
        {
            // It is kept all the same, and tried again like any other that failed.
            Log.NotAtOnce(log, problem);
            return await inbox.AcceptAsync(said, ct);
        }
    }

    /// <summary>Runs what was received. Running the same row again has no effect.</summary>
    public async Task RunAsync(Received received, CancellationToken ct)
    {
        var (line, unread) = Read(received.Said);
        if (line is { Command.ReadsOnly: true } && await TryReadAsync(received, line, ct))
            return;

        await store.WriteAsync(received.Community, async (work, token) =>
        {
            if (await Inbox.FinishAsync(work, received.Id, token))
                await DoAsync(work, received, line, unread, token);
        }, ct);
    }

    /// <summary>The answer to a line that only reads, for somebody who is known; null for all others. Nothing is noted.</summary>
    public async Task<Message?> PeekAsync(Work work, Incoming said, CancellationToken ct) =>
        Read(said).Line is { Command.ReadsOnly: true } line && await work.Get<IDirectory>().FindAsync(said, ct) is { } known
            ? (await AnswerAsync(work, new Received(0, work.CommunityId, said, Instant.FromDateTimeOffset(time.GetUtcNow())), line, known, ct)).Message
            : null;

    private (CommandLine? Line, Refusal? Unread) Read(Incoming said)
    {
        try
        {
            return (parser.Parse(said.Text), null);
        }
        catch (Refusal refusal)
        {
            return (null, refusal);
        }
    }

    // A command that only reads runs beside the writer; only its answer goes through it. A newcomer's first one has to write.
    private async Task<bool> TryReadAsync(Received received, CommandLine line, CancellationToken ct)
    {
        var (known, reply) = await store.ReadAsync(received.Community, async (work, token) =>
            await work.Get<IDirectory>().FindAsync(received.Said, token) is { Current: true } current ? (current, await AnswerAsync(work, received, line, current, token)) : (null, null as Reply), ct);
        if (known is null || reply is null)
            return false;

        await store.WriteAsync(received.Community, async (work, token) =>
        {
            if (await Inbox.FinishAsync(work, received.Id, token))
                await SayAsync(work, received, reply, await work.Get<Transcript>().KeepAsync(received, line, known, token), token);
        }, ct);
        return true;
    }

    private async Task DoAsync(Work work, Received received, CommandLine? line, Refusal? unread, CancellationToken ct)
    {
        var directory = work.Get<IDirectory>();
        var known = await directory.FindAsync(received.Said, ct) ?? await directory.JoinAsync(received.Said, ct);
        if (!known.Current)
            await directory.UpdateAsync(received.Said, ct);
        var kept = await work.Get<Transcript>().KeepAsync(received, line, known, ct);
        var reply = line is null ? new Reply(Unread(received, unread!)) { Nothing = true } : await AnswerAsync(work, received, line, known, ct);
        await SayAsync(work, received, reply, kept, ct);
    }

    // What is secret is not repeated, even where it cannot be read.
    private Message Unread(Received received, Refusal unread) => catalog.SecretIn(received.Said.Text) is { } secret
        ? new Message($"I could not read that. {$"help {secret.Name.Split(' ')[0]}":code} shows how it goes. Nothing was stored.")
        : unread.ToMessage();

    private async Task<Reply> AnswerAsync(Work work, Received received, CommandLine line, Known known, CancellationToken ct)
    {
        try
        {
            var caller = new Caller
            {
                Person = known.Person,
                Role = known.Role,
                Shown = known.Shown,
                LooksOn = known.LooksOn,
                Community = await Communities.LoadAsync(work, ct),
                Said = received.Said,
                At = received.CountsAt,
                InboxId = received.Id,
            };
            if (caller.Role < line.Command.Role)
                throw new Refusal($"Only {(line.Command.Role == Role.Lead ? "a CoP lead" : "the core team")} may use {line.Command.Name:code}. Nothing was changed; ask them to do it.");

            // One that only reads has nothing to undo.
            var reply = line.Command.ReadsOnly
                ? await InvokeAsync(work, line, caller, ct)
                : await work.TryAsync(() => InvokeAsync(work, line, caller, ct), ct);
            return known.Shown ? reply : reply with { Public = false };
        }
        catch (Refusal refusal)
        {
            Log.Refused(log, line.Command.Name, received.Id);
            return new Reply(refusal.ToMessage()) { Refused = true };
        }
    }

    private static async Task<Reply> InvokeAsync(Work work, CommandLine line, Caller caller, CancellationToken ct)
    {
        if (MissingForm.Of(line) is { } form)
            return new Reply(form) { Nothing = true };

        var arguments = await work.Get<Binder>().BindAsync(line, caller, ct);
        var method = line.Command.Method;
        try
        {
            return await (Task<Reply>)method.Invoke(work.Get(method.DeclaringType!), arguments)!;
        }
        catch (TargetInvocationException wrapped)
        {
            ExceptionDispatchInfo.Throw(wrapped.InnerException!);
            throw;
        }
    }

    private static async Task SayAsync(Work work, Received received, Reply reply, long? kept, CancellationToken ct)
    {
        if (reply.Refused || reply.Nothing)
            await Inbox.NothingCameAsync(work, received.Id, ct);
        if (reply.Refused && received.Said.Quiet)
            return;
        reply = await work.Get<Freezes>().HushAsync(reply, received.Said.Place, ct);
        if (reply.Public && kept is { } row)
            await work.Get<Transcript>().OpenAsync(row, ct);
        var outbox = work.Get<Outbox>();
        await (reply.Public ? outbox.AnswerAllAsync(received.Said, reply.Message, reply.ShownAs, ct) : outbox.AnswerAsync(received.Said, reply.Message, ct));
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "{Command} of inbox row {Id} was refused")]
        public static partial void Refused(ILogger log, string command, long id);

        [LoggerMessage(LogLevel.Error, "A command failed as it arrived; it is stored and will be tried again")]
        public static partial void NotAtOnce(ILogger log, Exception problem);
    }
}
