using System.Text.RegularExpressions;
using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Core.Features.Linking;

public abstract partial class LinkTests(Product product)
{
    [Fact]
    public async Task A_code_joins_two_accounts_after_a_question_and_works_once()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "ana", "phone", "bo");
        await chat.SayAsync("ana", "win \"On the desk\"");
        await chat.SayAsync("phone", "failure \"On the way\"");
        var offered = Assert.Single(await chat.SayAsync("ana", "link"));
        Assert.True(offered.IsFor("ana"));
        Assert.Contains("within ten minutes. It works once. Give it to nobody", offered.Text);
        var code = CodeIn(offered.Text);

        var asked = await chat.AskAsync("phone", $"link {code}");
        Assert.StartsWith("This makes your account here and ana's one person: one score, one set of caps. It cannot be undone. Do it only if both are yours.", asked);
        Assert.Contains("The name of the account that gave the code stays: ana.", asked);
        Assert.Contains($"[Both are mine, join them] link {code} yes=yes", asked);
        Assert.Equal((8, 8), (await chat.PointsAsync("ana"), await chat.PointsAsync("phone")));

        Assert.Equal("Done: you are one person on both accounts now, with 8 points moved over.", await chat.AskAsync("phone", $"link {code.ToLowerInvariant()} yes=yes"));
        Assert.Contains("1. ana 16\n", await chat.AskAsync("lea", "board"));
        foreach (var account in (string[])["ana", "phone"])
        {
            Assert.StartsWith("You have 16 points this week.", await chat.AskAsync(account, "me"));
            Assert.EndsWith("Sum: 16 points.", await chat.AskAsync(account, "why"));
        }

        Assert.StartsWith("That code is not valid (any more).", await chat.AskAsync("bo", $"link {code} yes=yes"));
        Assert.Contains("3 points for ana", await chat.AskAsync("bo", "kudos @phone thanks"));
    }

    [Fact]
    public async Task A_code_lasts_ten_minutes_and_a_new_one_replaces_it()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "phone");
        var first = CodeIn(await chat.AskAsync("ana", "link"));
        var second = CodeIn(await chat.AskAsync("ana", "link"));
        const string Invalid = "That code is not valid (any more). Codes work once, within ten minutes: type `link` on your other account for a new one. Nothing was changed.";
        Assert.Equal(Invalid, await chat.AskAsync("phone", $"link {first} yes=yes"));
        Assert.Equal("This account belongs to you already. Type the code on your other account. Nothing was changed.", await chat.AskAsync("ana", $"link {second} yes=yes"));
        Assert.Equal(Invalid, await chat.AskAsync("phone", "link ABCDEFGHJKLMNP yes=yes"));
        await chat.WaitAsync(Duration.FromMinutes(10));
        Assert.Equal(Invalid, await chat.AskAsync("phone", $"link {second} yes=yes"));

        var third = CodeIn(await chat.AskAsync("ana", "link"));
        await chat.WaitAsync(Duration.FromMinutes(10) - Duration.FromMilliseconds(1));
        Assert.StartsWith("Done:", await chat.AskAsync("phone", $"link {third[..7]}-{third[7..]} --yes"));
        Assert.Equal("This account belongs to you already. Type the code on your other account. Nothing was changed.", await chat.AskAsync("phone", $"link {CodeIn(await chat.AskAsync("ana", "link"))}"));
    }

    [Fact]
    public async Task What_the_accounts_gave_each_other_is_taken_back_by_compensating_entries()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "ana", "phone");
        await chat.SayAsync("ana", "share \"A link\"");
        await chat.SayAsync("ana", "share \"A workshop on postmortems\" size=large");
        await chat.SayAsync("phone", "used 1");
        await chat.SayAsync("phone", "kudos @ana \"well done me\"");
        await chat.SayAsync("phone", "confirm 2");
        await chat.SayAsync("lea", "kudos @phone \"for the talk\"");
        Assert.Equal((33, 6), (await chat.PointsAsync("ana"), await chat.PointsAsync("phone")));
        var entries = (await chat.StoredAsync()).Entries;

        var done = await JoinAccountsAsync(chat, "ana", "phone");
        Assert.Equal("Done: you are one person on both accounts now, with 3 points moved over.\nPoints that the two accounts had given each other were taken back: 31.", done);
        Assert.Equal(8, await PersonPointsAsync(chat));
        Assert.True((await chat.StoredAsync()).Entries > entries);
        Assert.StartsWith("#4 kudos “well done me” by ana: 0 points, void.", await chat.AskAsync("lea", "why #4"));

        // The workshop stands: somebody else can confirm it, the person themselves by neither account.
        foreach (var account in (string[])["ana", "phone"])
            Assert.StartsWith("Nobody confirms their own: #2 is yours", await chat.AskAsync(account, "confirm 2"));
        Assert.Equal("Kudos are for somebody else. Nothing was stored.", await chat.AskAsync("phone", "kudos @ana \"again\""));
        Assert.Equal("#1 is yours; it earns when somebody else uses it. Nothing was stored.", await chat.AskAsync("phone", "used 1"));
        Assert.Contains("20 points for ana", await chat.AskAsync("lea", "confirm 2"));
        Assert.Equal(28, await PersonPointsAsync(chat));
    }

    [Fact]
    public async Task Caps_and_allowances_become_one_persons()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "ana", "phone");
        for (var number = 0; number < 6; number++)
            await chat.SayAsync(number % 2 == 0 ? "ana" : "phone", $"share {new string((char)('a' + number), 8)}");
        await chat.SayAsync("ana", "kudos @lea one");
        await chat.SayAsync("phone", "kudos @lea two");

        await JoinAccountsAsync(chat, "ana", "phone");
        Assert.Equal(22, await PersonPointsAsync(chat));
        Assert.Contains("Caps kept back 10 points", await chat.AskAsync("phone", "why"));
        Assert.StartsWith("The rule is: you may thank the same person twice a week", await chat.AskAsync("phone", "kudos @lea three"));
        Assert.Contains("no points", await chat.AskAsync("phone", "share gggggggg"));
    }

    [Fact]
    public async Task In_a_session_with_both_accounts_one_person_took_part()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "ana", "phone", "bo");
        await chat.SayAsync("bo", "mob \"Fix the flaky deploy\" with=@ana,@phone,@lea");
        await chat.SayAsync("lea", "confirm 1");
        await chat.SayAsync("ana", "mob \"Tame the alerts\" with=@phone,@bo");
        await chat.SayAsync("phone", "confirm 2");

        await JoinAccountsAsync(chat, "ana", "phone");
        Assert.Equal(10, await PersonPointsAsync(chat));

        // Only the other account had confirmed the second one: bo, who was there, still can.
        Assert.Equal("#2 “Tame the alerts” is confirmed by bo: 15 points for ana, 10 points for bo.", await chat.AskAsync("bo", "confirm 2"));
        Assert.Equal(25, await PersonPointsAsync(chat));
    }

    [Fact]
    public async Task Of_two_choices_the_more_private_one_and_of_two_roles_the_higher_one_stays()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "ana", "phone");
        await chat.SayAsync("lea", "role @phone core");
        await chat.SayAsync("ana", "win \"Nobody was paged\"");
        await chat.SayAsync("phone", "privacy hidden");
        await JoinAccountsAsync(chat, "ana", "phone");

        Assert.Contains("nobody has points yet", await chat.AskAsync("lea", "board"));
        Assert.Equal(1, await chat.ScalarAsync<int>($"select p.role from people p join handles h on h.person_id = p.id where h.name_key = {"ana"}"));
    }

    [Fact]
    public async Task A_third_account_joins_the_same_person()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "ana", "phone", "web");
        foreach (var (account, title) in (IEnumerable<(string, string)>)[("ana", "aaaaaaaa"), ("phone", "bbbbbbbb"), ("web", "cccccccc")])
            await chat.SayAsync(account, $"win {title}");

        // The web account goes into the phone's, which then goes into ana's.
        await JoinAccountsAsync(chat, "phone", "web");
        await JoinAccountsAsync(chat, "ana", "phone");
        foreach (var account in (string[])["ana", "phone", "web"])
            Assert.StartsWith("You have 24 points this week.", await chat.AskAsync(account, "me"));
        var data = await chat.AskAsync("web", "my data");
        Assert.Equal(2, Regex.Count(data, "\"mergedInto\": \""));
    }

    private static async Task<string> JoinAccountsAsync(Conversation chat, string kept, string joined)
    {
        var code = CodeIn(await chat.AskAsync(kept, "link"));
        return await chat.AskAsync(joined, $"link {code} yes=yes");
    }

    private static async Task<int> PersonPointsAsync(Conversation chat)
    {
        var points = await chat.PointsAsync("ana");
        Assert.Equal(points, await chat.PointsAsync("phone"));
        return points;
    }

    private static string CodeIn(string text) => Code().Match(text).Groups["code"].Value;

    [GeneratedRegex("Your code is `(?<code>[A-Z2-9]{14})`")]
    private static partial Regex Code();
}

public sealed class LinkOnSqliteTests() : LinkTests(Product.Sqlite);
