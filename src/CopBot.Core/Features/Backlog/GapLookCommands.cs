using System.ComponentModel;
using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Core.Features.Backlog;

public sealed class GapLookCommands(Work work, Gaps gaps, Worked worked, Naming naming) : ICommands
{
    private const int PageSize = 15;
    private const int MostNeeds = 20;
    private const int MostRatings = 10;

    [Command("gap list", "See the backlog, the greatest gaps first", ReadsOnly = true, Example = "gap list all")]
    public async Task<Reply> ListAsync(
        Caller caller,
        [Description("Whether closed ones are shown too")] bool all = false,
        [Description("Which page of a long list, from 1")] int page = 1,
        CancellationToken ct = default)
    {
        var listed = await gaps.ListAsync(all, ct);
        if (listed.Count == 0)
            return new Message($"The backlog {(all ? "is empty" : "has no open gap")}. {"gap add":code} puts a missing capability into it.");

        page = Math.Clamp(page, 1, (listed.Count + PageSize - 1) / PageSize);
        var facts = new List<Fact>();
        foreach (var one in listed.Skip((page - 1) * PageSize).Take(PageSize))
            facts.Add(new(FormattableString.Invariant($"Gap {one.Gap.Number}"), await LineAsync(one, ct)));
        var left = listed.Count - page * PageSize;
        var open = listed.Count(one => one.Gap.IsOpen);
        return new Message(
            $"{open} {(open == 1 ? "gap is" : "gaps are")} open{(all && listed.Count > open ? RichText.Of($", {listed.Count - open} closed") : "")}; the greatest come first.",
            Card.Of(
                new Facts(facts),
                left > 0 ? new Note($"{left} more: {$"gap list{(all ? " all" : "")} page={page + 1}":code}.") : null));
    }

    [Command("gap show", "See a gap with its need, its votes, its history and what works on it", ReadsOnly = true, Example = "gap show 1")]
    public async Task<Reply> ShowAsync(Caller caller, [Description("The gap's number"), Also("gap")] int number, CancellationToken ct)
    {
        var gap = await gaps.FindAsync(number, ct, onlyLooks: true);
        var zone = caller.Community.Zone;
        var facts = new List<Fact>();
        if (gap.Need is not null)
            facts.Add(new("Need", RichText.Of($"{new UserText(gap.Need, gap.AuthorId)}")));
        if (gap.Topic is not null)
            facts.Add(new("Topic", RichText.Of($"{new UserText(gap.Topic, gap.AuthorId)}")));
        facts.Add(new("Added", RichText.Of($"{Day(gap.OpenedAt, zone)} by {await naming.NameAsync(gap.AuthorId, ct)}")));
        if (gap.OwnerId is { } owner)
            facts.Add(new("Owner", await naming.NameAsync(owner, ct)));
        var ratings = await work.Db.Set<GapRating>().Where(rating => rating.GapId == gap.Id).OrderByDescending(rating => rating.At).ThenByDescending(rating => rating.Id).Take(MostRatings).ToListAsync(ct);
        if (ratings.Count > 0)
            facts.Add(new("Rated anew", RichText.Join("; ", ratings.AsEnumerable().Reverse().Select(rating => Change(rating, zone)))));
        if (await worked.OnAsync(gap, onlyCounted: false, ct) is { } contributions)
            facts.Add(contributions);
        if (gap is { IsOpen: false, ClosedAt: { } closed })
            facts.Add(new("Closed", gap.CloseReason is null ? Day(closed, zone) : RichText.Of($"{Day(closed, zone)}: {new UserText(gap.CloseReason, gap.ClosedBy)}")));
        return new Message(
            $"Gap {number} “{gap.Titled}”: {GapText.Size(gap)}, {GapText.Votes(await gaps.VotesAsync(gap, ct))}, {GapText.State(gap)}.",
            Card.Of(
                new Facts(facts),
                gap.IsOpen ? new Buttons([new("Vote for it", $"gap vote {number}"), new("Start an experiment", $"gap start {number} experiment")]) : null));
    }

