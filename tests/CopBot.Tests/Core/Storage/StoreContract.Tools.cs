using CopBot.Core.Chat;
using CopBot.Core.Features.League;
using CopBot.Core.Storage;
using CopBot.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;


namespace CopBot.Tests.Core.Storage;

/// <summary>What the suite writes and waits with.</summary>
public abstract partial class StoreContract
{
    /// <summary>A statement without parameters.</summary>
    protected static Statement FormattableText(string text)
    {
        var statement = new Statement(text.Length, 0);
        statement.AppendLiteral(text);
        return statement;
    }

    private static async Task<int> TryOneMoreAsync(Conversation chat, CancellationToken ct) =>
        await chat.Store.WriteAsync(Community.First, (_, _) => Task.FromResult(1), ct);

    private static Task WriteThenThrowAsync(Conversation chat, int id, Exception thrown) =>
        chat.Store.WriteAsync(Community.First, async (work, ct) =>
        {
            await NoteAsync(work, id, ct);
            throw thrown;
        }, CancellationToken.None);

    private static Task<LedgerEntry?> BookAsync(Conversation chat, string source) =>
        chat.Store.WriteAsync(Community.First, async (work, ct) => await work.Get<Ledger>().BookAsync(new Award
        {
            Person = await work.Sql.FirstAsync($"select person_id from handles", row => row.Person(0), ct),
            Kind = "win",
            Part = "story",
            Points = 8,
            ClaimId = Guid.CreateVersion7(),
            Source = source,
            At = chat.Clock.Now,
            Day = new LocalDate(2026, 1, 5),
        }, ct), CancellationToken.None);

    private sealed class UnlikelyException : Exception;

    /// <summary>Keeps the writer busy until disposed, so that what comes meanwhile is waiting.</summary>
    protected sealed class HeldWriter : IAsyncDisposable
    {
        private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Task held;

        private HeldWriter(Conversation chat) => held = chat.Store.WriteAsync(Community.First, async (_, _) =>
        {
            begun.TrySetResult();
            await gate.Task;
        }, CancellationToken.None);

        public static async Task<HeldWriter> TakeAsync(Conversation chat)
        {
            var writer = new HeldWriter(chat);
            await writer.begun.Task;
            return writer;
        }

        public async ValueTask DisposeAsync()
        {
            gate.TrySetResult();
            await Task.WhenAny(held);
        }
    }
}
