using CopBot.Tests.Contracts;
using CopBot.Tests.Support.FakeDiscord;

namespace CopBot.PlatformTests.Discord;

/// <summary>A community in Discord.</summary>
public sealed class DiscordStage(Conversation chat) : PlatformStage
{
    public override Conversation Chat => chat;

    public DiscordEars Ears { get; } = (DiscordEars)chat.Ears;

    public DiscordServer Server => Ears.Server;

    public DiscordGuild Guild => Server.Guild;

    public DiscordChannel General => Guild.Channels.First(channel => channel.Name == "general");

    public override IReadOnlyList<string> Channel => [.. Server.Posts.Where(post => post.Channel == General && post.OnlyUser is null && !post.Deleted).Select(post => Ears.TextOf(post))];

    public override IReadOnlyList<string> Problems => Server.Breaches;

    public static async Task<DiscordStage> StartAsync() => new(await Conversation.StartAsync(Product.Discord));

    public override IReadOnlyList<string> ForEyesOf(string name)
    {
        var user = Ears.Account(name);
        return [.. Server.Posts.Where(post => !post.Deleted && !post.Thinking && (post.OnlyUser == user || post.Channel == Server.DirectOf(user))).Select(post => Ears.TextOf(post))];
    }

    public override async Task SayAsync(string name, string line, int times = 1)
    {
        var said = chat.Event(name, line);
        for (var time = 0; time < times; time++)
            await chat.SayAsync(said);
    }

    public override async Task<bool> PressAsync(string name, string label)
    {
        var user = Ears.Account(name);
        bool HasLabel(System.Text.Json.Nodes.JsonNode? component) => (string?)component?["label"] == label;
        var post = Server.Posts.LastOrDefault(post => !post.Deleted && (post.OnlyUser is null || post.OnlyUser == user) && (!post.Channel.IsDirect || post.Channel.Recipient == user)
            && post.Components.SelectMany(row => row!["components"]!.AsArray()).Any(HasLabel));
        if (post is null)
            return false;

        await DoAsync(Server.ClickAsync(user, post, label));
        return true;
    }

    public override async Task<IReadOnlyDictionary<string, string>> FillAsync(string name, string command, params (string Field, string Value)[] values)
    {
        var user = Ears.Account(name);
        await DoAsync(Server.RunCommandAsync(user, General, command.Contains(' ', StringComparison.Ordinal) ? command : "cop " + command));
        var sent = await DoAsync(Server.SubmitAsync(user, [.. values.Select(value => (value.Field, (object)value.Value))]));

        // What does not fit comes as an answer for their eyes alone: under the heading, one line for each field.
        var lines = sent.Original is { } answer && !answer.Deleted ? Ears.TextOf(answer).Split('\n') : [];
        return lines is [var heading, .. var rest] && heading.StartsWith("Not yet: ", StringComparison.Ordinal)
            ? rest.Select(line => line.Split(": ", 2)).Where(parts => parts.Length == 2 && values.Any(value => value.Field == parts[0])).DistinctBy(parts => parts[0]).ToDictionary(parts => parts[0], parts => parts[1])
            : new Dictionary<string, string>();
    }

    public override IReadOnlyList<string>? Group(string rotation) => Guild.Roles.FirstOrDefault(role => role.Name == rotation) is { } role
        ? [.. Guild.Members.Where(member => member.Roles.Contains(role.Id)).Select(member => member.DisplayName)] : null;

    public override Task MeddleAsync(string rotation)
    {
        var role = Guild.Roles.First(role => role.Name == rotation);
        foreach (var member in Guild.Members.Where(member => member.Roles.Contains(role.Id)))
            Guild.SetRole(member.User, role, held: false);
        return Ears.SettleAsync();
    }

    public override async Task SetGoneAsync(bool gone)
    {
        if (gone)
            Guild.Hide(General);
        else
            Guild.Overwrite(General, new(Guild.Id, 0, DiscordPermissions.ViewChannel, 0));
        await Ears.SettleAsync();
    }

    public override Task SetLeftAsync(string name, bool left)
    {
        var user = Ears.Account(name);
        if (left)
            Guild.Leave(user);
        else
            Guild.Join(user);
        return Ears.SettleAsync();
    }

    // What people alone can make live with names and titles; who is addressed by the bot is pinged by id.
    public override IReadOnlyList<string> LiveThings() => [.. Server.Posts.SelectMany(post => DiscordLive.In(post))];

    public override ValueTask DisposeAsync() => chat.DisposeAsync();

    private async Task<DiscordInteraction> DoAsync(Task<DiscordInteraction> action)
    {
        var interaction = await action;
        await Ears.SettleAsync();
        return interaction;
    }
}

/// <summary>Discord keeps what every platform owes.</summary>
public sealed class DiscordContractTests : PlatformContract
{
    protected override async Task<PlatformStage> StartAsync() => await DiscordStage.StartAsync();
}
