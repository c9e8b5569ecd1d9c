using CopBot.Tests.Support.FakeDiscord;

namespace CopBot.EndToEndTests.Discord;

/// <summary>discord.js takes the tests' server for Discord: it logs in, registers commands, answers, opens forms, resumes.</summary>
public sealed class FakeDiscordPeerTests(DiscordPeer peer) : IClassFixture<DiscordPeer>
{
    [Fact]
    public async Task It_answers_a_deferred_command_privately_and_follows_up()
    {
        await using var discord = await DiscordServer.StartAsync();
        var (anna, bert, channel) = (discord.Guild.AddPerson("anna"), discord.Guild.AddPerson("bert"), discord.Guild.AddChannel("general"));
        await using var bot = await peer.StartAsync(discord);
        Assert.Equal(["cop", "Thank", "Log as share"], discord.Guild.Commands.Select(command => (string)command["name"]!));

        await Assert.ThrowsAsync<DiscordClientRefusal>(() => discord.RunCommandAsync(anna, channel, "cop okr add", ("weight", 3)));
        var asked = await discord.AutocompleteAsync(anna, channel, "cop okr add", ("title", "Ship it"), ("topic", "fo"));
        Assert.Equal([("Found fo", "found")], asked.Choices.Select(choice => (choice.Name, (string)choice.Value!)));
        var added = await discord.RunCommandAsync(anna, channel, "cop okr add", ("title", "Ship it"), ("owner", bert), ("weight", 3), ("topic", "found"));
        Assert.Equal(5, added.Callback);
        await discord.UntilAsync(() => added.FollowUps.Count == 1, "the follow-up");
        Assert.Equal(($"Added **Ship it** for {bert.Mention} (3)", anna), (added.Original!.Text, added.Original.OnlyUser));
        Assert.Equal("found", (string?)added.Original.Embeds[0]!["fields"]![0]!["value"]);
        Assert.Equal((2, 1), (discord.SeenBy(anna, channel).Count, discord.SeenBy(bert, channel).Count));
        var offer = added.FollowUps[0];
        Assert.Empty(offer.Pinged);

        var pressed = await discord.ClickAsync(bert, offer, "Go");
        Assert.Equal((7, "Gone, said bert", "Tell the others @everyone"), (pressed.Callback, offer.Text, offer.Edits[0].Text));
        await Assert.ThrowsAsync<DiscordClientRefusal>(() => discord.ClickAsync(bert, offer, "Go"));
        var thanked = await discord.RunOnUserAsync(anna, channel, bert, "Thank");
        Assert.Equal("Thanks, bert", thanked.Original!.Text);
        var kept = await discord.RunOnMessageAsync(bert, offer, "Log as share");
        Assert.Equal("Kept: Gone, said bert", kept.Original!.Text);
        Assert.Empty(discord.Breaches);
    }

    [Fact]
    public async Task It_opens_a_form_and_takes_what_is_sent()
    {
        await using var discord = await DiscordServer.StartAsync();
        var (anna, channel) = (discord.Guild.AddPerson("anna"), discord.Guild.AddChannel("general"));
        await using var bot = await peer.StartAsync(discord);
        var opened = await discord.RunCommandAsync(anna, channel, "cop form");
        Assert.Equal(("A form", "The answer"), (opened.Modal!.Title, opened.Modal.LabelOf("answer")));
        await Assert.ThrowsAsync<DiscordClientRefusal>(() => discord.SubmitAsync(anna, ("colour", "r")));
        await Assert.ThrowsAsync<DiscordClientRefusal>(() => discord.SubmitAsync(anna, ("answer", "more than ten"), ("colour", "r")));
        var sent = await discord.SubmitAsync(anna, ("answer", "42"), ("colour", "Blue"));
        Assert.Equal("42 in b", sent.Original!.Text);
        Assert.Null(discord.ModalOf(anna));
        Assert.Empty(discord.Breaches);
    }

    [Fact]
    public async Task It_reads_what_concerns_it_reacts_and_says_things_once()
    {
        await using var discord = await DiscordServer.StartAsync();
        var (anna, channel) = (discord.Guild.AddPerson("anna"), discord.Guild.AddChannel("general"));
        await using var bot = await peer.StartAsync(discord);
        discord.Say(anna, channel, "not for the bot");
        var asked = discord.Say(anna, channel, $"{discord.BotUser.Mention} are you there?");
        await discord.UntilAsync(() => discord.Posts is [{ Edits.Count: 1 }], "one answer, edited");
        Assert.Equal($"Once, to {anna.Mention}", discord.Posts[0].Text);
        Assert.Empty(discord.Posts[0].Pinged);
        Assert.Equal([("👀", discord.BotUser.Id)], asked.Reactions);

        discord.React(anna, discord.Posts[0], "🎉");
        await discord.UntilAsync(() => discord.Posts.Count == 2, "an answer to the reaction");
        Assert.Equal(("🎉 by anna", discord.Posts[0]), (discord.Posts[1].Text, discord.Posts[1].RepliesTo));
        discord.Direct(anna, "psst");
        await discord.UntilAsync(() => discord.Posts.Count == 3, "a direct answer");
        Assert.Equal("You said: psst", Assert.Single(discord.SeenBy(anna, discord.DirectOf(anna)), message => message.Author.IsBot).Text);
        Assert.Empty(discord.Breaches);
    }

