using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>What people do in modals.</summary>
public sealed partial class SlackWorkspace
{
    private readonly Dictionary<string, JsonArray> suggested = [];

    /// <summary>A person fills in a modal, by block id, and submits it. What Slack's client refuses is not sent; the bot's answer shows errors, closes, changes or adds a view.</summary>
    public async Task<SlackDelivery> SubmitAsync(SlackUser by, SlackView modal, IReadOnlyDictionary<string, JsonObject>? values = null)
    {
        JsonObject payload;
        lock (server.Gate)
        {
            if (modal.Closed || modal.User != by.Id)
                throw new InvalidOperationException($"{by.Name} does not see this modal");
            foreach (var (block, value) in values ?? new Dictionary<string, JsonObject>())
                SlackInput.Type(modal, block, value);
            if (modal.Body["submit"] is null)
                throw new InvalidOperationException("this modal has no button to submit it");
            var body = SlackInput.WithState(modal);
            if (SlackInput.Refused(modal, body) is { Count: > 0 } refused)
                return new(SlackDeliveryStatus.NotSent) { ClientErrors = refused };
            payload = Interaction("view_submission", by, modal);
            (payload["view"], payload["response_urls"]) = (body, new JsonArray());
        }
        var delivery = await server.DeliverAsync(payload, SlackKind.Interactive);
        // Without an answer the modal stays open and says that something went wrong.
        if (delivery.Acknowledged)
            lock (server.Gate)
                Submitted(by, modal, delivery.Ack as JsonObject);
        return delivery;
    }

    /// <summary>A person closes a modal; the bot is told where it wants to be.</summary>
    public async Task<SlackDelivery> CloseAsync(SlackUser by, SlackView modal, bool all = false)
    {
        JsonObject payload;
        lock (server.Gate)
        {
            payload = Interaction("view_closed", by, modal);
            payload.Remove("trigger_id");
            (payload["view"], payload["is_cleared"]) = (SlackInput.WithState(modal), all);
            Close(by, modal, all);
        }
        return (bool?)modal.Body["notify_on_close"] == true ? await server.DeliverAsync(payload, SlackKind.Interactive) : new(SlackDeliveryStatus.NotSubscribed);
    }

    /// <summary>A person types into a menu whose options the bot suggests.</summary>
    public async Task<SlackDelivery> SuggestAsync(SlackUser by, SlackView modal, string blockId, string typed)
    {
        JsonObject payload;
        string action;
        lock (server.Gate)
        {
            var block = modal.Blocks.OfType<JsonObject>().First(block => (string?)block["block_id"] == blockId);
            action = (string)BlockKitRules.ElementsOf(block).First(element => ((string)element["type"]!).Contains("external_select", StringComparison.Ordinal))["action_id"]!;
            payload = Interaction("block_suggestion", by, modal);
            payload.Remove("trigger_id");
            (payload["action_id"], payload["block_id"], payload["value"]) = (action, blockId, typed);
            payload["container"] = new JsonObject { ["type"] = "view", ["view_id"] = modal.Id };
            payload["view"] = SlackInput.WithState(modal);
        }
        var delivery = await server.DeliverAsync(payload, SlackKind.Interactive);
        if (delivery.Ack is JsonObject answer)
            Offered(action, answer);
        return delivery;
    }

    internal SlackView Show(SlackUser by, JsonObject view, SlackView? previous, string trigger)
    {
        var id = Id("V");
        var shown = new SlackView(id, by.Id, SlackViewMethods.Describe(this, view, id, previous)) { Previous = previous, Trigger = trigger };
        modals.Add(shown);
        return shown;
    }

    private void Offered(string action, JsonObject answer)
    {
        var options = answer["options"] as JsonArray ?? [.. (answer["option_groups"] as JsonArray ?? []).SelectMany(group => (group!["options"] as JsonArray ?? []).Select(option => option!.DeepClone()))];
        foreach (var problem in BlockKitRules.ProblemsOfOptions(answer))
            server.Note($"block_suggestion: {problem}");
        lock (server.Gate)
            suggested[action] = options.DeepClone().AsArray();
    }

    private void Submitted(SlackUser by, SlackView modal, JsonObject? answer)
    {
        modal.Errors = new Dictionary<string, string>();
        try
        {
            switch ((string?)answer?["response_action"])
            {
                case null:
                    if (answer is { Count: > 0 })
                        server.Note($"view_submission: an answer without response_action: {answer.ToJsonString()}");
                    Close(by, modal, all: false);
                    break;
                case "errors":
                    Complain(modal, answer!["errors"] as JsonObject ?? []);
                    break;
                case "clear":
                    Close(by, modal, all: true);
                    break;
                case "update":
                    modal.Body = SlackViewMethods.Describe(this, SlackViewMethods.Checked(server, "view_submission", answer!["view"] as JsonObject, "modal"), modal.Id, modal.Previous);
                    break;
                case "push":
                    Show(by, SlackViewMethods.Checked(server, "view_submission", answer!["view"] as JsonObject, "modal"), modal, "");
                    if (modals.Count(open => open.User == by.Id) > 3)
                        server.Note("view_submission: more than three views on one another");
                    break;
                case var other:
                    server.Note($"view_submission: response_action {other}");
                    break;
            }
        }
        catch (SlackRefusal)
        {
            // Noted; the person sees that something went wrong, and the modal stays.
        }
    }

    private void Complain(SlackView modal, JsonObject errors)
    {
        var inputs = modal.Blocks.OfType<JsonObject>().Where(block => (string?)block["type"] == "input").Select(block => (string?)block["block_id"]).ToList();
        foreach (var (block, _) in errors)
            if (!inputs.Contains(block))
                server.Note($"view_submission: an error for {block}, which is no input of the view");
        if (errors.Count == 0)
            server.Note("view_submission: response_action errors without errors");
        modal.Errors = errors.ToDictionary(error => error.Key, error => (string?)error.Value ?? "");
    }

    private void Close(SlackUser by, SlackView modal, bool all)
    {
        foreach (var view in modals.Where(open => open.User == by.Id && (all || open == modal)))
            view.Closed = true;
        modals.RemoveAll(view => view.Closed);
    }
}
