using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>What the bot may answer over HTTP: nothing to an activity, and to an invoke what its name asks for.</summary>
internal static class AnswerRules
{
    private static readonly string[] Types =
    [
        TeamsCards.ContentType, "application/vnd.microsoft.activity.message", "application/vnd.microsoft.error", "application/vnd.microsoft.activity.loginRequest", "application/vnd.microsoft.error.preconditionFailed",
    ];

    public static IEnumerable<string> Problems(TeamsDelivery delivery, TeamsAnswer answer)
    {
        if (answer.Status == 0)
            return [$"none in time: {answer.Text}"];
        if (!answer.IsGood)
            return [$"status {answer.Status} {answer.Text}"];
        if (delivery.Type != "invoke")
            return answer.Text.Length > 0 && answer.Text != "{}" ? [$"a body where none is read: {answer.Text}"] : [];
        if (answer.Status != 200)
            return [$"status {answer.Status} to an invoke"];
        if (answer.Text.Length > 0 && answer.Body is null)
            return [$"no JSON: {answer.Text}"];
        return delivery.Name switch
        {
            "adaptiveCard/action" => answer.Body is { } body ? CardAction(body) : ["no body: the client says that something went wrong"],
            "task/fetch" => answer.Body?["task"] is JsonObject task ? Task(task) : ["no task to show"],
            "task/submit" => answer.Body is null or { Count: 0 } ? [] : answer.Body["task"] is JsonObject task ? Task(task) : ["neither a task nor nothing"],
            "composeExtension/fetchTask" => answer.Body?["task"] is JsonObject task ? Task(task) : answer.Body?["composeExtension"] is JsonObject result ? Result(result) : ["no task to show"],
            "composeExtension/submitAction" => answer.Body is null or { Count: 0 } ? [] : answer.Body["task"] is JsonObject task ? Task(task) : answer.Body["composeExtension"] is JsonObject result ? Result(result) : ["neither a task nor a result nor nothing"],
            "config/fetch" or "config/submit" => answer.Body is { } body ? Config(body) : [],
            _ => [],
        };
    }

    /// <summary>A task to show: a dialog, or a sentence.</summary>
    private static IEnumerable<string> Task(JsonObject task)
    {
        switch ((string?)task["type"])
        {
            case "message":
                return task["value"] is JsonValue text && text.TryGetValue<string>(out _) ? Unknown(task, "type", "value") : ["a message without a text"];
            case "continue" when task["value"] is JsonObject value:
                return [.. Unknown(task, "type", "value"), .. Dialog(value)];
            default:
                return [$"a task of the type {task["type"]}"];
        }
    }

    private static IEnumerable<string> Dialog(JsonObject value)
    {
        foreach (var problem in Unknown(value, "title", "height", "width", "card", "url", "fallbackUrl", "completionBotId"))
            yield return problem;
        foreach (var side in (string[])["height", "width"])
            if (value[side] is { } size && !(size is JsonValue number && (number.TryGetValue<double>(out _) || (number.TryGetValue<string>(out var name) && name is "small" or "medium" or "large"))))
                yield return $"{side} is {size.ToJsonString()}";
        if (value["card"] is null == value["url"] is null)
            yield return "a dialog has a card or a url";
        if (value["card"] is JsonObject attachment)
            foreach (var problem in Card(attachment, "card"))
                yield return problem;
    }

    private static IEnumerable<string> Result(JsonObject result) => (string?)result["type"] switch
    {
        "result" => (string?)result["attachmentLayout"] is not ("list" or "grid") ? ["no attachmentLayout"] : (result["attachments"] as JsonArray ?? []).OfType<JsonObject>().SelectMany((attachment, index) => Card(attachment, $"attachments[{index}]")),
        "message" when result["text"] is JsonValue => [],
        "botMessagePreview" when result["activityPreview"] is JsonObject => [],
        "auth" or "config" or "silentAuth" => [],
        var other => [$"a result of the type {other}"],
    };

    private static IEnumerable<string> Config(JsonObject body) =>
        (string?)body["responseType"] != "config" ? ["responseType is not config"] : body["config"] is not JsonObject config ? ["no config"] : (string?)config["type"] == "auth" ? [] : Task(config);

    private static IEnumerable<string> CardAction(JsonObject body)
    {
        if (body["statusCode"] is not JsonValue code || !code.TryGetValue<int>(out var status))
            return ["no statusCode"];
        return (string?)body["type"] switch
        {
            TeamsCards.ContentType when body["value"] is JsonObject card => status == 200 ? CardRules.Problems(card, "value") : [$"statusCode {status} with a card"],
            "application/vnd.microsoft.activity.message" => body["value"] is JsonValue text && text.TryGetValue<string>(out _) ? Unknown(body, "statusCode", "type", "value") : ["a message without a text"],
            "application/vnd.microsoft.error" => status >= 400 && body["value"]?["code"] is not null && body["value"]?["message"] is not null ? [] : ["an error without code and message"],
            var type when Types.Contains(type) => [],
            var type => [$"the type {type}"],
        };
    }

    private static IEnumerable<string> Card(JsonObject attachment, string where) =>
        (string?)attachment["contentType"] != TeamsCards.ContentType ? [] : attachment["content"] is JsonObject card ? CardRules.Problems(card, where) : [$"{where}: no content"];

    private static IEnumerable<string> Unknown(JsonObject thing, params string[] known) => thing.Select(member => member.Key).Except(known).Select(name => $"{name} is not known");
}
