using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Core.Features.Settings;
using CopBot.Core.Storage;
using CopBot.Tests.Support.FakeTeams;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.PlatformTests.Teams;

/// <summary>The app's settings, as Teams opens them in a team.</summary>
public sealed class TeamsConfigTests
{
    [Fact]
    public async Task A_lead_sees_what_is_set_changes_some_of_it_and_is_answered_in_private()
    {
        await using var stage = await StartAsync();
        var ana = stage.Ears.Account("ana");
        await stage.Server.ConfigureAsync(ana, stage.Server.Team.General);
        Assert.Equal("Europe/Madrid", Value(ana, "zone"));
        Assert.Equal("#general", Value(ana, "channel"));

        var sent = await stage.Server.SubmitAsync(ana, "Send", ("zone", "Europe/Berlin"), ("language", "es"));
        Assert.Null(ana.Dialog);
        Assert.Contains("Noted; the answer comes in a moment.", ana.Notices);
        await stage.Server.RedeliverAsync(sent, newId: true);
        await stage.Ears.SettleAsync();
        Assert.Equal(("Europe/Berlin", "es"), (await ScalarAsync(stage, "zone"), await ScalarAsync(stage, "language")));
        Assert.StartsWith("The settings are changed.", stage.ForEyesOf("ana")[^1], StringComparison.Ordinal);
        Assert.Equal(1, await stage.Chat.ScalarAsync<int>($"select count(*) from audit where act = 'settings'"));
        Assert.Empty(stage.Channel);
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task What_does_not_fit_is_told_at_its_field()
    {
        await using var stage = await StartAsync();
        var ana = stage.Ears.Account("ana");
        await stage.Server.ConfigureAsync(ana, stage.Server.Team.General);

        // A client that looks at no lengths.
        var data = ana.Dialog!.Card!["actions"]![0]!["data"]!.DeepClone().AsObject();
        data["name"] = new string('x', 80);
        var sent = await stage.Server.InvokeAsync(ana, stage.Server.Team.General, "config/submit", new() { ["data"] = data });
        var body = sent.Answer!.Body!["config"]!["value"]!["card"]!["content"]!["body"]!.AsArray();
        Assert.Contains("60", body[body.Index().Single(element => (string?)element.Item!["id"] == "name").Index - 1]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task Others_are_told_kindly_and_change_nothing()
    {
        await using var stage = await StartAsync();
        var (ana, bo, zoe) = (stage.Ears.Account("ana"), stage.Ears.Account("bo"), stage.Ears.Account("zoe"));
        foreach (var other in new[] { bo, zoe })
        {
            await stage.Server.ConfigureAsync(other, stage.Server.Team.General);
            Assert.Null(other.Dialog);
            Assert.Equal("Only a CoP lead may change CopBot's settings. Write settings to CopBot to see them.", other.Notices[^1]);
        }

        // A form of the lead's that another client sends counts as theirs.
        await stage.Server.ConfigureAsync(ana, stage.Server.Team.General);
        var data = ana.Dialog!.Card!["actions"]![0]!["data"]!.DeepClone().AsObject();
        data["zone"] = "Europe/Berlin";
        var sent = await stage.Server.InvokeAsync(bo, stage.Server.Team.General, "config/submit", new() { ["data"] = data });
        await stage.Ears.SettleAsync();
        Assert.Contains("Only a CoP lead", sent.Answer!.Text, StringComparison.Ordinal);
        Assert.Equal("Europe/Madrid", await ScalarAsync(stage, "zone"));
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task The_line_that_the_form_begins_with_changes_nothing()
    {
        await using var stage = await StartAsync();
        await stage.SayAsync("ana", "settings week=\"friday 16:30\" hours=\"mon-fri 09:00-17:00\" budget=5 approval=on language=es name=\"Keep \\\"it\\\" up\"");
        var before = await ShownAsync(stage);
        await stage.SayAsync("ana", await stage.Chat.Store.ReadAsync(Community.First, async (work, ct) => SettingsLine.Of(await Communities.LoadAsync(work, ct)), CancellationToken.None));
        Assert.StartsWith("The settings are changed.", stage.ForEyesOf("ana")[^1], StringComparison.Ordinal);
        Assert.Equal(before, await ShownAsync(stage));
    }

    private static async Task<TeamsStage> StartAsync()
    {
        var stage = await TeamsStage.StartAsync();
        await stage.SayAsync("ana", "help");
        await stage.SayAsync("bo", "help");
        return stage;
    }

    private static string? Value(TeamsPerson by, string field) => (string?)by.Dialog!.Card!["body"]!.AsArray().Single(element => (string?)element!["id"] == field)!["value"];

    private static Task<string?> ScalarAsync(TeamsStage stage, string column) => stage.Chat.Store.ReadAsync(Community.First, async (work, ct) =>
    {
        var community = await Communities.LoadAsync(work, ct);
        return column == "zone" ? community.Zone.Id : community.Language;
    }, CancellationToken.None)!;

    private static async Task<string> ShownAsync(TeamsStage stage)
    {
        await stage.SayAsync("ana", "settings");
        return stage.ForEyesOf("ana")[^1];
    }
}
