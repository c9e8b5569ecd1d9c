using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Slack.Intake;

namespace CopBot.Platforms.Slack;

/// <summary>The description of the app that one pastes into Slack to make it (https://docs.slack.dev/reference/app-manifest).</summary>
public sealed class SlackManifest(CommandCatalog catalog)
{
    /// <summary>What stands in the manifest for HTTP where the address of the installation belongs.</summary>
    public const string Host = "https://YOUR-HOST";

    // What most people type most days; the hint is one line in Slack.
    private static readonly string[] Frequent = ["share", "mob", "kudos", "me", "board", "help"];

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The files by name: one workspace over Socket Mode, and HTTP for several workspaces.</summary>
    public IReadOnlyDictionary<string, string> Files => new Dictionary<string, string>
    {
        ["manifest.json"] = Write(Of(null)),
        ["manifest.http.json"] = Write(Of(Host)),
    };

    /// <summary>The manifest; with the address of an installation that Slack reaches over HTTP, or without one for Socket Mode.</summary>
    public JsonObject Of(string? host)
    {
        var command = new JsonObject
        {
            ["command"] = "/cop",
            ["description"] = "Log, score, rank, explain: the Reliability League",
            ["usage_hint"] = string.Join(" | ", Frequent.Select(name => catalog.Find(name)?.Name ?? throw new InvalidOperationException($"there is no command {name}"))),
            ["should_escape"] = true,
        };
        var events = new JsonObject { ["bot_events"] = Names(SlackEventKinds.All.Select(kind => kind.Name)) };
        var interactivity = new JsonObject { ["is_enabled"] = true };
        var oauth = new JsonObject { ["scopes"] = new JsonObject { ["bot"] = Names(SlackScopes.All.Select(scope => scope.Name)) } };
        if (host is not null)
        {
            command["url"] = host + SlackAddresses.Commands;
            events["request_url"] = host + SlackAddresses.Events;
            interactivity["request_url"] = host + SlackAddresses.Interactions;
            interactivity["message_menu_options_url"] = host + SlackAddresses.Interactions;
            oauth["redirect_urls"] = Names([host + SlackAddresses.Callback]);
        }

        return new JsonObject
        {
            ["_metadata"] = new JsonObject { ["major_version"] = 1 },
            ["display_information"] = Display(),
            ["features"] = new JsonObject
            {
                ["app_home"] = new JsonObject { ["home_tab_enabled"] = true, ["messages_tab_enabled"] = true, ["messages_tab_read_only_enabled"] = false },
                ["bot_user"] = new JsonObject { ["display_name"] = "CopBot", ["always_online"] = true },
                ["shortcuts"] = Shortcuts(),
                ["slash_commands"] = new JsonArray(command),
            },
            ["oauth_config"] = oauth,
            ["settings"] = new JsonObject
            {
                ["event_subscriptions"] = events,
                ["interactivity"] = interactivity,
                ["org_deploy_enabled"] = false,
                ["socket_mode_enabled"] = host is null,
                ["token_rotation_enabled"] = host is not null,
            },
        };
    }

    private static JsonObject Display() => new()
    {
        ["name"] = "CopBot",
        ["description"] = "Runs the Reliability League: log what you learn and mend, thank each other, and see your community move.",
        ["long_description"] =
            """
            CopBot runs the Reliability League of a community of practice. Share what you learned, log a mob session, an experiment or a win, thank a colleague: a line in the chat or a click is enough. Every point can be explained, caps keep it a game, and seasons end with awards rather than with winners and losers.

            It also takes the chores: it knows who serves now and who comes next, keeps a user group and a calendar of that, posts on schedule, and keeps quiet while an incident is on.

            It reads only what is said to it: behind /cop, after its name, or in its private conversation. You decide who sees your points - by name, by an alias, or nobody. "my data" shows everything that is held about you, and "forget me" erases it.
            """.ReplaceLineEndings("\n"),
        ["background_color"] = "#1f3a5f",
    };

    private static JsonArray Shortcuts() =>
    [
        Shortcut("Log a share", "global", SlackShortcuts.Share, "Log something that you learned and others can use"),
        Shortcut("Thank a colleague", "global", SlackShortcuts.Kudos, "Give kudos to somebody who helped"),
        Shortcut("Log as share", "message", SlackShortcuts.ShareMessage, "Log this message as something that others can use"),
        Shortcut("Thank the author", "message", SlackShortcuts.ThankAuthor, "Give kudos to whoever wrote this message"),
    ];

    private static JsonObject Shortcut(string name, string type, string id, string description) =>
        new() { ["name"] = name, ["type"] = type, ["callback_id"] = id, ["description"] = description };

    private static JsonArray Names(IEnumerable<string> names) => [.. names.Select(name => (JsonNode?)JsonValue.Create(name))];

    private static string Write(JsonObject manifest) => manifest.ToJsonString(Format).ReplaceLineEndings("\n") + "\n";
}
