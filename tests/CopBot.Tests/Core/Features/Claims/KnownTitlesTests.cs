using CopBot.Core.Chat;
using CopBot.Core.Features.Claims;
using NodaTime;

namespace CopBot.Tests.Core.Features.Claims;

public sealed class KnownTitlesTests
{
    private const string Alphabet = "eeetaoinshr dlcumwfgypbvkxqj ÉßЖ中0189:'-";
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 5, 8, 0);

    [Theory]
    [InlineData(90)]
    [InlineData(75)]
    [InlineData(40)]
    [InlineData(97)]
    public void No_title_that_is_alike_is_passed_over(int percent)
    {
        var random = new Random(percent);
        var titles = Enumerable.Range(1, 100).Select(number => Title(random, number % 7 == 0 ? 120 : 40)).ToList();
        var known = KnownTitles.None;
        foreach (var part in titles.Select((title, index) => new RecentTitle(index + 1, new TitleProfile(title), Start)).Chunk(7))
            known = known.With(part, Start);

        var alike = 0;
        foreach (var title in titles)
        {
            var wanted = new TitleProfile(Edited(random, title, random.Next(title.Length / 4 + 2)));
            var found = Found(known, new TitleSearch(wanted, percent));
            var really = titles.Select((other, index) => (Number: index + 1, Likeness: Similarity.Of(other, wanted.Text))).Where(other => other.Likeness >= percent).Select(other => other.Number).ToList();
            alike += really.Count;

            Assert.Empty(really.Except(found));
            Assert.Equal(found.Order(), found);
        }

        Assert.True(alike >= 5, $"only {alike} titles were alike, which proves little");
    }

    [Fact]
    public void Hardly_any_title_needs_a_closer_look()
    {
        var random = new Random(1);
        var known = KnownTitles.None.With(Enumerable.Range(1, 1000).Select(number => new RecentTitle(number, new TitleProfile(Title(random, 60)), Start)), Start);

        Assert.InRange(Enumerable.Range(0, 50).Sum(_ => Found(known, new TitleSearch(new TitleProfile(Title(random, 60)), 90)).Count), 0, 5);
    }

    [Fact]
    public void What_somebody_still_reads_stays_as_it_was()
    {
        var search = new TitleSearch(new TitleProfile("the same title"), 90);
        RecentTitle One(int number) => new(number, new TitleProfile("The same title"), Start);
        var before = KnownTitles.None.With([One(1)], Start);
        var after = before.With([One(2)], Start);

        Assert.Equal([1], Found(before, search));
        Assert.Equal(1, before.UpTo);
        Assert.Equal([1, 2], Found(after, search));
        Assert.Equal(0, KnownTitles.None.UpTo);
    }

    [Fact]
    public void What_is_too_old_goes_when_room_is_needed_and_what_is_known_already_is_not_taken_twice()
    {
        var known = KnownTitles.None.With(Enumerable.Range(1, 64).Select(number => new RecentTitle(number, new TitleProfile("An old title"), Start)), Start);
        var later = Start + Duration.FromDays(31);
        var grown = known.With(Enumerable.Range(64, 66).Select(number => new RecentTitle(number, new TitleProfile("An old title"), later)), later);

        Assert.Equal(64, Found(known, new TitleSearch(new TitleProfile("An old title"), 90)).Count);
        Assert.Equal(Enumerable.Range(65, 65), Found(grown, new TitleSearch(new TitleProfile("An old title"), 90)));
    }

    private static List<int> Found(KnownTitles known, TitleSearch search)
    {
        var found = new List<int>();
        for (var index = known.Next(search, 0); index >= 0; index = known.Next(search, index + 1))
            found.Add(known[index].Number);
        return found;
    }

    private static string Title(Random random, int length) =>
        string.Concat(Enumerable.Range(0, length + random.Next(40)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));

    private static string Edited(Random random, string title, int edits)
    {
        var letters = title.ToList();
        for (var edit = 0; edit < edits; edit++)
        {
            if (random.Next(2) == 0 && letters.Count > 1)
                letters.RemoveAt(random.Next(letters.Count));
            else
                letters.Insert(random.Next(letters.Count + 1), "qxzЩ"[random.Next(4)]);
        }

        return string.Concat(letters);
    }
}
