using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Library;

public sealed class LibraryCommands(Work work, Shelf shelf, Shelving shelving, ShelfText text, Naming naming, ScheduleBook schedules, Audit audit) : ICommands
{
    private const int PageSize = 10;
    private const int MostPages = 20;

    [Command("library search", "Find what was shared, tried and told, by its words", Example = "library search pager topic=alerting")]
    public async Task<Reply> SearchAsync(
        Caller caller,
        [Description("The words to look for; the beginning of a word is enough"), MaxLength(200)] string? words = null,
        [Description("Only on this topic"), MaxLength(60)] string? topic = null,
        [Description("Only by this person")] PersonId? by = null,
        [Description("Only in this form"), OneOfPack("formats")] string? format = null,
        [Description("Which page")] int page = 1,
        CancellationToken ct = default)
    {
        var sought = new SearchWords(SearchWords.TellingIn(words), SearchWords.In(topic), by?.Value.ToString("N"), format);
        if (sought.IsEmpty)
            throw new Refusal($"Say what to look for: {"library search pager":code}, or {"topic=":code}, {"by=":code}, {"format=":code}. {"library used":code} shows what is used most.");
        if (page is < 1 or > MostPages)
            throw new Refusal($"{"page":code} is between 1 and {MostPages}; with more words there is less to leaf through.");

        // Whoever is not shown by name is not found by it either.
        if (by is { } author && author != caller.Person && !await naming.GoesByNameAsync(author, ct))
            return Nothing();
        await shelving.CatchUpAsync(ct);
        var numbers = await shelf.FindAsync(sought, sought.Words.Count > 0 ? words : null, page * PageSize + 1, ct);
        var shown = await shelf.ReadAsync(numbers.Skip((page - 1) * PageSize).Take(PageSize), ct);
        if (shown.Count == 0)
            return Nothing();

        var more = numbers.Count > page * PageSize && page < MostPages;
        RichText count = (page, more) switch
        {
            (1, false) => shown.Count == 1 ? "Found one." : $"Found {shown.Count}.",
            _ => $"Page {page} of what is found, {shown.Count} here{(more ? "" : ", the last")}.",
        };
        return new Message(count, Card.Of(
            new Facts(await text.OfAsync(shown, ct)),
            more ? new Buttons([new("More", Line(words, topic, await NameOfAsync(by, ct), format, page + 1))]) : null));
    }

    [Command("library used", "See what others used most of all that was shared", ReadsOnly = true)]
    public async Task<Reply> UsedAsync(Caller caller, CancellationToken ct)
    {
        var shown = await shelf.ReadAsync(await shelf.MostUsedAsync(PageSize, ct), ct);
        return shown.Count == 0
            ? new Message($"Nothing was used by others yet. {"used 1 \"where\"":code} says that you used something.")
            : new Message("What others used most.", Card.Of(new Facts(await text.OfAsync(shown, ct))));
    }

    [Command("library digest", "See what was shared in the last seven days", ReadsOnly = true)]
    public async Task<Reply> DigestAsync(Caller caller, CancellationToken ct) =>
        await text.DigestAsync(caller.Today.PlusDays(-6), caller.Today.PlusDays(1), ct) ?? new Message($"Nothing was shared in the last seven days. {"share \"What you learned\"":code} is a good start.");

    [Command("library weekly", "Post each week what was shared, or stop posting", Role = Role.Lead, Example = "library weekly on")]
    public async Task<Reply> WeeklyAsync(Caller caller, [Description("Whether it is posted"), OneOf("on", "off")] string post, CancellationToken ct)
    {
        var running = await work.Db.Set<Schedule>().FirstOrDefaultAsync(schedule => schedule.Effect == WeeklyDigest.Effect && schedule.State == ScheduleState.Active, ct);
        if (running is null == (post == "off"))
            throw new Refusal($"The week's digest is {post} already. Nothing was changed.");
        await audit.NoteAsync(caller, "library weekly", ct, detail: post);
        if (running is not null)
        {
            await schedules.HaltAsync(running, ScheduleState.Cancelled, ct);
            return new Message($"The week's digest is not posted any more; {"library digest":code} shows it to whoever asks.");
        }

        var schedule = await schedules.AddAsync(WeeklyDigest.Effect, "What was shared in the week", WeeklyDigest.RuleFrom(caller.Today), Lateness.RunOnce, Duration.FromDays(1), caller.Person, null, ct);
        return new Message($"Every Friday at 15:00 the channel hears what was shared in the week, unless that is nothing. It is schedule {schedule.Number}; {"library weekly off":code} stops it.");
    }

    private static Message Nothing() => new($"Nothing is found. Try fewer words, or the beginning of one; {"library used":code} shows what is used most.");

    private async Task<string?> NameOfAsync(PersonId? by, CancellationToken ct) => by is { } person
        ? "@" + await work.Sql.FirstAsync($"select name from people where id = {person}", row => row.TextOrNull(0), ct)
        : null;

    private static string Line(string? words, string? topic, string? by, string? format, int page)
    {
        (string Name, string? Value)[] values = [("words", words), ("topic", topic), ("by", by), ("format", format), ("page", page.ToString(CultureInfo.InvariantCulture))];
        return CommandLine.Write("library search", values.Where(value => value.Value is not null).Select(value => KeyValuePair.Create(value.Name, value.Value!)));
    }
}
