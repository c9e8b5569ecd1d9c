using CopBot.Tests.Support;

namespace CopBot.Tests.Platforms.WebChat;

public abstract class TranscriptTests(Product product)
{
    [Fact]
    public async Task A_line_is_seen_by_all_exactly_when_its_answer_is()
    {
        await using var chat = await WebConversation.StartAsync(product);
        var (ana, bo) = (await chat.JoinAsync("ana"), await chat.JoinAsync("bo"));
        foreach (var line in (string[])["share \"Told to all\"", "share", "why", "confirm 1", "shrae \"Mistyped\"", "win \"<b>bold</b>\"", "privacy alias Phoenix", "link"])
            await chat.SayAsync(ana, line);

        var own = await chat.ReadAsync(ana);
        Assert.Equal(
            ["*CopBot", "Phoenix", "CopBot", "*Phoenix", "*CopBot", "*Phoenix", "*CopBot", "*Phoenix", "*CopBot", "*Phoenix", "*CopBot", "*Phoenix", "*CopBot", "*Phoenix", "*CopBot", "*Phoenix", "*CopBot"],
            own!.Select(line => line.Split(':')[0]));
        Assert.Equal(["Phoenix: share \"Told to all\"", "CopBot: #1 Phoenix shared “Told to all” (small): 5 points for Phoenix."], (await chat.ReadAsync(bo))!.Where(line => line[0] != '*'));
    }

    [Fact]
    public async Task A_private_line_is_between_its_speaker_and_the_bot_whatever_the_answer()
    {
        await using var chat = await WebConversation.StartAsync(product);
        var (ana, bo) = (await chat.JoinAsync("ana"), await chat.JoinAsync("bo"));
        await chat.SayAsync(ana, "share \"Just between us\"", inPrivate: true);

        Assert.Equal(["*CopBot", "*ana", "*CopBot"], (await chat.ReadAsync(ana))!.Select(line => line.Split(':')[0]));
        Assert.Single((await chat.ReadAsync(bo))!);
    }

    [Fact]
    public async Task What_is_typed_with_a_secret_command_is_kept_nowhere_even_where_it_cannot_be_read()
    {
        await using var chat = await WebConversation.StartAsync(product);
        var ana = await chat.JoinAsync("ana");
        foreach (var line in (string[])["feedback give \"Fewer slides\" word=\"under the slides\"", "feedback \"Fewer slides\"", "feedback give \"Fewer <b>slides</b>\"", "experience answer expected=3"])
            await chat.SayAsync(ana, line);

        var own = (await chat.ReadAsync(ana))!;
        Assert.Equal(["*ana: feedback give …", "*ana: feedback give …", "*ana: feedback give …", "*ana: experience answer …"], own.Where(line => line.StartsWith("*ana", StringComparison.Ordinal)));
        Assert.DoesNotContain(own, line => line.Contains("slides", StringComparison.OrdinalIgnoreCase) || line.Contains("expected=3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_line_of_somebody_hidden_is_theirs_alone_and_their_name_is_in_nobodys_line()
    {
        await using var chat = await WebConversation.StartAsync(product);
        var (ana, zed) = (await chat.JoinAsync("ana"), await chat.JoinAsync("zed"));
        await chat.SayAsync(ana, "kudos @zed \"thanks to you\"");
        await chat.SayAsync(zed, "share \"Seen\"");
        await chat.SayAsync(zed, "privacy hidden");
        await chat.SayAsync(zed, "share \"Unseen\"");
        await chat.SayAsync(ana, "kudos to=zed reason=\"once more\"");

        var seen = string.Join('\n', (await chat.ReadAsync(ana))!);
        Assert.DoesNotContain("zed ", seen + " ", StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("zed.", seen, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Unseen", seen, StringComparison.Ordinal);
        Assert.Contains("someone: share \"Seen\"", seen, StringComparison.Ordinal);
        Assert.Contains("ana: kudos to=someone reason=\"once more\"", seen, StringComparison.Ordinal);
        Assert.Contains("*zed: share \"Unseen\"", (await chat.ReadAsync(zed))!);
    }

    [Fact]
    public async Task The_board_shows_others_who_chose_to_be_shown_and_oneself_always()
    {
        await using var chat = await WebConversation.StartAsync(product);
        var (ana, bo, cy) = (await chat.JoinAsync("ana"), await chat.JoinAsync("bo"), await chat.JoinAsync("cy"));
        await chat.SayAsync(ana, "share \"One\" size=medium");
        await chat.SayAsync(bo, "share \"Another thing altogether\" size=medium");
        await chat.SayAsync(cy, "win \"A third\"");
        await chat.SayAsync(bo, "privacy hidden");

        Assert.Equal(["1 ana 10 you", "2 cy 8"], await chat.BoardAsync(ana));
        Assert.Equal(["1 ana 10", "2 cy 8", "1 bo 10 you"], await chat.BoardAsync(bo));
    }

    [Fact]
    public async Task Being_forgotten_leaves_no_word_of_the_transcript_behind()
    {
        await using var chat = await WebConversation.StartAsync(product);
        var (bo, ana) = (await chat.JoinAsync("bo"), await chat.JoinAsync("anastasia"));
        await chat.SayAsync(ana, "share \"A title of mine\"");
        await chat.SayAsync(ana, "me");
        await chat.SayAsync(ana, "why", inPrivate: true);
        await chat.SayAsync(bo, "kudos @anastasia \"a reason of his\"");
        await chat.SayAsync(bo, "why @anastasia");
        await chat.SayAsync(ana, "gap add \"capability of hers\" need=\"need of hers\" importance=5 level=1");
        await chat.SayAsync(bo, "gap export");
        Assert.Contains("capability of hers", await chat.WordsAsync(), StringComparison.Ordinal);
        await chat.SayAsync(ana, "forget me yes=yes");

        var words = await chat.WordsAsync();
        Assert.DoesNotContain("anastasia", words, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("title of mine", words, StringComparison.Ordinal);
        Assert.DoesNotContain("reason of his", words, StringComparison.Ordinal);
        Assert.DoesNotContain("of hers", words, StringComparison.Ordinal);
        Assert.Equal(0, await chat.CountAsync($"select count(*) from web_sessions where user_id = {"anastasia"}"));
        Assert.Null(await chat.ReadAsync(ana));
        Assert.False(await chat.SayAsync(ana, "me"));
        Assert.NotNull(await chat.ReadAsync(bo));
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_kept_short()
    {
        await using var chat = await WebConversation.StartAsync(product);
        var ana = await chat.JoinAsync("ana");
        await chat.SayAsync(ana, "share " + new string('x', 9000));
        var lines = (await chat.ReadAsync(ana))!;
        Assert.InRange(lines[1].Length, 900, 1100);
        Assert.Contains("I read at most 4000", lines[2], StringComparison.Ordinal);
    }
}

public sealed class TranscriptOnSqliteTests() : TranscriptTests(Product.Sqlite);
