using CopBot.Core.Chat;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Okrs;

/// <summary>The day after check-in day: how the objectives stand, for everybody. Nothing is said where none has run for long enough to tell.</summary>
public sealed class OkrDigest(Work work, OkrBook book, Channels channels) : IScheduledEffect
{
    public const string Effect = "okr digest";

    public string Name => Effect;

    public async Task RunAsync(Schedule schedule, Occurrence occurrence, CancellationToken ct)
    {
        var zone = (await Communities.LoadAsync(work, ct)).Zone;
        var blocks = new List<Block>();
        var (reached, behind, all) = (0, 0, 0);
        foreach (var objective in (await book.ActiveAsync(ct)).Where(objective => objective.FromDay < occurrence.Date.PlusDays(-1)))
        {
            var lines = new List<Fact>();
            foreach (var one in await book.ProgressAsync(objective, occurrence.Date, ct))
            {
                (reached, behind, all) = (reached + (one.IsReached ? 1 : 0), behind + (one.IsBehind ? 1 : 0), all + 1);
                lines.Add(new($"Key result {one.KeyResult.Number}", RichText.Of($"{new UserText(one.KeyResult.Title, objective.OwnerId)}: {OkrText.Line(one, occurrence.Date, zone)}")));
            }

            if (lines.Count > 0)
                blocks.AddRange([new Paragraph($"Objective {objective.Number} “{objective.Titled}”"), new Facts(lines)]);
        }

        if (blocks.Count == 0)
            return;
        await channels.PostAsync(PostKind.Okrs, new Message(
            $"How the objectives stand: {reached} of {all} key {(all == 1 ? "result" : "results")} reached, {behind} behind an even pace.",
            Card.Of([.. blocks, new Buttons([new("See the objectives", "okr list")])])), schedule.Id, ct);
    }
}
