using System.Security;
using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>Dialogs, and the app's action on messages.</summary>
public sealed partial class TeamsServer
{
    /// <summary>A person sends the dialog that stands open, with values by input; what is left out keeps what it began with.</summary>
    public async Task<TeamsDelivery> SubmitAsync(TeamsPerson by, string action, params (string Id, object Value)[] filled)
    {
        JsonObject activity;
        TeamsDialog dialog;
        lock (Gate)
        {
            dialog = by.Dialog ?? throw new TeamsClientRefusal($"no dialog is open for {by}");
            var card = dialog.Card ?? throw new TeamsClientRefusal("the dialog has no card");
            var pressed = CardInput.Find(card, action);
            if (TeamsCards.TypeOf(pressed) != "Action.Submit")
                throw new TeamsClientRefusal($"{TeamsCards.TypeOf(pressed)} sends no dialog");
            var value = dialog.Context.DeepClone().AsObject();
            value["data"] = CardInput.Data(pressed, CardInput.Fill(card, pressed, filled));
            activity = Invoke(dialog.Kind switch { "task" => "task/submit", "config" => "config/submit", _ => "composeExtension/submitAction" }, by, dialog.Where, dialog.Message, value);
        }
        var delivery = await DeliverAsync(activity);
        Show(by, dialog.Where, dialog.Message, delivery, dialog.Kind, dialog.Context);
        return delivery;
    }

    /// <summary>A person closes the dialog: the bot is told nothing.</summary>
    public void CloseDialog(TeamsPerson by)
    {
        lock (Gate)
            by.Dialog = null;
    }

    /// <summary>A person chooses the app's action on a message.</summary>
    public async Task<TeamsDelivery> RunOnMessageAsync(TeamsPerson by, TeamsMessage message, string commandId)
    {
        JsonObject activity, context;
        lock (Gate)
        {
            MustSee(by, message);
            context = new()
            {
                ["commandId"] = commandId,
                ["commandContext"] = "message",
                ["context"] = new JsonObject { ["theme"] = "default" },
                ["messagePayload"] = Payload(message),
            };
            activity = Invoke("composeExtension/fetchTask", by, message.Where, message, context.DeepClone().AsObject());
        }
        var delivery = await DeliverAsync(activity);
        Show(by, message.Where, message, delivery, "composeExtension", context);
        return delivery;
    }

    /// <summary>A person opens the app's settings of a team or chat.</summary>
    public async Task<TeamsDelivery> ConfigureAsync(TeamsPerson by, TeamsConversation where)
    {
        JsonObject activity;
        lock (Gate)
        {
            MustSee(by, where);
            activity = Invoke("config/fetch", by, where, null, new() { ["context"] = new JsonObject { ["theme"] = "default" } });
        }
        var delivery = await DeliverAsync(activity);
        Show(by, where, null, delivery, "config", new() { ["context"] = new JsonObject { ["theme"] = "default" } });
        return delivery;
    }

    /// <summary>Any invoke, such as one whose name the bot does not know.</summary>
    public Task<TeamsDelivery> InvokeAsync(TeamsPerson by, TeamsConversation where, string name, JsonObject value, TeamsMessage? message = null)
    {
        JsonObject activity;
        lock (Gate)
            activity = Invoke(name, by, where, message, value);
        return DeliverAsync(activity);
    }

    // The author is told by the object id: the bot never met them in this conversation, perhaps.
    private JsonObject Payload(TeamsMessage message)
    {
        var user = message.Author is { } author
            ? new JsonObject { ["userIdentityType"] = "aadUser", ["id"] = author.AadObjectId, ["displayName"] = author.Name }
            : null;
        var bot = message.Author is null ? new JsonObject { ["applicationIdentityType"] = "bot", ["id"] = Identity.AppId, ["displayName"] = BotName } : null;
        return new()
        {
            ["id"] = message.Id,
            ["replyToId"] = message.Root == message.Id ? null : message.Root,
            ["createdDateTime"] = message.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["lastModifiedDateTime"] = null,
            ["deleted"] = false,
            ["summary"] = null,
            ["subject"] = null,
            ["importance"] = "normal",
            ["locale"] = "en-us",
            ["linkToMessage"] = $"https://teams.microsoft.com/l/message/{message.Where.Id}/{message.Id}",
            ["body"] = new JsonObject { ["contentType"] = "html", ["content"] = $"<p>{SecurityElement.Escape(message.Text)}</p>" },
            ["from"] = new JsonObject { ["device"] = null, ["conversation"] = null, ["user"] = user, ["application"] = bot },
            ["reactions"] = new JsonArray([.. message.Reactions.Select(reaction => (JsonNode)new JsonObject { ["reactionType"] = reaction.Kind, ["user"] = new JsonObject { ["user"] = new JsonObject { ["id"] = reaction.By.AadObjectId } } })]),
            ["mentions"] = new JsonArray(),
            ["attachments"] = new JsonArray(),
        };
    }
}
