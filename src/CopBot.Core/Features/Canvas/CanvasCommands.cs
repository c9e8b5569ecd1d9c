using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Canvas;

public sealed class CanvasCommands(Work work, CanvasBook book, Audit audit, OrderedIds ids, DueSignal signal) : ICommands
{
    [Command("canvas set", "Answer a question of the community canvas anew", Role = Role.Core, Example = "canvas set purpose \"We make production boring together\"")]
    public async Task<Reply> SetAsync(
        Caller caller,
        [Description("Which of the nine questions"), OneOfPack("questions")] string question,
        [Description("The answer"), MaxLength(2000)] string answer,
        CancellationToken ct)
    {
        var before = await book.StandingAsync(question, ct);
        if (before.Text == answer)
            throw new Refusal($"That is the answer already. Nothing was stored.");

        var version = before.Latest + 1;
        await work.Sql.ExecuteAsync(
            $"""
            insert into canvas_answers (id, community_id, question, version, answer, author_id, at)
            values ({ids.Next()}, {work.CommunityId}, {question}, {version}, {answer}, {caller.Person}, {caller.At})
            """, ct);
        await audit.NoteAsync(caller, "canvas set", ct, detail: FormattableString.Invariant($"{question} {version}"));
        return Reply.ToAll(new Message(
            $"{caller.Person:name} answers {Words(question)} anew, version {version}: “{new UserText(answer, caller.Person)}”",
            Card.Of(new Note($"{$"canvas diff {question}":code} shows what is different. Stars are for a version, so this one has none yet."))));
    }

    [Command("canvas rate", "Say how true the values or the goals are, in stars from 1 to 5", Example = "canvas rate values 4")]
    public async Task<Reply> RateAsync(
        Caller caller,
        [Description("Which answer"), OneOf("values", "goals")] string question,
        [Description("How many stars, 1 (not at all) to 5 (entirely)")] int stars,
        CancellationToken ct)
    {
        if (caller.LooksOn)
            throw Claims.Claims.OnlyLooksOn();
        if (stars is < 1 or > 5)
            throw new Refusal($"{"stars":code} is 1 to 5, not {stars}. Nothing was stored.");

        var standing = await book.StandingAsync(question, ct);
        await work.Sql.ExecuteAsync(
            $"""
            insert into canvas_ratings (community_id, question, version, person_id, stars, at) values ({work.CommunityId}, {question}, {standing.Version}, {caller.Person}, {stars}, {caller.At})
            on conflict (community_id, question, version, person_id) do update set stars = excluded.stars, at = excluded.at
            """, ct);
        var (mean, count) = (await book.StarsAsync(question, standing.Version, ct))!.Value;
        return new Message($"You give {Words(question)} {stars} {(stars == 1 ? "star" : "stars")}; {Stars(mean, count)}. Nobody is told who gave which{(count < 5 ? ", but of so few it can be guessed" : "")}.");
    }

    [Command("canvas review", "Set the day on which the canvas is looked at again, or say that it was", Role = Role.Core, Example = "canvas review on=2026-06-30")]
    public async Task<Reply> ReviewAsync(
        Caller caller,
        [Description("The day; you are reminded then")] LocalDate? on = null,
        [Description("Whether it was looked at")] bool done = false,
        CancellationToken ct = default)
    {
        var planned = await work.Db.Set<CanvasReview>().FirstOrDefaultAsync(ct);
        if (on is { } day)
        {
            if (day < caller.Today)
                throw new Refusal($"{"on":code} lies in the past; today is {caller.Today:uuuu-MM-dd}. Nothing was stored.");
            await work.Sql.ExecuteAsync(
                $"""
                insert into canvas_reviews (community_id, on_day, owner_id) values ({work.CommunityId}, {day}, {caller.Person})
                on conflict (community_id) do update set on_day = excluded.on_day, owner_id = excluded.owner_id, reminded_at = null
                """, ct);
            work.AfterCommit(signal.Set);
            await audit.NoteAsync(caller, "canvas review", ct, detail: Day(day));
            return Reply.ToAll(new Message($"The canvas is looked at again on {Day(day)}; {caller.Person:name} is reminded then, in working hours."));
        }

        if (planned is null)
            throw new Refusal($"No review is planned: {$"canvas review on={Day(caller.Today.PlusMonths(6))}":code} plans one. Nothing was changed.");
        if (!done)
            return new Message($"The canvas is looked at again on {Day(planned.OnDay)}. {"canvas review done":code} says that it was.");
        await work.Sql.ExecuteAsync($"delete from canvas_reviews where community_id = {work.CommunityId}", ct);
        await audit.NoteAsync(caller, "canvas review", ct, detail: "done");
        return Reply.ToAll(new Message($"The canvas was looked at. When next? {$"canvas review on={Day(caller.Today.PlusMonths(6))}":code}"));
    }

    internal static RichText Stars(decimal mean, int count) => $"{mean:0.0} of 5 stars from {count} {(count == 1 ? "member" : "members")}";

    /// <summary>A word of the bot's own, such as a question's name, as it is said.</summary>
    internal static RichText Words(string words) => words;

    private static string Day(LocalDate day) => day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}
