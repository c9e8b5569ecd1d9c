using System.Text.Json.Nodes;
using CopBot.Tests.Contracts;
using CopBot.Tests.Support.FakeTeams;

namespace CopBot.PlatformTests.Teams;

/// <summary>A community in Teams.</summary>
public sealed class TeamsStage(Conversation chat) : PlatformStage
{
    public override Conversation Chat => chat;

    public TeamsEars Ears { get; } = (TeamsEars)chat.Ears;

    public TeamsServer Server => Ears.Server;

    public override IReadOnlyList<string> Channel => [.. Server.Posts.Where(post => post.Where == Server.Team.General && !post.Deleted).Select(Ears.TextOf)];

    public override IReadOnlyList<string> Problems => Server.Breaches;

    public static async Task<TeamsStage> StartAsync() => new(await Conversation.StartAsync(Product.Teams));

    public override IReadOnlyList<string> ForEyesOf(string name)
    {
        var chat = Ears.Account(name).Chat;
        return [.. Server.Posts.Where(post => post.Where == chat && !post.Deleted).Select(Ears.TextOf)];
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
        bool Has(JsonNode? node) => node switch
        {
            JsonObject one => ((string?)one["type"] == "Action.Execute" && (one["title"] as JsonValue)?.GetValue<string>() == label) || one.Any(member => Has(member.Value)),
            JsonArray all => all.Any(Has),
            _ => false,
        };
        var post = Server.Posts.LastOrDefault(post => !post.Deleted && post.Where.Members.Contains(user) && Has(post.CardFor(user)));
        if (post is null)
            return false;
        await Server.ClickAsync(user, post, label);
        await Ears.SettleAsync();
        return true;
    }

    // What a command still needs is asked for in the private conversation, where the form is filled in as it stands.
    public override async Task<IReadOnlyDictionary<string, string>> FillAsync(string name, string command, params (string Field, string Value)[] values)
    {
        var user = Ears.Account(name);
        await Server.AskAsync(user, Server.Team.General, command);
        await Ears.SettleAsync();
        var form = Server.Posts.Last(post => post.Where == user.Chat && post.Card is not null);
        await Server.ClickAsync(user, form, "Send", [.. values.Select(value => (value.Field, (object)value.Value))]);
        await Ears.SettleAsync();
        return form.CardFor(user) is { } card && card != form.Card ? ProblemsIn(card) : new Dictionary<string, string>();
    }

    public override IReadOnlyList<string>? Group(string rotation) => Server.Graph.Tags.FirstOrDefault(tag => tag.Name == rotation)?.Members.Select(member => member.Person.Name).ToList();

    public override Task MeddleAsync(string rotation)
    {
        Server.Graph.RemoveTag(Server.Graph.Tags.Single(tag => tag.Name == rotation));
        return Task.CompletedTask;
    }

    public override async Task SetGoneAsync(bool gone)
    {
        var owner = Server.Team.Members[0];
        await (gone ? Server.UninstallAsync(Server.Team, owner) : Server.InstallAsync(Server.Team, owner));
        await Ears.SettleAsync();
    }

    public override async Task SetLeftAsync(string name, bool left)
    {
        var user = Ears.Account(name);
        await (left ? Server.LeaveAsync(Server.Team, user) : Server.JoinAsync(Server.Team, user));
        await Ears.SettleAsync();
    }

    // What people alone can make live with names and titles; who is addressed by the bot is mentioned by id.
    public override IReadOnlyList<string> LiveThings() => [.. Server.Posts.SelectMany(post => new TeamsReader().Read(post).Live).Where(live => live.Kind != "mention").Select(live => $"{live.Kind} {live.Value}")];

    public override ValueTask DisposeAsync() => chat.DisposeAsync();

    // Above a field stands what is wrong with it.
    private static Dictionary<string, string> ProblemsIn(JsonObject card)
    {
        var problems = new Dictionary<string, string>();
        var body = card["body"]!.AsArray();
        for (var at = 1; at < body.Count; at++)
        {
            if ((string?)body[at]!["id"] is { } field && body[at - 1]!["inlines"] is JsonArray runs)
                problems[field] = string.Concat(runs.Select(run => (string?)run!["text"]));
        }

        return problems;
    }
}

/// <summary>Teams keeps what every platform owes.</summary>
public sealed class TeamsContractTests : PlatformContract
{
    protected override async Task<PlatformStage> StartAsync() => await TeamsStage.StartAsync();
}
