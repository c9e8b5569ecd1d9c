using System.Text.Json.Nodes;
using CopBot.Tests.Support;

namespace CopBot.Tests.Core.Features;

public abstract class BadInputTests(Product product)
{
    [Fact]
    public async Task Bad_input_gets_one_private_sentence_stores_nothing_and_is_never_markup()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        await chat.SayAsync("ana", "share \"Runbooks that cut MTTR\"");
        await chat.SayAsync("ana", "experiment start Canary");
        var before = await chat.StoredAsync();
        foreach (var (line, says) in Lines)
        {
            var shown = line.Length > 80 ? line[..80] + "…" : line;
            var heard = await chat.SayAsync("bo", line);
            Assert.True(heard.Count == 1, $"`{shown}` got {heard.Count} answers");
            Assert.True(heard[0].IsFor("bo"), $"`{shown}` was answered in public: {heard[0].Text}");
            Assert.True(heard[0].Text.Contains(says, StringComparison.Ordinal), $"`{shown}` should hear “{says}” and heard: {heard[0].Text}");
            Assert.True(heard[0].Text.Length < 700, $"`{shown}` got {heard[0].Text.Length} characters");
            Assert.True(before == await chat.StoredAsync(), $"`{shown}` stored something");
            AssertNoMarkup(heard[0], shown);
        }
    }

    [Fact]
    public async Task A_title_with_markup_is_offered_as_plain_text_and_the_offer_works()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        var refused = await chat.AskAsync("ana", "share \"**Big** news <b>for</b> @everyone\" size=medium");
        Assert.Equal("`title` addresses everybody at once; name the people instead. Nothing was stored.\n  [Send it as plain text] share size=\"medium\" title=\"Big news for\"", refused);
        Assert.StartsWith("#1 ana shared “Big news for” (medium): 10 points", await chat.AskAsync("ana", refused.Split("] ")[1]));
    }

    [Fact]
    public async Task An_emoji_is_one_character_however_it_is_put_together()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        const string Family = "👩‍👩‍👧";
        var longest = string.Concat(Enumerable.Repeat(Family, 300));
        Assert.Contains($"shared “{longest}” (small): 5 points for ana", await chat.AskAsync("ana", $"share \"{longest}\""));
        Assert.Equal("`title` has 301 characters; it may have 300. Nothing was stored.", await chat.AskAsync("ana", $"share \"{longest}{Family}\""));
        Assert.StartsWith("That is 4006 characters; I read at most 4000 in one go.", await chat.AskAsync("ana", "share " + string.Concat(Enumerable.Repeat(Family, 4_000))));
        Assert.StartsWith("`title` has ", await chat.AskAsync("ana", "share a" + new string('\u0301', 3_900 * 3)));
        Assert.Equal((1, 1), await chat.StoredAsync());
    }

    [Fact]
    public async Task Whoever_only_looked_is_not_told_that_nothing_was_stored()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        foreach (var line in (string[])["board kind=nonsense", "board last=perhaps", "why @nobody", "why page=two", "why #99"])
            Assert.DoesNotContain("Nothing was", await chat.AskAsync("ana", line));
    }

    [Fact]
    public async Task A_word_that_is_no_choice_does_not_take_the_place_of_the_person()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana", "bo");
        foreach (var line in (string[])["role @bo emperor", "role emperor @bo"])
            Assert.StartsWith("`role` is one of lead, core, member", await chat.AskAsync("ana", line));
        Assert.Equal("bo is now a member of the core team.", await chat.AskAsync("ana", "role bo core"));
    }

    [Fact]
    public async Task A_comma_after_a_value_belongs_to_the_sentence()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        Assert.Equal("#1 ana shared “Runbooks” (medium): 10 points for ana.\nLink: https://x.org/a\n  [We used this] used 1", await chat.AskAsync("ana", "share \"Runbooks\" link=https://x.org/a, size=medium,"));
    }

    [Fact]
    public async Task What_only_looks_like_markup_is_taken_as_it_is()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("ana");
        foreach (var title in (string[])
        [
            "a < b and c > d",
            "Costs: 5 * 3 = 15, *really*",
            "snake_case_names and __init__.py",
            "`kubectl get pods | wc -l` says 3 & more",
            "mail ana@example.org (or #general)",
            "Ünïcödé — 東京, 👩‍👩‍👧 and “quotes”",
        ])
        {
            var heard = (await chat.SayAsync("ana", CopBot.Core.Chat.CommandLine.Write("share", [new("title", title)])))[^1];
            Assert.Contains($"shared “{title}” (small)", heard.Text);
            AssertNoMarkup(heard, title);
        }
    }

    // What people typed is in runs of their own, which platforms escape; the bot's words never hold it.
    private static void AssertNoMarkup(Heard heard, string line)
    {
        foreach (var words in WordsIn(JsonNode.Parse(heard.Message.ToJson())!))
        {
            foreach (var markup in (string[])["@everyone", "@here", "<!", "<b", "<script", "**", "](", "\u202e", "\u0007", "\0", "kubectl", "snake_case"])
                Assert.False(words.Contains(markup, StringComparison.OrdinalIgnoreCase), $"`{line}` put “{markup}” into the bot's own words: {words}");
        }

        foreach (var hidden in (string[])["\u202e", "\u0007", "\0", "\u200b"])
            Assert.DoesNotContain(hidden, heard.Text, StringComparison.Ordinal);
    }

    private static IEnumerable<string> WordsIn(JsonNode node) => node switch
    {
        JsonObject run when (string?)run["t"] == "w" => [(string?)run["text"] ?? ""],
        JsonObject other => other.Where(member => member.Value is not null).SelectMany(member => WordsIn(member.Value!)),
        JsonArray items => items.Where(item => item is not null).SelectMany(item => WordsIn(item!)),
        _ => [],
    };

    private static readonly (string Line, string Says)[] Lines =
    [
        // Unknown command.
        ("frobnicate the queue", "I do not know “frobnicate the”. `help` lists what I understand."),
        ("@everyone", "I do not know “@everyone”."),
        ("<!channel>", "I do not know “<!channel>”."),
        ("<script>alert(1)</script>", "I do not know “<script>alert(1)</script>”."),
        ("**bold**", "I do not know “**bold**”."),
        ("\u202egnirts", "I do not know “gnirts”."),
        ("\u0007\0\u200b", "I do not know"),
        ("\ud800 lone surrogate", "I do not know"),
        ("", "I am listening."),

        // Wrong type.
        ("confirm two", "`number` is a whole number, not below 0, such as `2`; “two” is none. Nothing was stored."),
        ("undo 1.5", "`number` is a whole number"),
        ("undo -1", "`number` is a whole number"),
        ("undo 99999999999999999999", "There is no #99999999999999999999. Nothing was stored."),
        ("used #2147483648", "There is no #2147483648."),
        ("why #999999999999", "There is no #999999999999."),
        ("mob \"Pairing\" with=@ana minutes=99999999999", "`minutes` is at most 2147483647, not “99999999999”."),
        ("mob \"Pairing\" with=@ana minutes=ninety", "`minutes` is a whole number, not below 0, such as `2`; “ninety” is none. Nothing was stored."),
        ("outcome 2 speed before=much after=1 unit=s", "`before` is a number such as `12.5`, not “much”. Nothing was stored."),
        ("outcome 2 speed before=1e99 after=1 unit=s", "`before` is a number"),
        ("share \"A link\" size=gigantic", "`size` is one of small, medium, large, huge, not “gigantic”. Nothing was stored."),
        ("share \"A link\" size=meduim", "did you mean `medium`?"),
        ("board last=perhaps", "`last` is `yes` or `no`, not “perhaps”."),
        ("share \"A link\" colour=red", "`share` has no “colour”."),
        ("share \"A link\" size=small size=large", "`size` is given twice. Nothing was stored: send it once."),
        ("pending everything", "I do not know what to do with “everything” there. It goes like this: `pending`"),

        ("hours whenever", "Hours are written like `hours \"mon-fri 08:00-16:00\"`, or `hours off`, not “whenever”. Nothing was changed."),
        ("hours zone=Europe/Lisboa", "There is no zone “Europe/Lisboa”. Did you mean `hours zone=Europe/Lisbon`? Nothing was changed."),
        ("thaw", "Only the core team may use `thaw`. Nothing was changed; ask them to do it."),

        // Missing parameter.
        ("share", "`share` still needs `title`. Nothing was stored yet."),
        ("share \"  \"", "`share` still needs `title`. Nothing was stored yet."),
        ("kudos @ana", "`kudos` still needs `reason`. Nothing was stored yet."),
        ("confirm", "`confirm` still needs `number`. Nothing was stored yet."),
        ("mob \"Pairing\"", "`mob` still needs `with`. Nothing was stored yet."),

        // Unknown person, number that does not exist.
        ("kudos @nobody \"thanks\"", "I do not know “@nobody”. I only know people who have said something to me; mention them as `@name`. Nothing was stored."),
        ("kudos @everyone \"thanks\"", "I do not know “@everyone”."),
        ("mob \"Pairing\" with=@everyone", "I do not know “@everyone”."),
        ("mob \"Pairing\" with=@ana,<!channel>", "I do not know “<!channel>”."),
        ("why @nobody", "I do not know “@nobody”."),
        ("confirm 99", "There is no #99. `pending` lists what waits; every receipt names its number. Nothing was changed."),
        ("used 99", "There is no #99."),
        ("confirm 0", "There is no #0."),

        // Too long.
        (new string('x', 10_000), "That is 10000 characters; I read at most 4000 in one go. Nothing was stored: put the long part behind a link and send a shorter line."),
        ($"share \"{new string('x', 9_990)}\"", "I read at most 4000 in one go."),
        ($"share \"{new string('x', 301)}\"", "`title` has 301 characters; it may have 300. Nothing was stored."),
        ($"kudos @ana \"{new string('x', 3_900)}\"", "`reason` has 3900 characters; it may have 500. Nothing was stored."),
        ($"{new string('y', 3_999)}", "I do not know “yyyy"),

        // Control and bidirectional characters, mass mentions, Markdown, HTML.
        ("share \"bell \u0007 rings\"", "`title` contains characters that nobody can see (controls or text-direction marks). Nothing was stored."),
        ("share \"nul \0 byte\"", "`title` contains characters that nobody can see"),
        ("share \"half \ud83d smile\"", "`title` contains characters that nobody can see"),
        ("share \"evil \u202egnp.exe\"", "`title` contains characters that nobody can see"),
        ("share \"zero\u200bwidth\"", "`title` contains characters that nobody can see"),
        ("share \"wake up @everyone\"", "`title` addresses everybody at once; name the people instead. Nothing was stored."),
        ("share \"wake up @here\"", "`title` addresses everybody at once"),
        ("share \"wake up <!channel>\"", "`title` addresses everybody at once"),
        ("share \"**bold** claim\"", "`title` contains Markdown, which would be shown as typed. Nothing was stored."),
        ("share \"[click](https://example.org)\"", "`title` contains Markdown"),
        ("share \"<https://example.org|click>\"", "`title` contains Markdown"),
        ("share \"<b>bold</b> claim\"", "`title` contains HTML, which would be shown as typed. Nothing was stored."),
        ("share \"<script>alert(1)</script>\"", "`title` contains HTML"),
        ("kudos @ana \"<img src=x onerror=alert(1)>\"", "`reason` contains HTML"),
        ("squad create @everyone", "`name` addresses everybody at once"),
        ("flag 1 \"<!subteam^S1|all>\"", "`reason` addresses everybody at once"),
        ("privacy alias @everyone", "addresses everybody at once"),

        // A broken link.
        ("share \"A link\" link=nonsense", "`link` is a web address such as `https://example.org/runbook`, not “nonsense”. Nothing was stored."),
        ("share \"A link\" link=javascript:alert(1)", "`link` is a web address"),
        ("share \"A link\" link=http://", "`link` is a web address"),
        ("share \"A link\" link=https://user:secret@example.org", "`link` is a web address"),
        ("share \"A link\" link=file:///etc/passwd", "`link` is a web address"),
        ("share \"A link\" link=https://exa mple", "I do not know what to do with “mple” beside “A link”"),
        ("share \"A link\" link=https://example.org/<script>", "`link` is a web address"),
        ("share \"A link\" link=", "`link=` has no value"),
        ("share \"A link\" link=\"https://example.org/\u202ex\"", "`link` is a web address"),

        // A date that does not exist.
        ("experiment start \"Soon\" due=2026-02-31", "`due` is a date such as `2026-01-19`; there is no “2026-02-31”. Nothing was stored."),
        ("experiment start \"Soon\" due=31.02.2026", "`due` is a date such as"),
        ("experiment start \"Soon\" due=tomorrowish", "`due` is a date such as"),
        ("experiment start \"Soon\" due=0000-00-00", "`due` is a date such as"),
    ];
}

public sealed class BadInputOnSqliteTests() : BadInputTests(Product.Sqlite);
