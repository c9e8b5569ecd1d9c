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
        Assert.StartsWith("You only look on.", await chat.AskAsync("gil", "accept 1"));
        await chat.SayAsync("gil", "privacy public");
        Assert.Contains("10 points for gil", await chat.AskAsync("gil", "accept 1"));
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
        foreach (var number in (int[])[1, 2, 3])
            Assert.DoesNotContain("Phoenix", await chat.AskAsync("cy", $"why #{number}"));
        Assert.Contains("Phoenix 16", await chat.AskAsync("cy", "board"));
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

public sealed class PrivacyOnPostgresTests() : PrivacyTests(Product.Postgres);
