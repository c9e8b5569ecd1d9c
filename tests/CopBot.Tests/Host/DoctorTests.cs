using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using CopBot.Host;
using CopBot.Host.CommandLine;
using CopBot.Platforms.Slack;
using CopBot.Platforms.Slack.Workspaces;
using CopBot.Tests.Support;
using CopBot.Tests.Support.FakeSlack;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Extensions;

namespace CopBot.Tests.Host;

/// <summary><c>copbot doctor</c>: each fault is found, named, and said how to mend; what is well is left alone.</summary>
public sealed class DoctorTests : IAsyncDisposable
{
    private readonly Copbot copbot = new();
    private readonly Dictionary<string, string?> set = [];
    private SlackServer? slack;

    private SlackServer Slack => slack!;

    [Fact]
    public async Task Without_a_platform_web_chat_alone_runs_and_the_database_is_looked_at()
    {
        (await DoctorAsync()).Says(ExitCodes.Done, "web chat alone runs, at http://localhost:5080", "There is no ", "docs/slack.md", "All is well.");
        (await copbot.RunAsync("", "db", "migrate", "--database", copbot.Database)).Says(ExitCodes.Done);
        (await DoctorAsync()).Says(ExitCodes.Done, "copbot.db opens, and its schema is this version's");
        await copbot.ExecuteAsync("delete from schema_versions where version > 8");
        (await DoctorAsync()).Says(ExitCodes.Found, "does not have this version's schema yet. `copbot db migrate`", "One thing is to be mended.");
    }

    [Fact]
    public async Task The_verb_is_to_be_had_from_the_command_line() =>
        (await copbot.RunAsync("", "doctor", "--database", copbot.PathOf("nowhere/copbot.db"))).Says(ExitCodes.Found, "nowhere/copbot.db does not exist", "CopBot__Database");

    [Fact]
    public async Task All_is_well()
    {
        await SlackAsync();
        var ran = await DoctorAsync();
        ran.Says(ExitCodes.Done, "127.0.0.1 answers", "clock goes as Slack's", "Socket Mode works", "@copbot (", ") in Workspace T0001 (T0001)", "All 13 permissions are granted", "It is in #general", "User groups can be read", "All is well.");
        Assert.DoesNotContain("WRONG", ran.Output, StringComparison.Ordinal);
        Assert.Empty(Slack.Problems);
    }

    [Fact]
    public async Task It_runs_beside_the_bot_and_changes_nothing()
    {
        await SlackAsync();
        await copbot.SayAsync("ana", "settings channel=#reliability");
        await using var bot = await Conversation.OnAsync(copbot.Database);
        (await DoctorAsync()).Says(ExitCodes.Found, "It is not in #reliability", "/invite @CopBot");
        Assert.DoesNotContain(Slack.Calls, call => call.Method is not ("auth.test" or "apps.connections.open" or "users.conversations" or "usergroups.list"));
    }

    [Theory]
    [InlineData("bot token unknown", "Slack does not know the bot's token (invalid_auth).", "set CopBot__Slack__BotToken to the Bot User OAuth Token")]
    [InlineData("bot token of another kind", "CopBot__Slack__BotToken is no bot token", "xoxb-")]
    [InlineData("bot token that ends", "CopBot__Slack__BotToken ends after twelve hours", "token_rotation_enabled false")]
    [InlineData("taken out", "The app was taken out of the workspace", "“OAuth & Permissions”")]
    [InlineData("scope missing", "The permission chat:write is not granted (Say something", "“Bot Token Scopes”, add it and install the app again")]
    [InlineData("channels not readable", "The permission groups:read is not granted", "it does not find the private channels")]
    [InlineData("app token unknown", "Slack does not know the app token (invalid_auth)", "CopBot__Slack__AppToken")]
    [InlineData("app token without its scope", "The app token lacks the scope connections:write", "“App-Level Tokens”")]
    [InlineData("app token of another kind", "CopBot__Slack__AppToken is no app token", "connections:write")]
    [InlineData("Socket Mode off", "Slack opens no connection (socket_mode_off)", "“Enable Socket Mode”")]
    [InlineData("not in the channel", "It is not in #general, the community's main channel", "In #general, type `/invite @CopBot`")]
    [InlineData("user groups for administrators", "The workspace lets only some people edit user groups", "“Permissions”, “User Groups”")]
    [InlineData("Slack away", "Slack cannot be reached (", "port 443")]
    [InlineData("Slack broken", "Slack cannot be reached (http_502)", "port 443")]
    [InlineData("clock fast", "This machine's clock is 9", "time server")]
    [InlineData("clock slow", "seconds slow", "time server")]
    [InlineData("nothing arrives", "CopBot__Slack__AppToken or CopBot__Slack__SigningSecret is missing", "needs no public address")]
    [InlineData("misspelt", "CopBot__Slack__BotTokn is not a setting. Did you mean CopBot__Slack__BotToken?", "")]
    public async Task Each_fault_is_found_and_named(string fault, string says, string mend)
    {
        await SlackAsync();
        TimeSpan clock = default;
        var workspace = Slack.Workspace;
        switch (fault)
        {
            case "bot token unknown": set["CopBot:Slack:BotToken"] = "xoxb-0-0-nobody"; break;
            case "bot token of another kind": set["CopBot:Slack:BotToken"] = "xoxp-0-0-somebody"; break;
            case "bot token that ends": set["CopBot:Slack:BotToken"] = "xoxe.xoxb-1-0-0"; break;
            case "taken out": workspace.Uninstall(); break;
            case "scope missing": workspace.Scopes.Remove("chat:write"); break;
            case "channels not readable": workspace.Scopes.Remove("groups:read"); break;
            case "app token unknown": set["CopBot:Slack:AppToken"] = "xapp-1-A0-0-nobody"; break;
            case "app token without its scope": Slack.Faults.Next("apps.connections.open", SlackFault.NotOk("missing_scope")); break;
            case "app token of another kind": set["CopBot:Slack:AppToken"] = workspace.BotToken; break;
            case "Socket Mode off": Slack.Faults.Next("apps.connections.open", SlackFault.NotOk("socket_mode_off")); break;
            case "not in the channel": workspace.Channels.Single(channel => channel.Name == "general").Members.Remove(workspace.BotUser.Id); break;
            case "user groups for administrators": Slack.Faults.Next("usergroups.list", SlackFault.NotOk("permission_denied")); break;
            case "Slack away": set["CopBot:Slack:ApiBase"] = "http://127.0.0.1:9/api/"; break;
            case "Slack broken": Slack.Faults.Always("*", SlackFault.Status(502)); break;
            case "clock fast": clock = TimeSpan.FromSeconds(95); break;
            case "clock slow": clock = TimeSpan.FromSeconds(-95); break;
            case "nothing arrives": set.Remove("CopBot:Slack:AppToken"); break;
            default: set["CopBot:Slack:BotTokn"] = "xoxb-"; break;
        }

        (await DoctorAsync(clock)).Says(ExitCodes.Found, "WRONG", says, mend);
    }

