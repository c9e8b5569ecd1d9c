using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Wording;

namespace CopBot.Platforms.Teams.Manifest;

/// <summary>The description of the app (resources/schema/manifest-schema, version 1.29), and its Spanish.</summary>
public static class TeamsManifest
{
    /// <summary>The version of the package; to be raised with every change of it, or Teams does not take the new one.</summary>
    public const string Version = "1.0.0";

    /// <summary>The message action that logs a message as a share.</summary>
    public const string LogAsShare = "log-as-share";

    /// <summary>Commands of one list: the schema takes 12, but a list of more than 10 is cut off (bots/how-to/create-a-bot-commands-menu).</summary>
    public const int ListedCommands = 10;

    private const string Short = "Log what you learn and mend, thank each other, see your community move";

    private static readonly string Full =
        """
        CopBot runs the Reliability League of a community of practice. Share what you learned, log a mob session, an experiment or a win, thank a colleague: a line in the chat or a click is enough. Every point can be explained, caps keep it a game, and seasons end with awards rather than with winners and losers.

        It also takes the chores: it knows who serves now and who comes next, keeps a tag and a calendar of that, posts on schedule, and keeps quiet while an incident is on.

        It reads only what is said to it: after its name, or in its private conversation. You decide who sees your points - by name, by an alias, or nobody. "my data" shows everything that is held about you, and "forget me" erases it.
        """.ReplaceLineEndings("\n");

    // What most people type most days, among others and alone.
    private static readonly string[] Together = ["share", "mob", "kudos", "win", "failure", "experiment start", "board", "pending", "gather list", "help"];
    private static readonly string[] Alone = ["me", "share", "kudos", "pending", "board", "rotation list", "privacy", "my data", "help"];

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The files of a package that are text, by name.</summary>
    public static IReadOnlyDictionary<string, string> Files(CommandCatalog catalog, TeamsApp app)
    {
        var manifest = Of(catalog, app);
        return new Dictionary<string, string> { ["manifest.json"] = Write(manifest), ["es.json"] = Write(Translated(manifest)) };
    }

    /// <summary>The manifest of an app.</summary>
    public static JsonObject Of(CommandCatalog catalog, TeamsApp app)
    {
        var id = app.Id.ToString("D");
        var manifest = new JsonObject
        {
            ["$schema"] = "https://developer.microsoft.com/json-schemas/teams/v1.29/MicrosoftTeams.schema.json",
            ["manifestVersion"] = "1.29",
            ["version"] = Version,
            ["id"] = id,
            ["localizationInfo"] = new JsonObject { ["defaultLanguageTag"] = "en", ["additionalLanguages"] = new JsonArray(new JsonObject { ["languageTag"] = "es", ["file"] = "es.json" }) },
            ["developer"] = new JsonObject { ["name"] = "The CopBot contributors", ["websiteUrl"] = app.Site, ["privacyUrl"] = app.Site, ["termsOfUseUrl"] = app.Site },
            ["name"] = new JsonObject { ["short"] = "CopBot", ["full"] = "CopBot, the Reliability League" },
            ["description"] = new JsonObject { ["short"] = Short, ["full"] = Full },
            ["icons"] = new JsonObject { ["color"] = "color.png", ["outline"] = "outline.png" },
            ["accentColor"] = "#1F3A5F",
            ["bots"] = new JsonArray(new JsonObject
            {
                ["botId"] = id,
                ["scopes"] = Texts("team", "personal", "groupChat"),
                ["supportsFiles"] = false,
                ["isNotificationOnly"] = false,
                ["supportsTargetedMessages"] = true,
                ["configuration"] = new JsonObject { ["team"] = new JsonObject { ["fetchTask"] = true } },
                ["commandLists"] = new JsonArray(List(catalog, Together, "team", "groupChat"), List(catalog, Alone, "personal")),
            }),
            ["composeExtensions"] = new JsonArray(new JsonObject
            {
                ["botId"] = id,
                ["commands"] = new JsonArray(new JsonObject
                {
                    ["id"] = LogAsShare,
                    ["type"] = "action",
                    ["title"] = "Log as share",
                    ["description"] = "Log this message as something that others can use",
                    ["context"] = Texts("message"),
                    ["fetchTask"] = true,
                }),
            }),
            ["webApplicationInfo"] = new JsonObject { ["id"] = id, ["resource"] = $"api://botid-{id}" },
            ["authorization"] = new JsonObject
            {
                ["permissions"] = new JsonObject { ["resourceSpecific"] = new JsonArray([.. TeamsPermissions.ResourceSpecific.Select(permission => new JsonObject { ["name"] = permission.Name, ["type"] = "Application" })]) },
            },
            ["activities"] = new JsonObject
            {
                ["activityTypes"] = new JsonArray([.. TeamsNotices.All.Select(notice => new JsonObject { ["type"] = notice.Type, ["description"] = notice.Description, ["templateText"] = notice.Template })]),
            },
            ["defaultInstallScope"] = "team",
            ["defaultGroupCapability"] = new JsonObject { ["team"] = "bot", ["groupchat"] = "bot" },
        };
        if (app.Host is { } host)
            manifest["validDomains"] = Texts(host);
        return manifest;
    }

