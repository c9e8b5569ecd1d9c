using CopBot.Tests.Support;

namespace CopBot.Tests.Core.Features.People;

public abstract class PrivacyTests(Product product)
{
    [Fact]
    public async Task Receipts_name_the_public_by_name_aliases_by_alias_and_tell_the_hidden_alone()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        Assert.StartsWith("#1 bo shared", Assert.Single(await chat.SayAsync("bo", "share aaaaaaaa"), one => one.IsPublic).Text);
        await chat.SayAsync("bo", "privacy alias \"Grey Fox\"");
        Assert.StartsWith("#2 Grey Fox shared", Assert.Single(await chat.SayAsync("bo", "share bbbbbbbb"), one => one.IsPublic).Text);
        await chat.SayAsync("bo", "privacy hidden");
        var alone = Assert.Single(await chat.SayAsync("bo", "share cccccccc"));
        Assert.True(alone.IsFor("bo"));
        Assert.StartsWith("#3 bo shared “cccccccc” (small): 5 points for bo.", alone.Text);
        Assert.Equal(15, await chat.PointsAsync("bo"));
        Assert.Equal("From now on others see you by name, bo.", await chat.AskAsync("bo", "privacy public"));
        Assert.StartsWith("#4 bo shared", Assert.Single(await chat.SayAsync("bo", "share dddddddd"), one => one.IsPublic).Text);
    }

    [Fact]
    public async Task Observers_earn_nothing_and_keep_what_they_have()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("bo", "win \"Nobody was paged\"");
        await chat.SayAsync("bo", "privacy observer");
        var before = await chat.StoredAsync();
        foreach (var line in (string[])["share aaaaaaaa", "win bbbbbbbb", "failure cccccccc", "experiment start dddddddd", "mob eeeeeeee with=@ana", "kudos @ana thanks"])
            Assert.StartsWith("You only look on.", await chat.AskAsync("bo", line));

        Assert.Equal(before, await chat.StoredAsync());
        await chat.SayAsync("ana", "mob \"Fix the flaky deploy\" with=@bo,@cy");
        Assert.Contains("15 points for ana", await chat.AskAsync("cy", "confirm 2"));
        Assert.Equal(8, await chat.PointsAsync("bo"));
        Assert.StartsWith("You have 8 points this week.", await chat.AskAsync("bo", "me"));
    }

    [Fact]
    public async Task An_invited_observer_earns_after_deciding_to_play()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "cy");
        await chat.SayAsync("ana", "mob \"Fix the flaky deploy\" with=@cy,@gil");
        await chat.SayAsync("cy", "confirm 1");
        await chat.SayAsync("gil", "privacy observer");
        Assert.EndsWith("ana named you.\n  [Decline] decline 1", await chat.AskAsync("gil", "pending"));
        Assert.StartsWith("You only look on.", await chat.AskAsync("gil", "accept 1"));
        await chat.SayAsync("gil", "privacy alias Phoenix");
        Assert.Contains("10 points for Phoenix", await chat.AskAsync("gil", "accept 1"));
    }

    [Fact]
    public async Task An_alias_is_one_nobody_else_is_known_by()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy");
        Assert.Equal("Which alias? For example `privacy alias Phoenix`. Nothing was changed.", await chat.AskAsync("bo", "privacy alias"));
        Assert.Equal("Somebody is known by that name. Choose another one. Nothing was changed.", await chat.AskAsync("bo", "privacy alias ANA"));
        await chat.SayAsync("bo", "privacy alias Phoenix");
        Assert.Equal("Somebody is known by that name. Choose another one. Nothing was changed.", await chat.AskAsync("cy", "privacy alias phoenix"));
        Assert.StartsWith("An alias has letters, digits, spaces, dots, dashes and underscores, at most 32.", await chat.AskAsync("cy", "privacy alias <b"));
        Assert.Equal("A name goes with `privacy alias` only. Nothing was changed.", await chat.AskAsync("cy", "privacy public Cyrus"));
        Assert.StartsWith("`shown` is one of public, alias, hidden, observer; did you mean `hidden`?", await chat.AskAsync("cy", "privacy shown=hiden"));

        // The alias is a name that people can be addressed by, and it is free again once it is given up.
        Assert.Equal("cy thanks you “thanks” (#1).", Assert.Single(await chat.SayAsync("cy", "kudos @phoenix thanks"), one => one.IsFor("bo")).Text);
        await chat.SayAsync("bo", "privacy public");
        Assert.Equal("From now on others see you as phoenix.", await chat.AskAsync("cy", "privacy alias phoenix"));
    }

    [Fact]
    public async Task Naming_somebody_by_their_name_does_not_give_their_alias_away_nor_the_other_way_round()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "ana", "bo", "cy");
        await chat.SayAsync("bo", "privacy alias Phoenix");
        foreach (var (line, other) in (IEnumerable<(string, string)>)[("kudos @bo one", "Phoenix"), ("kudos @phoenix two", "bo"), ("mob \"Fix it\" with=@bo,@cy", "Phoenix"), ("why @bo", "Phoenix"), ("why @phoenix", "bo")])
            Assert.DoesNotContain(other, string.Join('\n', (await chat.SayAsync("ana", line)).Where(one => !one.IsFor("bo")).Select(one => one.Text)));
        Assert.DoesNotContain("Phoenix", await chat.AskAsync("cy", "confirm 3"));
        foreach (var (number, other) in (IEnumerable<(int, string)>)[(1, "Phoenix"), (2, "bo"), (3, "Phoenix")])
            Assert.DoesNotContain(other, await chat.AskAsync("cy", $"why #{number}"));
        Assert.Contains("Phoenix 16", await chat.AskAsync("cy", "board"));
    }

    [Fact]
    public async Task Whoever_is_hidden_is_told_of_their_own_points_as_theirs()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy");
        await chat.SayAsync("bo", "privacy hidden");
        await chat.SayAsync("bo", "share \"A workshop\" size=large");
        await chat.SayAsync("bo", "experiment start Canary");
        await chat.SayAsync("bo", "experiment result 2 proven learned=\"It helps\" next=\"Everywhere\"");
        await chat.SayAsync("bo", "mob \"Pairing\" with=@cy");
        foreach (var (number, title, points) in (IEnumerable<(int, string, int)>)[(1, "A workshop", 20), (2, "Canary", 15), (3, "Pairing", 15)])
        {
            var heard = await chat.SayAsync("cy", $"confirm {number}");
            Assert.Equal($"#{number} “{title}” is confirmed by cy: {points} points for you.", Assert.Single(heard, one => one.IsFor("bo")).Text);
            Assert.StartsWith($"#{number} “{title}” is confirmed by cy: {points} points for someone", Assert.Single(heard, one => one.IsPublic).Text);
        }
    }

    [Fact]
    public async Task Whoever_was_named_by_their_name_or_by_their_alias_is_so_in_all_that_is_said_of_it()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "bo", "cc", "dee");
        await chat.SayAsync("cc", "privacy alias Zorro");
        await chat.SayAsync("bo", "mob \"By name\" with=@cc,@lea");
        Assert.Equal("#1 “By name” is confirmed by someone: 15 points for bo, 10 points for lea and one other.", await chat.AskAsync("cc", "confirm 1"));
        foreach (var line in (string[])["why #1", "why @bo"])
            Assert.DoesNotContain("Zorro", await chat.AskAsync("dee", line));

        Assert.Contains("#2 bo thanks @Zorro “hello there”: 3 points for Zorro, 1 point for bo.", (await chat.SayAsync("bo", "kudos @Zorro \"hello there\"")).Select(one => one.Text));
        Assert.StartsWith("#3 bo hosted the mob session “By alias” with @Zorro and @lea: waiting.", await chat.AskAsync("bo", "mob \"By alias\" with=@zorro,@lea"));
        Assert.Equal("#3 “By alias” is confirmed by Zorro: 15 points for bo, 10 points for lea and Zorro.", await chat.AskAsync("cc", "confirm 3"));
        Assert.Contains("confirmed by Zorro", await chat.AskAsync("dee", "why @bo"));
        Assert.DoesNotContain("Zorro", await chat.AskAsync("lea", "void 1 \"not a mob\""));

        // Under their name again, they stay without one where the alias stood.
        await chat.SayAsync("cc", "privacy public");
        Assert.DoesNotContain("cc", await chat.AskAsync("dee", "why #3"));
        Assert.DoesNotContain("cc", await chat.AskAsync("bo", "undo 3"));
    }

    [Theory]
    [InlineData("аna")] // The first letter is Cyrillic.
    [InlineData("Νora")] // The first letter is Greek.
    public async Task An_alias_that_mixes_alphabets_could_be_taken_for_another(string alias)
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        Assert.Equal("An alias keeps to one alphabet: Latin letters beside Cyrillic or Greek ones could be taken for somebody else's name. Nothing was changed.", await chat.AskAsync("bo", $"privacy alias {alias}"));
        Assert.Equal("From now on others see you as Анна-2.", await chat.AskAsync("bo", "privacy alias Анна-2"));
    }

    [Fact]
    public async Task Names_beyond_ASCII_are_found_however_they_are_written()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("bo", "privacy alias ÑANDÚ");
        Assert.Single(await chat.SayAsync("ana", "kudos @ñandú thanks"), one => one.IsFor("bo"));
        Assert.StartsWith("Somebody is known by that name.", await chat.AskAsync("ana", "privacy alias Ñandú"));
    }
}

public sealed class PrivacyOnSqliteTests() : PrivacyTests(Product.Sqlite);