    [Command("gap matrix", "See each need with its capabilities, their level and importance", ReadsOnly = true)]
    public async Task<Reply> MatrixAsync(Caller caller, CancellationToken ct)
    {
        var all = (await gaps.ListAsync(withClosed: true, ct)).Select(one => one.Gap).Where(gap => gap.Need is not null).ToList();
        if (all.Count == 0)
            return new Message($"The backlog is empty. {"gap add":code} puts a missing capability into it.");

        // Whoever writes the same need differs in blanks and capitals.
        var needs = all.GroupBy(gap => string.Join(' ', gap.Need!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant())
            .OrderByDescending(group => group.Where(gap => gap.IsOpen).Sum(gap => gap.Size)).ThenBy(group => group.Min(gap => gap.Number)).ToList();
        var facts = needs.Take(MostNeeds).Select((group, index) => new Fact(
            FormattableString.Invariant($"Need {index + 1}"),
            RichText.Of($"“{new UserText(group.MinBy(gap => gap.Number)!.Need!, group.MinBy(gap => gap.Number)!.AuthorId)}”: {RichText.Join("; ", group.OrderByDescending(gap => gap.Size).ThenBy(gap => gap.Number).Select(Cell))}")));
        return new Message(
            $"{needs.Count} {(needs.Count == 1 ? "need" : "needs")}, {all.Count} {(all.Count == 1 ? "capability" : "capabilities")}: level of {Gap.Mastered}, importance of {Gap.MostImportant}.",
            Card.Of(new Facts([.. facts]), needs.Count > MostNeeds ? new Note($"{needs.Count - MostNeeds} more needs: {"gap export":code} has them all.") : null));
    }

    [Command("gap export", "Get the backlog as a CSV file for a spreadsheet", ReadsOnly = true)]
    public async Task<Reply> ExportAsync(Caller caller, CancellationToken ct)
    {
        var all = await gaps.ListAsync(withClosed: true, ct);
        var zone = caller.Community.Zone;

        // Who owns what is left out: a file is passed on, and what somebody chose to be called cannot follow it.
        var rows = all.Select(one => (IReadOnlyList<string>)
        [
            Number(one.Gap.Number), one.Gap.Title ?? "", one.Gap.Need ?? "", one.Gap.Topic ?? "", Number(one.Gap.Importance), Number(one.Gap.Level), Number(one.Gap.Size), Number(one.Votes), GapText.State(one.Gap),
            Day(one.Gap.OpenedAt, zone), one.Gap.ClosedAt is { } closed ? Day(closed, zone) : "", one.Gap.CloseReason ?? "",
        ]);
        var text = CsvText.Of(["number", "capability", "need", "topic", "importance", "level", "size", "votes", "state", "added", "closed", "reason"], rows);
        return new Message(
            $"The backlog, {all.Count} {(all.Count == 1 ? "gap" : "gaps")}:",
            Card.Of(new Document("backlog.csv", "text/csv", text) { Authors = [.. all.SelectMany(one => (PersonId?[])[one.Gap.AuthorId, one.Gap.ClosedBy]).OfType<PersonId>().Distinct()] }));
    }

    private async Task<RichText> LineAsync(WeighedGap one, CancellationToken ct)
    {
        var owner = one.Gap.OwnerId is { } person ? RichText.Of($", in the hands of {await naming.NameAsync(person, ct)}") : RichText.Empty;
        return RichText.Of($"“{one.Gap.Titled}”, {GapText.Size(one.Gap)}, {GapText.Votes(one.Votes)}, {GapText.State(one.Gap)}{owner}");
    }

    private static RichText Cell(Gap gap) => $"“{gap.Titled}” level {gap.Level}, importance {gap.Importance}{(gap.IsOpen ? "" : " (closed)")}";

    private static RichText Change(GapRating rating, DateTimeZone zone)
    {
        var level = rating.Level == rating.LevelBefore ? RichText.Empty : RichText.Of($" level {rating.LevelBefore} → {rating.Level}");
        var importance = rating.Importance == rating.ImportanceBefore ? RichText.Empty : RichText.Of($" importance {rating.ImportanceBefore} → {rating.Importance}");
        return RichText.Of($"{Day(rating.At, zone)}{level}{importance}");
    }

    private static string Day(Instant at, DateTimeZone zone) => at.InZone(zone).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