    [Fact]
    public async Task It_asks_for_members_gives_roles_makes_events_and_posts_in_forums()
    {
        await using var discord = await DiscordServer.StartAsync();
        var (anna, channel, forum) = (discord.Guild.AddPerson("anna"), discord.Guild.AddChannel("general"), discord.Guild.AddChannel("ideas", DiscordChannel.GuildForum));
        var (low, high) = (discord.Guild.AddRole("Cop"), discord.Guild.AddRole("Chief"));
        discord.Guild.Raise(high);
        await using var bot = await peer.StartAsync(discord);

        var counted = await discord.FinishedAsync(await discord.RunCommandAsync(anna, channel, "cop people"));
        Assert.Equal("3 people", counted.Original!.Text);
        Assert.Equal("Given", (await discord.RunCommandAsync(anna, channel, "cop role", ("role", low))).Original!.Text);
        Assert.Contains(low.Id, discord.Guild.MemberOf(anna)!.Roles);
        Assert.Equal("Refused: 50013 Missing Permissions", (await discord.RunCommandAsync(anna, channel, "cop role", ("role", high))).Original!.Text);
        Assert.Equal("Event Gathering", (await discord.RunCommandAsync(anna, channel, "cop event")).Original!.Text);
        Assert.Equal(("Gathering", "Asked for – by somebody"), Assert.Single(discord.Guild.ScheduledEvents) is var made ? (made.Name, made.Reason) : default);
        await discord.RunCommandAsync(anna, channel, "cop forum", ("forum", forum));
        var thread = Assert.Single(discord.Guild.Channels, each => each.Parent == forum);
        Assert.Equal(["First", "Second"], discord.SeenBy(anna, thread).Select(message => message.Text));
        Assert.Empty(discord.Breaches);
    }

    [Fact]
    public async Task It_resumes_after_being_asked_to_reconnect_and_after_a_cut()
    {
        await using var discord = await DiscordServer.StartAsync();
        var (anna, channel) = (discord.Guild.AddPerson("anna"), discord.Guild.AddChannel("general"));
        await using var bot = await peer.StartAsync(discord);
        Action[] troubles = [discord.Gateway.Reconnect, discord.Gateway.CutAll, discord.Gateway.CutInTheMiddle, () => discord.Gateway.Close(4000)];
        foreach (var (index, trouble) in troubles.Index())
        {
            trouble();
            await discord.UntilAsync(() => !discord.Gateway.Sessions[0].Connected, "the connection gone");

            // Said while nobody listens: the resume brings it.
            discord.Say(anna, channel, $"{discord.BotUser.Mention} still there?");
            await discord.UntilAsync(() => discord.Posts.Count == index + 1 && discord.Posts[index].Edits.Count == 1, $"an answer after trouble {index}", TimeSpan.FromSeconds(30));
        }
        Assert.Equal((1, 4), (discord.Gateway.Identifies, discord.Gateway.Resumed));
        Assert.Empty(discord.Breaches);
    }

    [Fact]
    public async Task It_waits_when_told_to_and_comes_again_after_a_failure()
    {
        await using var discord = await DiscordServer.StartAsync();
        var channel = discord.Guild.AddChannel("general");
        var anna = discord.Guild.AddPerson("anna");
        await using var bot = await peer.StartAsync(discord);
        const string messages = "POST /channels/{channel_id}/messages";
        discord.Faults.Next(messages, DiscordFault.RouteLimited(0.8), DiscordFault.Status(502), DiscordFault.GloballyLimited(0.5));
        await discord.RunCommandAsync(anna, channel, "cop event");
        discord.AnswerPatience = TimeSpan.FromMilliseconds(200);
        var silent = await discord.RunCommandAsync(anna, channel, "cop late");
        Assert.Null(silent.Callback);
        await discord.UntilAsync(() => discord.Posts.Any(post => post.Text == "No answer to the command"), "the message, in the end");
        var tries = discord.Requests.Where(request => request.Route == messages).ToList();
        Assert.Equal([429, 502, 429, 200], tries.Select(request => request.Status));
        Assert.True(tries[1].At - tries[0].At >= TimeSpan.FromSeconds(0.75), "came back before the pause was over");
        Assert.Empty(discord.Breaches);
    }
}
