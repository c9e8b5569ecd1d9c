using CopBot.Tests.Support;
using NodaTime;

namespace CopBot.Tests.Platforms.WebChat;

public abstract class WebSessionTests(Product product)
{
    [Fact]
    public async Task An_ended_session_opens_nothing_from_then_on_and_others_of_the_same_person_go_on()
    {
        await using var chat = await WebConversation.StartAsync(product);
        var (here, there) = (await chat.JoinAsync("ana"), await chat.JoinAsync("ana"));
        await chat.Sessions.EndAsync(here, TestContext.Current.CancellationToken);

        Assert.Null(await chat.ReadAsync(here));
        Assert.False(await chat.SayAsync(here, "share \"Too late\""));
        Assert.True(await chat.SayAsync(there, "share \"In time\""));
        Assert.Single((await chat.ReadAsync(there))!, line => line.Contains("Welcome", StringComparison.Ordinal));
        Assert.DoesNotContain("Too late", await chat.WordsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choosing_another_name_in_a_browser_ends_the_session_it_had()
    {
        await using var chat = await WebConversation.StartAsync(product);
        var ana = await chat.JoinAsync("ana");
        var bo = await chat.Sessions.BeginAsync("bo", ana, TestContext.Current.CancellationToken);
        Assert.Null(await chat.ReadAsync(ana));
        Assert.NotNull(await chat.ReadAsync(bo));
    }

    [Fact]
    public async Task A_session_lives_as_long_as_something_is_said_within_thirty_days_and_old_ones_are_cleared_away()
    {
        await using var chat = await WebConversation.StartAsync(product);
        var (talker, silent) = (await chat.JoinAsync("ana"), await chat.JoinAsync("bo"));
        for (var week = 0; week < 6; week++)
        {
            chat.Clock.MoveTo(chat.Clock.Now + Duration.FromDays(7));
            Assert.True(await chat.SayAsync(talker, "help"));
        }

        Assert.Null(await chat.ReadAsync(silent));
        Assert.False(await chat.SayAsync(silent, "help"));
        await chat.JoinAsync("cy");
        Assert.Equal(2, await chat.CountAsync($"select count(*) from web_sessions"));
    }

    [Fact]
    public async Task The_secret_itself_is_nowhere_in_the_database_and_a_guess_opens_nothing()
    {
        await using var chat = await WebConversation.StartAsync(product);
        var ana = await chat.JoinAsync("ana");
        Assert.True(ana.Length >= 43);
        Assert.Equal(32, await chat.CountAsync($"select length(hash) from web_sessions"));
        Assert.Null(await chat.ReadAsync(ana[..^1] + (ana[^1] == 'A' ? 'B' : 'A')));
        Assert.Null(await chat.ReadAsync(""));
    }

    [Fact]
    public async Task The_same_form_counts_once_and_another_browser_cannot_take_its_id()
    {
        await using var chat = await WebConversation.StartAsync(product);
        var (ana, bo) = (await chat.JoinAsync("ana"), await chat.JoinAsync("bo"));
        await chat.SayAsync(bo, "win \"Mine\"", eventId: "form");
        await chat.SayAsync(ana, "win \"Mine\"", eventId: "form");
        await chat.SayAsync(ana, "win \"Mine\"", eventId: "form");
        Assert.Equal(2, await chat.CountAsync($"select count(*) from claims"));
    }
}

public sealed class WebSessionOnSqliteTests() : WebSessionTests(Product.Sqlite);
