using System.Runtime.Intrinsics;
using NodaTime;

namespace CopBot.Core.Features.Claims;

/// <summary>A recent title with the number and the instant of its claim.</summary>
public sealed record RecentTitle(int Number, TitleProfile Profile, Instant At);

/// <summary>Recent titles in the order of their numbers.</summary>
/// <remarks>Only what is beyond the count is ever written, so what somebody still reads stays as it was.</remarks>
public sealed class KnownTitles
{
    // Their letters lie beside each other, because all of them are looked at for every new title.
    private readonly Vector256<byte>[] letters;
    private readonly RecentTitle[] titles;
    private readonly int count;

    private KnownTitles(RecentTitle[] titles, Vector256<byte>[] letters, int count)
    {
        this.titles = titles;
        this.letters = letters;
        this.count = count;
    }

    public static KnownTitles None { get; } = new([], [], 0);

    /// <summary>The highest number known.</summary>
    public int UpTo => count == 0 ? 0 : titles[count - 1].Number;

    public RecentTitle this[int index] => titles[index];

    /// <summary>The next title from an index on that may be the one searched for; -1 when there is none.</summary>
    public int Next(TitleSearch search, int from)
    {
        for (var index = from; index < count; index++)
        {
            if (search.MayBe(letters[index]) && search.MayBe(titles[index].Profile))
                return index;
        }

        return -1;
    }

    /// <summary>With those that came later, and without those that are too old when room is needed.</summary>
    public KnownTitles With(IEnumerable<RecentTitle> fresh, Instant since)
    {
        var later = fresh.Where(title => title.Number > UpTo).ToList();
        var (room, lines, kept) = (titles, letters, count);
        if (kept + later.Count > room.Length)
        {
            var recent = titles.Take(count).Where(title => title.At >= since).ToList();
            room = new RecentTitle[Math.Max(64, (recent.Count + later.Count) * 2)];
            recent.CopyTo(room);
            kept = recent.Count;
            lines = new Vector256<byte>[room.Length];
            for (var index = 0; index < kept; index++)
                lines[index] = room[index].Profile.Letters;
        }

        foreach (var title in later)
        {
            lines[kept] = title.Profile.Letters;
            room[kept++] = title;
        }

        return new(room, lines, kept);
    }
}
