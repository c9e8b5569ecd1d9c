using CopBot.Core.Chat;
using CopBot.Core.Features.League;
using CopBot.Platforms.WebChat;
using NodaTime;
using Period = CopBot.Core.Features.League.Period;

namespace CopBot.Host.Dashboard;

/// <summary>This week's first ten, and the reader's own line.</summary>
public sealed record WeekBoard(string Title, IReadOnlyList<WeekRow> Rows, int More, WeekRow? Own)
{
    /// <summary>The most points that anybody shown has; bars are drawn against it.</summary>
    public int Most => Rows.Count == 0 ? 0 : Rows[0].Points;
}

/// <summary>A line of the board. <paramref name="Own"/> marks the reader's.</summary>
public sealed record WeekRow(int Rank, string Name, int Points, bool Own);

/// <summary>Reads the board of the week as one person may see it.</summary>
public sealed class WeekBoards(Standings standings, IDirectory directory, TimeProvider time)
{
    private const int MostRows = 10;

    public async Task<WeekBoard> ReadAsync(Viewer viewer, DateTimeZone zone, CancellationToken ct)
    {
        var today = Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(zone).Date;
        var week = Period.Week(today);
        var top = await standings.TopAsync(Board.People, week, MostRows, ct);
        var names = await directory.NamesAsync([.. top.Select(place => new PersonId(place.Subject))], WebChatPlatform.Channel, null, ct);
        var rows = top.Select(place => new WeekRow(place.Rank, PlainText.Visible(names(new PersonId(place.Subject))), place.Points, place.Subject == viewer.Person.Value)).ToList();
        var total = rows.Count < MostRows ? rows.Count : await standings.CountAsync(Board.People, week, ct);
        return new(week.Title, rows, total - rows.Count, rows.Exists(row => row.Own) ? null : await OwnAsync(viewer, week, ct));
    }

    private async Task<WeekRow?> OwnAsync(Viewer viewer, Period week, CancellationToken ct)
    {
        var points = await standings.PointsAsync(Board.People, week, viewer.Person.Value, ct);
        return points > 0 ? new(await standings.RankAsync(Board.People, week, points, ct), viewer.Name, points, true) : null;
    }
}
