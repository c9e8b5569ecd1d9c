using CopBot.Core.Content;
using Xunit;

namespace CopBot.Tests.Core.Content;

public sealed class DefaultPackTests
{
    private static readonly PointsPolicy Policy = PackReader.Read(PackReader.DefaultFolder).Points;

    [Theory]
    [InlineData("share", "small", 5)]
    [InlineData("share", "medium", 10)]
    [InlineData("share", "large", 20)]
    [InlineData("share", "huge", 40)]
    [InlineData("experiment-start", "with-measure", 5)]
    [InlineData("experiment-start", "without-measure", 0)]
    [InlineData("experiment-result", "result", 15)]
    [InlineData("mob", "participant", 10)]
    [InlineData("mob", "host", 5)]
    [InlineData("win", "story", 8)]
    [InlineData("failure", "story", 8)]
    [InlineData("outcome", "outcome", 10)]
    [InlineData("kudos", "receiver", 3)]
    [InlineData("kudos", "giver", 1)]
    [InlineData("used", "author", 5)]
    [InlineData("used", "user", 2)]
    public void A_part_earns_what_the_policy_promises(string kind, string part, int points) =>
        Assert.Equal(points, Policy[kind].PointsFor(part));

    [Fact]
    public void No_part_stands_in_the_policy_beside_the_promised_ones()
    {
        Assert.Equal(["share", "experiment-start", "experiment-result", "mob", "win", "failure", "outcome", "kudos", "used"], Policy.Kinds.Keys);
        Assert.Equal(16, Policy.Kinds.Values.Sum(rule => rule.Points.Count));
        Assert.All(Policy.Kinds, rule => Assert.Equal(rule.Key, rule.Value.Kind));
        Assert.All(Policy.Kinds.Values, rule => Assert.NotEmpty(rule.Title));
        Assert.All(Policy.Kinds.Values, rule => Assert.NotEmpty(rule.Says));
    }

    [Theory]
    [InlineData("small", "code", 8)]
    [InlineData("medium", "demo", 15)]
    [InlineData("huge", "lab", 60)]
    [InlineData("small", "talk", 5)]
    [InlineData("small", "doc", 5)]
    [InlineData("small", "post", 5)]
    [InlineData("small", "coaching", 5)]
    public void Hands_on_formats_of_a_share_earn_half_as_much_again_rounded_half_up(string size, string format, int points) =>
        Assert.Equal(points, Policy["share"].PointsFor(size, format));

    [Theory]
    [InlineData("share", "small", false)]
    [InlineData("share", "medium", false)]
    [InlineData("share", "large", true)]
    [InlineData("share", "huge", true)]
    [InlineData("experiment-start", "with-measure", false)]
    [InlineData("experiment-result", "result", true)]
    [InlineData("mob", "participant", true)]
    [InlineData("mob", "host", true)]
    [InlineData("win", "story", false)]
    [InlineData("failure", "story", false)]
    [InlineData("outcome", "outcome", true)]
    [InlineData("kudos", "receiver", false)]
    [InlineData("used", "author", false)]
    public void A_part_waits_for_confirmation_where_the_policy_says_so(string kind, string part, bool waits) =>
        Assert.Equal(waits, Policy[kind].Waits(part));

    [Fact]
    public void A_mob_is_confirmed_by_who_took_part_and_the_others_by_any_member()
    {
        Assert.Equal(Confirmer.Participant, Policy["mob"].ConfirmedBy);
        Assert.Equal(Confirmer.Member, Policy["share"].ConfirmedBy);
        Assert.Equal(Confirmer.Member, Policy["experiment-result"].ConfirmedBy);
        Assert.Equal(Confirmer.Member, Policy["outcome"].ConfirmedBy);
        Assert.Equal(Confirmer.Nobody, Policy["kudos"].ConfirmedBy);
    }

