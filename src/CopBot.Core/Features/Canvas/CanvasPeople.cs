using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Canvas;

/// <summary>What the canvas keeps about people.</summary>
public sealed class CanvasPeople(Work work) : IKeepsPeople
{
    public async Task<IReadOnlyList<Holding>> OfAsync(PersonId person, CancellationToken ct) =>
    [
        new("canvasAnswers", await work.Db.Set<CanvasAnswer>().Where(answer => answer.AuthorId == person).OrderBy(answer => answer.At).ToListAsync(ct)),
        new("canvasRatings", await work.Db.Set<CanvasRating>().Where(rating => rating.PersonId == person).OrderBy(rating => rating.At).ToListAsync(ct)),
        new("canvasReviews", await work.Db.Set<CanvasReview>().Where(review => review.OwnerId == person).ToListAsync(ct)),
    ];

    public async Task EraseAsync(PersonId person, Instant at, CancellationToken ct)
    {
        await work.Sql.ExecuteAsync($"update canvas_answers set answer = null where author_id = {person}", ct);
        await work.Sql.ExecuteAsync($"delete from canvas_ratings where person_id = {person}", ct);
        await work.Sql.ExecuteAsync($"update canvas_reviews set owner_id = null where owner_id = {person}", ct);
    }

    public async Task MergeAsync(PersonId kept, PersonId gone, CancellationToken ct)
    {
        await work.Sql.ExecuteAsync($"update canvas_answers set author_id = {kept} where author_id = {gone}", ct);
        await work.Sql.ExecuteAsync($"delete from canvas_ratings where person_id = {gone} and exists (select 1 from canvas_ratings o where o.community_id = canvas_ratings.community_id and o.question = canvas_ratings.question and o.version = canvas_ratings.version and o.person_id = {kept})", ct);
        await work.Sql.ExecuteAsync($"update canvas_ratings set person_id = {kept} where person_id = {gone}", ct);
        await work.Sql.ExecuteAsync($"update canvas_reviews set owner_id = {kept} where owner_id = {gone}", ct);
    }
}
