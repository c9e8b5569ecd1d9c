using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Tests.Contracts;
using CopBot.Tests.Support.FakeSlack;

namespace CopBot.PlatformTests.Slack;

/// <summary>A community in Slack.</summary>
public sealed class SlackStage(Conversation chat) : PlatformStage
{
    public override Conversation Chat => chat;

    public SlackEars Ears { get; } = (SlackEars)chat.Ears;

    public SlackServer Server => Ears.Server;

    public SlackWorkspace Workspace => Server.Workspace;

    public SlackChannel General => Workspace.Channels.First(channel => channel.Name == "general");

    public override IReadOnlyList<string> Channel => [.. Workspace.Posts.Where(post => post.Channel == General.Id && post.OnlyUser is null && !post.Deleted).Select(TextOf)];

    public override IReadOnlyList<string> Problems => Server.Problems;

    public static async Task<SlackStage> StartAsync() => new(await Conversation.StartAsync(Product.Slack));

    public override IReadOnlyList<string> ForEyesOf(string name)
    {
        var user = Workspace.Users.First(user => user.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return [.. Workspace.Posts.Where(post => post.OnlyUser == user.Id || (post.OnlyUser is null && post.Channel == Workspace.DirectOf(user).Id)).Select(TextOf)];
    }

    public override async Task SayAsync(string name, string line, int times = 1)
    {
        var said = chat.Event(name, line);
        for (var time = 0; time < times; time++)
            await chat.SayAsync(said);
    }

    public override async Task<bool> PressAsync(string name, string label)
    {
        var user = await Ears.AccountAsync(name);
        bool HasLabel(JsonObject element) => (string?)element["text"]?["text"] == label;
        var post = Workspace.Posts.LastOrDefault(post => (post.OnlyUser is null || post.OnlyUser == user.Id) && post.Blocks.OfType<JsonObject>().SelectMany(block => (block["elements"] as JsonArray)?.OfType<JsonObject>() ?? []).Any(HasLabel));
        if (post is null)
            return false;

        Assert.True((await Workspace.ClickAsync(user, post, HasLabel)).Acknowledged);
        await Ears.SettleAsync();
        return true;
    }

    public override async Task<IReadOnlyDictionary<string, string>> FillAsync(string name, string command, params (string Field, string Value)[] values)
    {
        var user = await Ears.AccountAsync(name);
        Assert.True((await Workspace.SlashAsync(user, General, "/cop", command)).Acknowledged);
        var modal = Workspace.ModalOf(user) ?? throw new InvalidOperationException("no form was opened: " + string.Join("; ", Server.Calls.TakeLast(3).Select(call => $"{call.Method} {call.Answer?.ToJsonString()} {call.Args.ToJsonString()}")) + string.Join("; ", Problems));
        var sent = await Workspace.SubmitAsync(user, modal, values.ToDictionary(value => value.Field, value => StateOf(modal, value.Field, value.Value)));
        Assert.True(sent.Acknowledged, string.Join(", ", sent.ClientErrors.Values));
        await Ears.SettleAsync();
        return modal.Closed ? new Dictionary<string, string>() : modal.Errors;
    }

    public override IReadOnlyList<string>? Group(string rotation) =>
        Workspace.UserGroups.FirstOrDefault(group => group.Name == rotation && group.Enabled)?.Members.Select(member => Workspace.Users.First(user => user.Id == member).Name).ToList();

    public override async Task MeddleAsync(string rotation)
    {
        var bot = Workspace.BotUser;
        await Workspace.ChangeMembersAsync(Workspace.UserGroups.First(group => group.Name == rotation), bot);
    }

    public override async Task SetGoneAsync(bool gone)
    {
        var general = General;
        if (gone)
        {
            await Workspace.RemoveBotAsync(general);
        }
        else
        {
            await Workspace.JoinAsync(Workspace.BotUser, general);
        }

        await Ears.SettleAsync();
    }

    public override async Task SetLeftAsync(string name, bool left)
    {
        var user = await Ears.AccountAsync(name);
        if (left)
        {
            await Workspace.DeactivateAsync(user);
        }
        else
        {
            user.Deleted = false;
            await Workspace.ChangedAsync(user);
        }

        await Ears.SettleAsync();
    }

    // What people alone can make live with names and titles; who is addressed by the bot is known by their account.
    public override IReadOnlyList<string> LiveThings() =>
        [.. Workspace.Posts.SelectMany(post => SlackText.LiveThings(new JsonObject { ["text"] = post.Text, ["blocks"] = post.Blocks.DeepClone() })).Select(thing => thing.ToString())];

    public override ValueTask DisposeAsync() => chat.DisposeAsync();

    public string TextOf(SlackPost post) =>
        SlackPlain.Of(new JsonObject { ["text"] = post.Text, ["blocks"] = post.Blocks.DeepClone() }, id => Workspace.Users.First(user => user.Id == id).Name);

    private static JsonObject StateOf(SlackView modal, string field, string value)
    {
        var element = modal.Blocks.OfType<JsonObject>().First(block => (string?)block["block_id"] == field)["element"]!;
        var type = (string)element["type"]!;
        return type switch
        {
            "static_select" or "external_select" => new JsonObject { ["type"] = type, ["selected_option"] = new JsonObject { ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = value }, ["value"] = value } },
            "datepicker" => new JsonObject { ["type"] = type, ["selected_date"] = value },
            "users_select" => new JsonObject { ["type"] = type, ["selected_user"] = value },
            "multi_users_select" => new JsonObject { ["type"] = type, ["selected_users"] = new JsonArray([.. value.Split(',').Select(id => JsonValue.Create(id))]) },
            _ => new JsonObject { ["type"] = type, ["value"] = value },
        };
    }
}

/// <summary>Slack keeps what every platform owes.</summary>
public sealed class SlackContractTests : PlatformContract
{
    protected override async Task<PlatformStage> StartAsync() => await SlackStage.StartAsync();
}