    // A chosen title is written into the message as it is, so it has to be a word that CopBot reads: titles stay English, what they do is told in Spanish.
    private static JsonObject Translated(JsonObject manifest)
    {
        var spanish = new JsonObject
        {
            ["$schema"] = "https://developer.microsoft.com/json-schemas/teams/v1.29/MicrosoftTeams.Localization.schema.json",
            ["name.short"] = Text(manifest["name"]!["short"]),
            ["name.full"] = Said(manifest["name"]!["full"]),
            ["description.short"] = Said(manifest["description"]!["short"]),
            ["description.full"] = Spanish.Instance.App["description.full"],
        };
        foreach (var (list, at) in Items(manifest["bots"]![0]!["commandLists"]))
        {
            foreach (var (command, number) in Items(list["commands"]))
            {
                if (Spanish.Instance.Sentences.GetValueOrDefault(Text(command["description"])) is { } said)
                    spanish[$"bots[0].commandLists[{at}].commands[{number}].description"] = said;
            }
        }

        foreach (var (command, number) in Items(manifest["composeExtensions"]![0]!["commands"]))
        {
            spanish[$"composeExtensions[0].commands[{number}].title"] = Said(command["title"]);
            spanish[$"composeExtensions[0].commands[{number}].description"] = Said(command["description"]);
        }

        foreach (var (activity, number) in Items(manifest["activities"]!["activityTypes"]))
        {
            spanish[$"activities.activityTypes[{number}].description"] = Said(activity["description"]);
            spanish[$"activities.activityTypes[{number}].templateText"] = Said(activity["templateText"]);
        }

        return spanish;
    }

    private static JsonObject List(CommandCatalog catalog, IEnumerable<string> names, params string[] scopes) => new()
    {
        ["scopes"] = Texts(scopes),
        ["commands"] = new JsonArray([.. names.Select(name => catalog.Find(name) ?? throw new InvalidOperationException($"there is no command {name}")).Select(command => new JsonObject { ["title"] = command.Name, ["description"] = command.Summary })]),
    };

    private static IEnumerable<(JsonNode Item, int At)> Items(JsonNode? list) => list!.AsArray().Select((item, at) => (item!, at));

    private static string Said(JsonNode? english) => Spanish.Instance.App.GetValueOrDefault(Text(english)) ?? throw new InvalidOperationException($"es.yaml does not say “{english}”");

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static JsonArray Texts(params string[] texts) => [.. texts.Select(text => (JsonNode)text)];

    private static string Write(JsonObject json) => json.ToJsonString(Format).ReplaceLineEndings("\n") + "\n";
}
