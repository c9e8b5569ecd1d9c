using CopBot.Core.Chat;
using CopBot.Core.Features.Rotations;
using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Rotations;

public abstract class CalendarFeedTests(Product product)
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly string[] People = ["ana", "bo", "cy", "dee", "eve"];

    [Fact]
    public async Task An_address_gives_the_turns_that_began_and_the_next_twelve_without_a_gap()
    {
        await using var chat = await StartAsync();
        var calendar = await ReadAsync(chat, await CalendarText.AskAsync(chat, "bo"));
        Assert.Equal(await ForetoldAsync(chat), calendar.Events.Select(one => one.Summary));
        Assert.All(calendar.Events, one => Assert.Equal("TENTATIVE", one.Status));

        await chat.WaitAsync(Duration.FromDays(7 * 10));
        var later = await ReadAsync(chat, await CalendarText.AskAsync(chat, "ana"));
        Assert.Equal(5 + 12, later.Events.Count);
        Assert.Equal([.. Enumerable.Repeat("CONFIRMED", 5), .. Enumerable.Repeat("TENTATIVE", 12)], later.Events.Select(one => one.Status));
        Assert.All(later.Events.Zip(later.Events.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Begin));
        Assert.All(later.Events, one => Assert.Equal(new LocalTime(9, 0), one.Begin.InZone(Berlin).TimeOfDay));

        // What was foretold has happened, and each turn is still the same event; clocks changed on 29 March.
        Assert.Equal(calendar.Events.Select(one => (one.Uid, one.Begin, one.End, one.Summary)), later.Events.Take(12).Select(one => (one.Uid, one.Begin, one.End, one.Summary)));
        Assert.Equal(2, later.Events.Select(one => one.Begin.InZone(Berlin).Offset).Distinct().Count());
        Assert.Equal(17, later.Events.Select(one => one.Uid).Distinct().Count());
    }

    [Fact]
    public async Task Revoking_ends_every_address_at_once_and_a_fresh_one_can_be_made()
    {
        await using var chat = await StartAsync();
        var (first, second) = (await CalendarText.AskAsync(chat, "ana"), await CalendarText.AskAsync(chat, "bo"));
        Assert.NotEqual(first, second);
        Assert.StartsWith("All 2 addresses of the calendar of Core team open nothing any more.", await chat.AskAsync("bo", "rotation feed \"Core team\" revoke"));
        Assert.Null(await CalendarText.ReadAsync(chat, first));
        Assert.Null(await CalendarText.ReadAsync(chat, second));
        Assert.Null(await CalendarText.ReadAsync(chat, SecretToken.New()));
        Assert.Equal("The calendar of Core team has no address; `rotation feed \"Core team\"` makes one. Nothing was changed.", await chat.AskAsync("ana", "rotation feed --revoke"));
        Assert.Equal(12, (await ReadAsync(chat, await CalendarText.AskAsync(chat, "ana"))).Events.Count);
        Assert.Equal(1, await chat.ScalarAsync<int>($"select count(*) from audit where act = {"rotation feed revoke"}"));
    }

    [Fact]
    public async Task Only_its_hash_is_kept_and_only_those_in_it_and_leads_are_given_one()
    {
        await using var chat = await StartAsync();
        await chat.JoinAsync("zoe");
        Assert.Equal("The calendar of Core team is for those in it and for leads; `rotation join \"Core team\"` makes you one of them. Nothing was changed.", await chat.AskAsync("zoe", "rotation feed \"Core team\""));
        Assert.StartsWith("The calendar of Core team is for those in it", await chat.AskAsync("zoe", "rotation feed \"Core team\" revoke"));
        var token = await CalendarText.AskAsync(chat, "bo");
        Assert.Equal(1, await chat.ScalarAsync<int>($"select count(*) from calendar_feeds where hash = {SecretToken.HashOf(token)}"));
        Assert.DoesNotContain(token, await chat.WhisperAskAsync("bo", "my data"));
        for (var more = 1; more < 5; more++)
            await CalendarText.AskAsync(chat, "bo");
        Assert.StartsWith("You have 5 addresses of Core team already", await chat.AskAsync("bo", "rotation feed"));
        Assert.Equal(5, await chat.ScalarAsync<int>($"select count(*) from calendar_feeds"));
        await chat.SayAsync("ana", "rotation remove yes=yes");
        Assert.Null(await CalendarText.ReadAsync(chat, token));
        Assert.Equal(0, await chat.ScalarAsync<int>($"select (select count(*) from calendar_feeds) + (select count(*) from calendars)"));
    }

    [Theory]
    [InlineData("rotation override turn=3 seat=lead who=@eve reason=\"knows it\"")]
    [InlineData("rotation skip turn=1 who=@{first}")]
    [InlineData("rotation away until=2026-03-20 who=@bo")]
    [InlineData("rotation leave who=@dee")]
    [InlineData("schedule run 1")]
    [InlineData("schedule pause 1")]
    [InlineData("settings zone=America/New_York")]
    public async Task The_sequence_goes_up_with_what_changes_and_reading_leaves_it(string line)
    {
        await using var chat = await StartAsync();
        var token = await CalendarText.AskAsync(chat, "ana");
        await chat.WaitAsync(Duration.FromHours(3));
        var before = await ReadAsync(chat, token);
        Assert.Equal(before.Text, (await ReadAsync(chat, token)).Text);
        await chat.SayAsync("bo", "share \"Error budgets in one page\"");
        Assert.Equal(before.Text, (await ReadAsync(chat, token)).Text);

        var first = People.First(name => before.Events[0].Summary.Contains($" {name} (lead)", StringComparison.Ordinal));
        await chat.SayAsync("ana", line.Replace("{first}", first, StringComparison.Ordinal));
        var after = await ReadAsync(chat, token);
        Assert.NotEqual(before.Events.Select(one => (one.Begin, one.Summary)), after.Events.Select(one => (one.Begin, one.Summary)));
        Assert.All(after.Events, one => Assert.True(one.Sequence > before.Events[0].Sequence, "the sequence did not go up"));
    }

    [Fact]
    public async Task A_seat_that_is_offered_changes_nothing_until_it_is_taken()
    {
        await using var chat = await StartAsync();
        var token = await CalendarText.AskAsync(chat, "ana");
        var before = await ReadAsync(chat, token);
        var asks = People.First(name => before.Events[1].Summary.Contains($" {name} (lead)", StringComparison.Ordinal));
        var takes = People.First(name => !before.Events[1].Summary.Contains($" {name} (", StringComparison.Ordinal));
        await chat.SayAsync(asks, "rotation swap turn=2");
        Assert.Equal(before.Text, (await ReadAsync(chat, token)).Text);
        await chat.SayAsync(takes, "rotation take 2");
        var after = await ReadAsync(chat, token);
        Assert.StartsWith($"Core team: {takes} (lead)", after.Events[1].Summary);
        Assert.Equal(before.Events[1].Uid, after.Events[1].Uid);
        Assert.True(after.Events[1].Sequence > before.Events[1].Sequence);
    }

    [Fact]
    public async Task Names_are_the_ones_that_everybody_may_see()
    {
        await using var chat = await StartAsync();
        var token = await CalendarText.AskAsync(chat, "ana");
        await chat.WaitAsync(Duration.FromDays(40));
        var before = await ReadAsync(chat, token);
        Assert.Contains("cy (", before.Text);
        await chat.WhisperAsync("cy", "privacy hidden");
        await chat.WhisperAsync("dee", "privacy alias Nightjar");
        var after = await ReadAsync(chat, token);
        Assert.DoesNotContain("cy (", after.Text);
        Assert.DoesNotContain("dee (", after.Text);
        Assert.Contains("someone (", after.Text);
        Assert.Contains("Nightjar (", after.Text);
        Assert.True(after.Events[0].Sequence > before.Events[0].Sequence);

        await chat.WhisperAsync("eve", "forget me yes=yes");
        Assert.DoesNotContain("eve", (await ReadAsync(chat, token)).Text);
    }

    [Fact]
    public async Task Whoever_is_forgotten_takes_their_addresses_along_and_the_others_stay()
    {
        await using var chat = await StartAsync();
        var (gone, stays) = (await CalendarText.AskAsync(chat, "bo"), await CalendarText.AskAsync(chat, "cy"));
        await chat.WhisperAsync("bo", "forget me yes=yes");
        Assert.Null(await CalendarText.ReadAsync(chat, gone));
        Assert.NotNull(await CalendarText.ReadAsync(chat, stays));
        Assert.Equal(1, await chat.ScalarAsync<int>($"select count(*) from calendar_feeds"));
    }

    [Fact]
    public async Task A_rotation_that_does_not_run_shows_who_serves_and_an_empty_one_shows_nobody()
    {
        await using var chat = await StartAsync();
        await chat.WaitAsync(Duration.FromDays(10));
        await chat.SayAsync("ana", "schedule pause 1");
        var token = await CalendarText.AskAsync(chat, "ana");
        var now = Assert.Single((await ReadAsync(chat, token)).Events);
        Assert.InRange(chat.Clock.Now, now.Begin, now.End);
        await chat.WaitAsync(Duration.FromDays(60));
        now = Assert.Single((await ReadAsync(chat, token)).Events);
        Assert.InRange(chat.Clock.Now, now.Begin, now.End);

        await chat.SayAsync("ana", "rotation create Watch seats=1 every=week");
        Assert.All((await ReadAsync(chat, await CalendarText.AskAsync(chat, "ana", "rotation feed Watch"))).Events, one => Assert.Equal("Watch: nobody", one.Summary));
    }

    [Fact]
    public async Task A_hostile_name_is_a_name()
    {
        await using var chat = await StartAsync();
        await chat.SayAsync(chat.Event("ana", "rotation create \"A;B,C\r\nEND:VEVENT\" seats=1 every=week roles=\"x;y\""));
        await chat.SayAsync("ana", "rotation join rotation=\"A;B,C END:VEVENT\"");
        var calendar = await ReadAsync(chat, await CalendarText.AskAsync(chat, "ana", "rotation feed \"A;B,C END:VEVENT\""));
        Assert.Equal(12, calendar.Events.Count);
        Assert.All(calendar.Events, one => Assert.Equal("A\\;B\\,C END:VEVENT: ana (x\\;y)", one.Summary));
    }

    private async Task<Conversation> StartAsync()
    {
        var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync(People);
        await chat.SayAsync("ana", "settings zone=Europe/Berlin");
        await chat.SayAsync("ana", "rotation create \"Core team\" seats=2 every=2w day=monday at=09:00 roles=lead,moderator");
        foreach (var name in People)
            await chat.SayAsync(name, "rotation join \"Core team\"");
        return chat;
    }

    private static async Task<CalendarText> ReadAsync(Conversation chat, string token) => Assert.IsType<CalendarText>(await CalendarText.ReadAsync(chat, token));

    // "Turn 1: Mon 12 Jan 2026: bo (lead) and dee (moderator)" is the same as "Core team: bo (lead)\, dee (moderator)".
    private static async Task<IEnumerable<string>> ForetoldAsync(Conversation chat) =>
        (await chat.AskAsync("ana", "rotation list")).Split('\n').Where(line => line.StartsWith("Turn ", StringComparison.Ordinal)).Select(line => "Core team: " + line.Split(": ", 3)[2].Replace(" and ", "\\, ", StringComparison.Ordinal));
}

public sealed class CalendarFeedOnSqliteTests() : CalendarFeedTests(Product.Sqlite);