    [Fact]
    public async Task A_plan_without_user_groups_is_worth_a_note_and_no_more()
    {
        await SlackAsync();
        Slack.Workspace.PaidPlan = false;
        (await DoctorAsync()).Says(ExitCodes.Done, "note  User groups need a paid plan of Slack", "All is well.");
    }

    [Fact]
    public async Task Over_HTTP_the_addresses_to_enter_are_printed()
    {
        await SlackAsync();
        set.Remove("CopBot:Slack:AppToken");
        set["CopBot:Slack:SigningSecret"] = Slack.SigningSecret;
        (await DoctorAsync()).Says(ExitCodes.Found, "It is not said under which address", "CopBot__PublicUrl");
        set["CopBot:PublicUrl"] = "http://copbot.example.org";
        (await DoctorAsync()).Says(ExitCodes.Found, "Slack wants https");
        set["CopBot:PublicUrl"] = "https://copbot.example.org/";
        (await DoctorAsync()).Says(ExitCodes.Done, "https://copbot.example.org/slack/events", "https://copbot.example.org/slack/interactions", "https://copbot.example.org/slack/commands", "signing secret is set");
    }

    [Fact]
    public async Task Each_workspace_that_installed_the_app_is_looked_at()
    {
        await SlackAsync();
        set.Remove("CopBot:Slack:BotToken");
        (set["CopBot:Slack:ClientId"], set["CopBot:Slack:ClientSecret"], set["CopBot:PublicUrl"]) = (Slack.ClientId, Slack.ClientSecret, "https://copbot.example.org");
        (await DoctorAsync()).Says(ExitCodes.Done, "https://copbot.example.org/slack/oauth", "https://copbot.example.org/slack/install");

        var other = Slack.AddWorkspace("T0002");
        await using (var bot = await Conversation.OnAsync(copbot.Database))
        {
            var table = new InstallationTable(bot.Services.GetRequiredService<Store>());
            var seal = new TokenSeal(Slack.ClientSecret);
            foreach (var workspace in Slack.Workspaces)
                await table.PutAsync(new Installation("", workspace.Team, workspace.Name, workspace.BotUser.Id, SlackScopes.Asked, bot.Clock.Now) { Token = seal.Close(workspace.BotToken, "bot", "", workspace.Team) }, CancellationToken.None);
        }

        (await DoctorAsync()).Says(ExitCodes.Found, "in Workspace T0001 (T0001)", "in Workspace T0002 (T0002)", "It is not in #general");
        other.Uninstall();
        (await DoctorAsync()).Says(ExitCodes.Found, "The app was taken out", "Install the app there again: https://copbot.example.org/slack/install");
        set["CopBot:Slack:ClientSecret"] = "another secret of the app";
        (await DoctorAsync()).Says(ExitCodes.Found, "Workspace T0001: its token was sealed with another client secret", "CopBot__Slack__ClientSecret");
    }

    public async ValueTask DisposeAsync()
    {
        copbot.Dispose();
        if (slack is not null)
            await slack.DisposeAsync();
    }

    private async Task SlackAsync()
    {
        slack = await SlackServer.StartAsync();
        slack.Workspace.AddChannel("general");
        (set["CopBot:Slack:ApiBase"], set["CopBot:Slack:BotToken"], set["CopBot:Slack:AppToken"]) = (slack.ApiBase.AbsoluteUri, slack.Workspace.BotToken, slack.AppToken);
    }

    private async Task<Ran> DoctorAsync(TimeSpan clockOff = default)
    {
        set["CopBot:Database"] = copbot.Database;
        var time = clockOff == default ? TimeProvider.System : new VirtualClock(TimeProvider.System.GetUtcNow().ToInstant() + Duration.FromTimeSpan(clockOff));
        using var output = new StringWriter();
        var code = await DoctorVerb.RunAsync(() => BotSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(set).Build()), time, output, CancellationToken.None);
        var text = output.ToString().ReplaceLineEndings("\n");
        foreach (var secret in set.Where(one => one.Key.Contains("Token", StringComparison.Ordinal) || one.Key.Contains("Secret", StringComparison.Ordinal)).Select(one => one.Value!).Where(value => value.Length > 8))
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        return new(code, text, "");
    }
}
