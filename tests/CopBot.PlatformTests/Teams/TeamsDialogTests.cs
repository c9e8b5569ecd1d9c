using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Platforms.Teams;
using CopBot.Tests.Support.FakeTeams;
using Microsoft.Extensions.DependencyInjection;
using TeamsMessage = CopBot.Tests.Support.FakeTeams.TeamsMessage;

namespace CopBot.PlatformTests.Teams;

/// <summary>Forms that stand where everybody reads them: each fills in their own, in a dialog.</summary>
public sealed class TeamsDialogTests
{
    [Fact]
    public async Task A_form_for_everybody_opens_a_dialog_that_says_at_its_fields_what_does_not_fit_and_counts_once()
    {
        await using var stage = await TeamsStage.StartAsync();
        await stage.SayAsync("ana", "help");
        await stage.SayAsync("bo", "help");
        var (card, bo) = (await FormAsync(stage, "share"), stage.Ears.Account("bo"));
        Assert.DoesNotContain("Input.", card.Card!.ToJsonString(), StringComparison.Ordinal);

        await stage.Server.ClickAsync(bo, card, "Fill in share");
        Assert.NotNull(bo.Dialog?.Card);
        Assert.Null(stage.Ears.Account("ana").Dialog);
        await stage.Server.SubmitAsync(bo, "Send", ("title", "Runbooks that cut MTTR"), ("link", "no address"));
        var body = bo.Dialog!.Card!["body"]!.AsArray();
        var field = body.Index().Single(element => (string?)element.Item!["id"] == "link").Index;
        Assert.Contains("no address", body[field - 1]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("Runbooks that cut MTTR", (string?)body.Single(element => (string?)element!["id"] == "title")!["value"]);
        Assert.Equal(0, (await stage.Chat.StoredAsync()).Claims);

        var sent = await stage.Server.SubmitAsync(bo, "Send", ("title", "Runbooks that cut MTTR"), ("link", "https://example.org/r"));
        Assert.Null(bo.Dialog);
        await stage.Server.RedeliverAsync(sent);
        await stage.Server.RedeliverAsync(sent, newId: true);
        await stage.Ears.SettleAsync();
        Assert.Equal(1, (await stage.Chat.StoredAsync()).Claims);

        // It stands below the card, for everybody.
        Assert.Contains("shared “Runbooks that cut MTTR”", stage.Ears.TextOf(Assert.Single(stage.Server.Posts, post => post.Root == card.Root && post != card)), StringComparison.Ordinal);
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task Each_fills_in_their_own_and_all_of_them_count()
    {
        await using var stage = await TeamsStage.StartAsync();
        await stage.SayAsync("ana", "help");
        await stage.SayAsync("bo", "help");
        var card = await FormAsync(stage, "share");
        foreach (var by in new[] { stage.Ears.Account("ana"), stage.Ears.Account("bo") })
        {
            await stage.Server.ClickAsync(by, card, "Fill in share");
            await stage.Server.SubmitAsync(by, "Send", ("title", $"What {by.Name} learned"));
            await stage.Ears.SettleAsync();
        }

        Assert.Equal(2, (await stage.Chat.StoredAsync()).Claims);
        Assert.Empty(stage.Problems);
    }

    private static async Task<TeamsMessage> FormAsync(TeamsStage stage, string command)
    {
        var form = stage.Chat.Services.GetRequiredService<Forms>().Whole(command)!;
        var place = new Place(TeamsPlatform.PlatformName, stage.Server.TenantId.ToLowerInvariant(), stage.Server.Team.General.Id);
        await stage.Chat.Store.WriteAsync(Community.First, (work, ct) => work.Get<Outbox>().PostAsync(place, new Message("What did you learn?", Card.Of(form)), ct), CancellationToken.None);
        await stage.Ears.SettleAsync();
        return stage.Server.Posts[^1];
    }
}
