using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using CopBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CopBot.Tests.Core.Features;

public abstract class CommunitiesTests(Product product)
{
    private const string North = LocalNames.Platform;
    private const string South = "south";

    [Fact]
    public async Task Two_communities_never_see_each_others_people_claims_or_boards()
    {
        await using var chat = await StartAsync();
        await SayAsync(chat, North, "lea", "help");
        await SayAsync(chat, North, "ana", "share \"Runbooks that cut MTTR\"");
        await SayAsync(chat, North, "ana", "share \"A workshop on postmortems\" size=large");
        await SayAsync(chat, North, "ana", "squad create Blue");
        await SayAsync(chat, North, "ana", "squad join Blue");

        // The same words and the same name are new there, numbers start anew, and the first to speak leads.
        Assert.Contains("you are the CoP lead", (await SayAsync(chat, South, "ana", "help"))[0].Text);
        Assert.Equal("#1 ana shared “Runbooks that cut MTTR” (small): 5 points for ana.\n  [We used this] used 1", await AskAsync(chat, South, "ana", "share \"Runbooks that cut MTTR\""));
        await SayAsync(chat, South, "sol", "win \"Nobody was paged\"");

        Assert.Contains("1. sol 8\n→  2. ana 5\n`why`", await AskAsync(chat, South, "ana", "board all"));
        Assert.Contains("1. sol 8\n`why`", await AskAsync(chat, South, "sol", "board all kind=win"));
        Assert.EndsWith("→  1. ana 5\n`why` expands any number into the entries that sum to it.", await AskAsync(chat, North, "ana", "board all"));
        Assert.Contains("   1. sol 8\n→  2. ana 5", await AskAsync(chat, South, "ana", "me"));
        Assert.StartsWith("You have 5 points this week. That is just what this week's typical member has (5).", await AskAsync(chat, North, "ana", "me"));
        Assert.StartsWith("There are no squads yet.", await AskAsync(chat, South, "ana", "squad list"));
        Assert.StartsWith("There is no squad Blue.", await AskAsync(chat, South, "ana", "squad join Blue"));
        Assert.Equal("Nothing waits, neither for you nor of yours.", await AskAsync(chat, South, "sol", "pending"));
        Assert.StartsWith("#2 win “Nobody was paged” by sol", await AskAsync(chat, South, "ana", "why #2"));
        Assert.StartsWith("#2 share “A workshop on postmortems” by ana", await AskAsync(chat, North, "lea", "why #2"));
        Assert.StartsWith("There is no #3.", await AskAsync(chat, South, "ana", "confirm 3"));
        foreach (var line in (string[])["kudos @lea thanks", "why @lea", "role @lea core"])
            Assert.StartsWith("I do not know “@lea”.", await AskAsync(chat, South, "ana", line));
        Assert.StartsWith("I do not know “@sol”.", await AskAsync(chat, North, "lea", "kudos @sol thanks"));
    }

    [Fact]
    public async Task What_is_done_in_one_community_changes_nothing_in_the_other()
    {
        await using var chat = await StartAsync();
        foreach (var workspace in (string[])[North, South])
        {
            await SayAsync(chat, workspace, "lea", "help");
            await SayAsync(chat, workspace, "ana", "share \"Runbooks that cut MTTR\"");
            await SayAsync(chat, workspace, "ana", "share \"A workshop on postmortems\" size=large");
        }

        var code = (await AskAsync(chat, North, "ana", "link")).Split('`')[1];
        Assert.StartsWith("That code is not valid", await AskAsync(chat, South, "ana", $"link {code} yes=yes"));
        await SayAsync(chat, South, "lea", "void 1 \"it was a test\"");
        await SayAsync(chat, South, "lea", "confirm 2");
        await SayAsync(chat, South, "lea", "settings zone=Asia/Tokyo name=Southerners");
        await SayAsync(chat, South, "ana", "privacy hidden");
        await SayAsync(chat, South, "ana", "forget me yes=yes");

        Assert.Contains("→  1. ana 5\n", await AskAsync(chat, North, "ana", "board"));
        Assert.Contains("Zone: `Europe/Madrid`", await AskAsync(chat, North, "lea", "settings"));
        Assert.Contains("20 points for ana", await AskAsync(chat, North, "lea", "confirm 2"));
        Assert.DoesNotContain("Southerners", await AskAsync(chat, North, "ana", "my data"));
        Assert.Contains("\"title\": \"Runbooks that cut MTTR\"", await AskAsync(chat, North, "ana", "my data"));
    }

    [Fact]
    public async Task What_the_clock_says_goes_to_the_community_that_it_concerns()
    {
        await using var chat = await StartAsync();
        await SayAsync(chat, North, "ana", "share \"A workshop on postmortems\" size=large");
        await chat.WaitAsync(Duration.FromDays(1));
        await SayAsync(chat, South, "ana", "share \"A reusable tool\" size=large");

        var heard = await chat.WaitAsync(Duration.FromDays(11));
        Assert.Equal([North, South], heard.Select(one => one.Workspace));
        Assert.StartsWith("#1 “A workshop on postmortems” still waits", heard[0].Text);
        Assert.StartsWith("#1 “A reusable tool” still waits", heard[1].Text);
    }

    private async Task<Conversation> StartAsync()
    {
        var chat = await Conversation.StartAsync(product);
        var communities = chat.Services.GetRequiredService<Communities>();
        communities.Map(chat.Platform, chat.Ears.WorkspaceOf(South), 2);
        await communities.CreateAsync(chat.Store, CancellationToken.None);
        return chat;
    }

    private static async Task<IReadOnlyList<Heard>> SayAsync(Conversation chat, string workspace, string name, string text)
    {
        var heard = await chat.SayAsync(chat.Event(name, text, workspace: workspace));
        Assert.All(heard, one => Assert.Equal(workspace, one.Workspace));
        return heard;
    }

    private static async Task<string> AskAsync(Conversation chat, string workspace, string name, string text) => (await SayAsync(chat, workspace, name, text))[^1].Text;
}

public sealed class CommunitiesOnSqliteTests() : CommunitiesTests(Product.Sqlite);