    [Fact]
    public void Kudos_and_reuse_are_limited_per_week()
    {
        Assert.Equal([("giver", 5, CapPeriod.Week), ("pair", 2, CapPeriod.Week)], Policy["kudos"].Limits.Select(limit => (limit.Per, limit.Times, limit.Period)));
        Assert.Equal([("claim", 3, CapPeriod.Week)], Policy["used"].Limits.Select(limit => (limit.Per, limit.Times, limit.Period)));
        Assert.Equal(3, Policy.Kinds.Values.Sum(rule => rule.Limits.Count));
    }

    [Fact]
    public void A_day_is_capped_for_all_points_and_a_week_for_small_shares()
    {
        Assert.Collection(
            Policy.Caps,
            daily =>
            {
                Assert.Equal(("daily", 60, CapPeriod.Day), (daily.Name, daily.Points, daily.Period));
                Assert.Empty(daily.Rules);
            },
            small =>
            {
                Assert.Equal(("small shares", 20, CapPeriod.Week), (small.Name, small.Points, small.Period));
                Assert.Equal(["share.small"], small.Rules);
            });
    }

    [Fact]
    public void The_terms_and_lists_are_those_of_the_policy()
    {
        Assert.Equal(1, Policy.Version);
        Assert.Equal((14, 3), (Policy.ExpiresAfterDays, Policy.ReminderBeforeDays));
        Assert.Equal(24, Policy.UndoHours);
        Assert.Equal((90, 30), (Policy.SimilarPercent, Policy.SimilarDays));
        Assert.Equal(["small", "medium", "large", "huge"], Policy.Sizes.Keys);
        Assert.All(Policy.Sizes.Values, Assert.NotEmpty);
        Assert.Equal("small", Policy["share"].Default);
        Assert.Equal(["talk", "doc", "post", "coaching", "code", "demo", "lab"], Policy.Formats);
        Assert.Equal(["quality", "speed", "savings", "other"], Policy.Outcomes);
    }

    [Fact]
    public void Sizes_and_kinds_keep_the_order_in_which_they_are_written()
    {
        using var folder = new PackFolder();
        var points = PackFolder.DefaultPoints
            .Replace("  small: A link, a tip, a page that helped you\n", "", StringComparison.Ordinal)
            .Replace("  huge: Something", "  small: A link\n  huge: Something", StringComparison.Ordinal)
            .Replace("  win:\n    title: Win\n    says: Something that went well, and why\n    points: { story: 8 }\n", "", StringComparison.Ordinal)
            .Replace("kinds:\n", "kinds:\n  win: { title: Win, says: It went well, points: { story: 8 } }\n", StringComparison.Ordinal);

        var policy = PackReader.Read(folder.Write(points).Path).Points;

        Assert.Equal(["medium", "large", "small", "huge"], policy.Sizes.Keys);
        Assert.Equal(["win", "share", "experiment-start"], policy.Kinds.Keys.Take(3));
    }

    [Fact]
    public void A_pack_may_be_written_with_windows_line_ends_a_byte_order_mark_and_quotes()
    {
        using var folder = new PackFolder();
        var points = "\ufeff" + PackFolder.DefaultPoints
            .Replace("title: Share", "title: \"Share\"", StringComparison.Ordinal)
            .Replace("title: Win", "title: 'It''s a win: 🎉'", StringComparison.Ordinal)
            .Replace("says: Several people, one problem, real code", "says: >\n      Several people,\n      one problem", StringComparison.Ordinal)
            .Replace("\n", "\r\n", StringComparison.Ordinal);

        var policy = PackReader.Read(folder.Write(points).Path).Points;

        Assert.Equal("Share", policy["share"].Title);
        Assert.Equal("It's a win: 🎉", policy["win"].Title);
        Assert.Equal("Several people, one problem", policy["mob"].Says);
    }

    [Fact]
    public void Every_list_that_commands_ask_for_is_in_the_pack()
    {
        var pack = PackReader.Read(PackReader.DefaultFolder);

        Assert.Equal(Policy.Sizes.Keys, pack.List("sizes"));
        Assert.Equal(Policy.Formats, pack.List("formats"));
        Assert.Equal(Policy.Outcomes, pack.List("outcomes"));
        Assert.Equal(Policy.Kinds.Keys, pack.List("kinds"));
        Assert.Throws<InvalidOperationException>(() => pack.List("weather"));
    }
}
