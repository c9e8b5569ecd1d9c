using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Claims;

public abstract class CorrectionTests(Product product)
{
    [Fact]
    public async Task The_author_takes_back_within_a_day_and_the_ledger_keeps_both_entries()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", "share \"Oops\" size=medium");
        await chat.WaitAsync(Duration.FromHours(24));
        Assert.Equal("#1 “Oops” is taken back: -10 points for ana. The caps have their room again.", await chat.AskAsync("ana", "undo 1"));
        Assert.Equal((0, (1, 2)), (await chat.PointsAsync("ana"), await chat.StoredAsync()));
        Assert.Equal("#1 does not stand any more; there is nothing to take back. Nothing was changed.", await chat.AskAsync("ana", "undo 1"));

        await chat.SayAsync("ana", "share \"Stays\"");
        await chat.WaitAsync(Duration.FromHours(24) + Duration.FromMinutes(1));
        Assert.Equal("#2 is older than 24 hours. A lead can still declare it void. Nothing was changed.", await chat.AskAsync("ana", "undo"));
        Assert.Equal(5, await chat.PointsAsync("ana"));
    }

    [Fact]
    public async Task Undo_without_a_number_takes_the_latest_and_only_ones_own()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        Assert.Equal("You have logged nothing that could be taken back. Nothing was changed.", await chat.AskAsync("ana", "undo"));
        await chat.SayAsync("ana", "share \"First\"");
        await chat.SayAsync("ana", "win \"Second\"");
        await chat.SayAsync("bo", "win \"Not hers\"");
        Assert.StartsWith("#2 “Second” is taken back", await chat.AskAsync("ana", "undo"));
        Assert.StartsWith("#1 “First” is taken back", await chat.AskAsync("ana", "undo"));
        Assert.Equal("#3 is not yours. If something is wrong with it, `flag 3 \"why\"` asks a lead to look. Nothing was changed.", await chat.AskAsync("ana", "undo 3"));
        Assert.Equal((0, 8), (await chat.PointsAsync("ana"), await chat.PointsAsync("bo")));
    }

    [Fact]
    public async Task The_latest_is_what_was_done_last_whatever_its_number()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", "experiment start Canary");
        await chat.SayAsync("ana", "share \"Something else\"");
        await chat.WaitAsync(Duration.FromMinutes(1));
        await chat.SayAsync("ana", "experiment result 1 proven learned=\"It helps\" next=\"Everywhere\"");
        Assert.StartsWith("The result of #1 “Canary” is taken back; the experiment goes on", await chat.AskAsync("ana", "undo"));
        Assert.StartsWith("#2 “Something else” is taken back", await chat.AskAsync("ana", "undo"));
        Assert.StartsWith("#1 “Canary” is taken back", await chat.AskAsync("ana", "undo"));
    }

    [Fact]
    public async Task Everybody_who_earned_from_what_is_taken_back_is_told_in_private()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo", "cy");
        await chat.SayAsync("bo", "mob \"Fix the flaky deploy\" with=@ana,@cy");
        await chat.SayAsync("cy", "confirm 1");
        var heard = await chat.SayAsync("bo", "undo 1");

        Assert.DoesNotContain(heard, one => one.IsPublic);
        foreach (var other in (string[])["ana", "cy"])
            Assert.Equal("bo took #1 “Fix the flaky deploy” back. Your points: -10.", Assert.Single(heard, one => one.Place == "@" + other).Text);
        Assert.Equal((0, 0, 0), (await chat.PointsAsync("ana"), await chat.PointsAsync("bo"), await chat.PointsAsync("cy")));
    }

    [Fact]
    public async Task A_lead_declares_void_at_any_time_with_a_reason_that_the_author_is_told()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "ana");
        await chat.SayAsync("ana", "share \"A demo\" size=medium");
        await chat.WaitAsync(Duration.FromDays(40));

        Assert.StartsWith("`void` still needs `reason`.", await chat.AskAsync("lea", "void 1"));
        Assert.Equal("Only a CoP lead may use `void`. Nothing was changed; ask them to do it.", await chat.AskAsync("ana", "void 1 \"because\""));
        Assert.Equal(10, await chat.PointsAsync("ana"));

        var heard = await chat.SayAsync("lea", "void 1 reason=\"it was a dry run\"");
        Assert.Equal("#1 “A demo” is void: -10 points for ana. Reason: it was a dry run. Everybody concerned is told.", Assert.Single(heard, one => one.IsFor("lea")).Text);
        Assert.Equal("A lead declared #1 “A demo” void: it was a dry run. Your points: -10.", Assert.Single(heard, one => one.Place == "@ana").Text);
        Assert.Equal(0, await chat.PointsAsync("ana"));
        Assert.Equal("#1 is void already. Nothing was changed.", await chat.AskAsync("lea", "void 1 again"));
        Assert.Equal(1, await chat.ScalarAsync<int>($"select count(*) from audit where act = {"void"} and detail = {"it was a dry run"}"));
    }

    [Fact]
    public async Task What_a_share_earned_by_being_used_goes_when_it_is_taken_back()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", "share \"Runbooks that cut MTTR\"");
        await chat.SayAsync("bo", "used 1");
        Assert.Equal((10, 2), (await chat.PointsAsync("ana"), await chat.PointsAsync("bo")));

        var heard = await chat.SayAsync("ana", "undo 1");
        Assert.DoesNotContain(heard, one => one.IsPublic);
        Assert.Equal("#1 “Runbooks that cut MTTR” is taken back: -2 points for bo, -10 points for ana. The caps have their room again.", Assert.Single(heard, one => one.IsFor("ana")).Text);
        Assert.Equal("ana took #1 “Runbooks that cut MTTR” back. You had used it, which no longer counts. Your points: -2.", Assert.Single(heard, one => one.Place == "@bo").Text);
        Assert.Equal((0, 0), (await chat.PointsAsync("ana"), await chat.PointsAsync("bo")));

        var why = await chat.AskAsync("bo", "why #2");
        Assert.StartsWith("#2 used “Used #1” by bo: 0 points, void.", why);
        Assert.EndsWith("Declared void: #1, which it is about, was taken back", why);
        Assert.StartsWith("All time: You have 0 points from 2 entries.", await chat.AskAsync("bo", "why"));
    }

    [Fact]
    public async Task A_void_share_takes_the_points_of_its_uses_with_it_and_a_use_taken_back_before_once_only()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "ana", "bo", "cy");
        await chat.SayAsync("ana", "share \"A demo\"");
        await chat.SayAsync("bo", "used 1");
        await chat.SayAsync("cy", "used 1");
        await chat.SayAsync("cy", "undo");
        var heard = await chat.SayAsync("lea", "void 1 \"not hers\"");

        Assert.Equal("#1 “A demo” is void: -2 points for bo, -10 points for ana. Reason: not hers. Everybody concerned is told.", Assert.Single(heard, one => one.IsFor("lea")).Text);
        Assert.Equal("A lead declared #1 “A demo” void: not hers. Your points: -10.", Assert.Single(heard, one => one.Place == "@ana").Text);
        Assert.Equal("A lead declared #1 “A demo” void: not hers. You had used it, which no longer counts. Your points: -2.", Assert.Single(heard, one => one.Place == "@bo").Text);
        Assert.DoesNotContain(heard, one => one.Place == "@cy");
        Assert.Equal((0, 0, 0), (await chat.PointsAsync("ana"), await chat.PointsAsync("bo"), await chat.PointsAsync("cy")));
        Assert.EndsWith("Declared void: #1, which it is about, was declared void", await chat.AskAsync("bo", "why #2"));
    }

    [Fact]
    public async Task A_flag_hides_the_words_until_a_lead_has_looked_and_the_points_stay()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "ana", "bo");
        await chat.SayAsync("ana", "share \"Suspicious claim\" size=medium");
        var heard = await chat.SayAsync("bo", "flag 1 \"this is last week's talk\"");

        Assert.Equal("Thank you. #1 is not shown until a lead has looked at it; its points stay until then. Your name is not passed on.", Assert.Single(heard, one => one.IsFor("bo")).Text);
        var asked = Assert.Single(heard, one => one.IsFor("lea"));
        Assert.StartsWith("#1 “Suspicious claim” was flagged: this is last week's talk", asked.Text);
        Assert.Contains("[It is fine] unflag 1", asked.Text);
        Assert.Contains("[Declare it void] void 1", asked.Text);
        Assert.DoesNotContain("bo", asked.Text);
        Assert.Equal(2, heard.Count);

        Assert.DoesNotContain("Suspicious", await chat.AskAsync("bo", "why @ana"));
        Assert.DoesNotContain("Suspicious", await chat.AskAsync("bo", "why #1"));
        Assert.Contains("Suspicious", await chat.AskAsync("lea", "why #1"));
        Assert.Contains("Suspicious", await chat.AskAsync("ana", "why #1"));
        Assert.StartsWith("#1 is flagged already", await chat.AskAsync("bo", "flag 1 again"));
        Assert.Equal(10, await chat.PointsAsync("ana"));

        Assert.Equal("#1 “Suspicious claim” is shown again.", await chat.AskAsync("lea", "unflag 1"));
        Assert.Contains("Suspicious", await chat.AskAsync("bo", "why @ana"));
        Assert.Equal("#1 is not flagged. Nothing was changed.", await chat.AskAsync("lea", "unflag 1"));
    }

    [Fact]
    public async Task A_flag_on_what_a_lead_logged_goes_to_another_lead()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "bo", "cy");
        await chat.SayAsync("lea", "share \"My own talk\"");
        var alone = await chat.SayAsync("bo", "flag 1 \"seen before\"");
        Assert.EndsWith("Your name is not passed on. There is no other lead yet who could; the one there is has been asked to make somebody else lead too.", Assert.Single(alone, one => one.IsFor("bo")).Text);
        Assert.Equal("#1 “My own talk” was flagged. It is yours, so another lead has to look at it, and there is none: `role @name lead` makes one.", Assert.Single(alone, one => one.IsFor("lea")).Text);
        Assert.Equal("#1 is yours, so another lead decides about it; `role @name lead` makes one. Nothing was changed.", await chat.AskAsync("lea", "unflag 1"));
        Assert.DoesNotContain("flagged", await chat.AskAsync("lea", "pending"));

        await chat.SayAsync("lea", "role @cy lead");
        Assert.Contains("#1 share “My own talk” by lea was flagged: seen before", await chat.AskAsync("cy", "pending"));
        await chat.SayAsync("cy", "unflag 1");
        var heard = await chat.SayAsync("bo", "flag 1 \"really\"");
        Assert.StartsWith("#1 “My own talk” was flagged: really", Assert.Single(heard, one => one.IsFor("cy")).Text);
        Assert.DoesNotContain(heard, one => one.IsFor("lea"));
    }

    [Fact]
    public async Task A_flag_does_not_give_away_that_a_hidden_lead_is_the_author()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "bo");
        await chat.SayAsync("lea", "privacy hidden");
        await chat.SayAsync("lea", "share \"My own talk\"");
        var heard = await chat.SayAsync("bo", "flag 1 \"seen before\"");
        Assert.EndsWith("Your name is not passed on.", Assert.Single(heard, one => one.IsFor("bo")).Text);
        Assert.EndsWith("`role @name lead` makes one.", Assert.Single(heard, one => one.IsFor("lea")).Text);
    }

    [Fact]
    public async Task What_is_flagged_is_neither_confirmed_nor_used_nor_listed_before_a_lead_has_looked()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "ana", "bo");
        await chat.SayAsync("ana", "share \"Suspicious workshop\" size=large");
        await chat.SayAsync("ana", "share \"Doubtful tip\"");
        await chat.SayAsync("bo", "flag 1 really?");
        await chat.SayAsync("bo", "flag 2 really?");

        Assert.Equal("#1 is flagged; a lead looks at it first. Nothing was changed.", await chat.AskAsync("bo", "confirm 1"));
        Assert.Equal("#2 is flagged; a lead looks at it first. Nothing was stored.", await chat.AskAsync("bo", "used 2"));
        Assert.DoesNotContain("Suspicious", await chat.AskAsync("bo", "pending"));
        await chat.SayAsync("lea", "unflag 1");
        await chat.SayAsync("lea", "unflag 2");
        Assert.Contains("20 points for ana", await chat.AskAsync("bo", "confirm 1"));
        Assert.Contains("2 points for bo", await chat.AskAsync("bo", "used 2"));
    }

    [Fact]
    public async Task A_flag_that_is_lifted_brings_nothing_back_that_is_void()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "ana", "bo");
        await chat.SayAsync("ana", "share \"Doubtful tip\"");
        await chat.SayAsync("bo", "flag 1 \"seen before\"");
        await chat.SayAsync("lea", "void 1 \"it is old\"");
        Assert.Equal("The flag on #1 “Doubtful tip” is lifted. It stays void.", await chat.AskAsync("lea", "unflag 1"));
    }

    [Fact]
    public async Task What_does_not_stand_any_more_cannot_be_flagged()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "ana");
        await chat.SayAsync("ana", "share \"Oops\"");
        await chat.SayAsync("ana", "undo");
        Assert.Equal("#1 does not stand any more. Nothing was changed.", await chat.AskAsync("lea", "flag 1 why"));
        Assert.StartsWith("There is no #2.", await chat.AskAsync("lea", "flag 2 why"));
    }
}

public sealed class CorrectionOnSqliteTests() : CorrectionTests(Product.Sqlite);
