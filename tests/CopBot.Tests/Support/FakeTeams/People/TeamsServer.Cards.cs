using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>What people do with cards. Each waits for the bot's answer, which is shown to whoever acted.</summary>
public sealed partial class TeamsServer
{
    private static readonly TimeSpan RefreshPause = TimeSpan.FromMinutes(1);

    /// <summary>A person presses an action of the card that they see, named by its title, id or verb, with what they filled in before.</summary>
    public async Task<TeamsDelivery> ClickAsync(TeamsPerson by, TeamsMessage message, string action, params (string Id, object Value)[] filled)
    {
        JsonObject activity;
        string kind;
        lock (Gate)
        {
            MustSee(by, message);
            var card = message.CardFor(by) ?? throw new TeamsClientRefusal("the message has no card");
            var pressed = CardInput.Find(card, action);
            var inputs = CardInput.Fill(card, pressed, filled);
            (activity, kind) = Press(by, message, pressed, inputs);
        }
        var delivery = await DeliverAsync(activity);
        Show(by, message.Where, message, delivery, kind);
        return delivery;
    }

    /// <summary>A person's client asks for the card anew, as it does by itself when they look at it; null where it does not: nobody said so, or it did within the last minute.</summary>
    public async Task<TeamsDelivery?> LookAsync(TeamsPerson by, TeamsMessage message)
    {
        JsonObject activity;
        lock (Gate)
        {
            MustSee(by, message);
            if (message.CardFor(by)?["refresh"] is not JsonObject refresh || refresh["action"] is not JsonObject action)
                return null;
            var users = (refresh["userIds"] as JsonArray)?.Select(id => (string?)id).OfType<string>().ToList();
            if (users is null ? message.Where.Members.Count > 60 : !users.Contains(by.Mri))
                return null;
            if (message.Refreshed.TryGetValue(by, out var last) && Clock.GetUtcNow() - last < RefreshPause)
                return null;
            message.Refreshed[by] = Clock.GetUtcNow();
            activity = Execute(by, message, action, [], "automatic");
        }
        var delivery = await DeliverAsync(activity);
        Show(by, message.Where, message, delivery, "card");
        return delivery;
    }

    private (JsonObject Activity, string Kind) Press(TeamsPerson by, TeamsMessage message, JsonObject action, JsonObject inputs)
    {
        switch (TeamsCards.TypeOf(action))
        {
            case "Action.Execute":
                return (Execute(by, message, action, inputs, "manual"), "card");
            case "Action.Submit":
                return Submit(by, message, action, inputs);
            default:
                throw new TeamsClientRefusal($"{TeamsCards.TypeOf(action)} does not reach the bot");
        }
    }

    private JsonObject Execute(TeamsPerson by, TeamsMessage message, JsonObject action, JsonObject inputs, string trigger)
    {
        var done = new JsonObject { ["type"] = "Action.Execute", ["title"] = TeamsCards.Text(action, "title"), ["verb"] = TeamsCards.Text(action, "verb"), ["data"] = CardInput.Data(action, inputs) };
        if (action["id"] is { } id)
            done["id"] = id.DeepClone();
        return Invoke("adaptiveCard/action", by, message.Where, message, new() { ["action"] = done, ["trigger"] = trigger });
    }

    private (JsonObject Activity, string Kind) Submit(TeamsPerson by, TeamsMessage message, JsonObject action, JsonObject inputs)
    {
        var data = CardInput.Data(action, inputs);
        var asked = (action["data"] as JsonObject)?["msteams"] as JsonObject;
        switch (asked is null ? null : TeamsCards.Text(asked, "type"))
        {
            case "task/fetch":
                return (Invoke("task/fetch", by, message.Where, message, new() { ["data"] = data, ["context"] = new JsonObject { ["theme"] = "default" } }), "task");
            case "messageBack":
                var back = Activity("message", by, message.Where, message.Root, NewNumber());
                back["text"] = TeamsCards.Text(asked!, "text");
                back["value"] = asked!["value"]?.DeepClone() ?? data;
                back["replyToId"] = message.Id;
                Display(by, message, TeamsCards.Text(asked, "displayText"));
                return (back, "none");
            case "imBack":
                var words = TeamsCards.Text(asked!, "value");
                var said = Said("message", by, message.Where, message.Root, NewNumber(), words);
                said["replyToId"] = message.Id;
                Display(by, message, words);
                return (said, "none");
            case null:
                var submitted = Activity("message", by, message.Where, message.Root, NewNumber());
                submitted["value"] = data;
                submitted["replyToId"] = message.Id;
                return (submitted, "none");
            case var other:
                throw new TeamsClientRefusal($"msteams.type {other} is not known");
        }
    }

    // What others see of a press that writes in the person's name.
    private void Display(TeamsPerson by, TeamsMessage message, string words)
    {
        if (words.Length > 0)
            MessageList.Add(new(NewNumber(), message.Where, message.Root, by, Clock.GetUtcNow(), new(new() { ["type"] = "message", ["text"] = words, ["textFormat"] = "plain" }, [])));
    }

    private JsonObject Invoke(string name, TeamsPerson by, TeamsConversation where, TeamsMessage? message, JsonObject value)
    {
        var activity = Activity("invoke", by, where, message?.Root);
        activity["name"] = name;
        activity["value"] = value;
        if (message is not null)
            activity["replyToId"] = message.Id;
        activity["channelData"]!["source"] = new JsonObject { ["name"] = name.StartsWith("composeExtension/", StringComparison.Ordinal) ? "compose" : "message" };
        return activity;
    }

    /// <summary>What the answer does on the screen of whoever acted.</summary>
    private void Show(TeamsPerson by, TeamsConversation where, TeamsMessage? message, TeamsDelivery delivery, string kind, JsonObject? context = null)
    {
        lock (Gate)
        {
            if (kind == "none")
                return;
            if (delivery.Answer is not { IsGood: true } answer)
            {
                by.Tell(delivery.Status == 0 ? "Unable to reach app. Please try again." : "Something went wrong. Please try again.");
                return;
            }
            var body = answer.Body ?? [];
            if (kind == "card")
            {
                ShowCard(by, message!, body);
                return;
            }
            by.Dialog = null;
            ShowTask(by, where, message, body["task"] as JsonObject ?? body["config"] as JsonObject ?? [], kind, context ?? []);
            foreach (var attachment in (body["composeExtension"]?["attachments"] as JsonArray ?? []).OfType<JsonObject>())
                by.Tell("card in the message box: " + (attachment["content"] ?? attachment).ToJsonString());
        }
    }

    private static void ShowCard(TeamsPerson by, TeamsMessage message, JsonObject body)
    {
        switch ((string?)body["type"])
        {
            case TeamsCards.ContentType when body["value"] is JsonObject card:
                message.ShowTo(by, card.DeepClone().AsObject());
                break;
            case "application/vnd.microsoft.activity.message":
                by.Tell((string?)body["value"] ?? "");
                break;
            case "application/vnd.microsoft.error":
                by.Tell((string?)body["value"]?["message"] ?? "Something went wrong. Please try again.");
                break;
            default:
                by.Tell("Something went wrong. Please try again.");
                break;
        }
    }

    private static void ShowTask(TeamsPerson by, TeamsConversation where, TeamsMessage? message, JsonObject task, string kind, JsonObject context)
    {
        switch ((string?)task["type"])
        {
            case "continue" when task["value"] is JsonObject value:
                by.Dialog = new(kind, value.DeepClone().AsObject(), context, where, message);
                break;
            case "message":
                by.Tell((string?)task["value"] ?? "");
                break;
            default:
                break;
        }
    }
}
