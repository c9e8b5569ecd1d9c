using System.Globalization;
using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>What a card must hold to: the schema of Adaptive Cards 1.5, and what Teams asks beyond it.</summary>
public static class CardRules
{
    /// <summary>More than this many people are never refreshed by themselves.</summary>
    public const int MostRefreshed = 60;

    /// <summary>Everything that is wrong with a card.</summary>
    public static IEnumerable<string> Problems(JsonObject card, string at = "card", TeamsServer? server = null, TeamsConversation? where = null)
    {
        foreach (var problem in TeamsSpecs.CardProblems(card))
            yield return $"{at}: {problem}";
        if (TeamsCards.TypeOf(card) != "AdaptiveCard")
            yield return $"{at}: type is {card["type"]}";
        if (!decimal.TryParse(TeamsCards.Text(card, "version"), CultureInfo.InvariantCulture, out var version) || version > 1.5m)
            yield return $"{at}: version is {card["version"]}, and Teams shows 1.5 at the most";
        foreach (var problem in Actions(card).Concat(Inputs(card)).Concat(Refresh(card)))
            yield return $"{at}: {problem}";
        if (card["msteams"]?["entities"] is { } entities && entities is not JsonArray)
            yield return $"{at}: msteams.entities is no list";
        var mentions = (card["msteams"]?["entities"] as JsonArray ?? []).OfType<JsonObject>().Where(entity => (string?)entity["type"] == "mention");
        foreach (var problem in ActivityRules.MentionProblems(server, where, mentions, [.. Texts(card)], tagsAreLive: true))
            yield return $"{at}: {problem}";
    }

    /// <summary>Texts in which a mention is drawn.</summary>
    private static IEnumerable<string> Texts(JsonObject card) =>
        TeamsCards.Elements(card).Where(element => TeamsCards.TypeOf(element) == "TextBlock").Select(element => TeamsCards.Text(element, "text"))
            .Concat(TeamsCards.Elements(card).Where(element => TeamsCards.TypeOf(element) == "FactSet").SelectMany(set => (set["facts"] as JsonArray ?? []).OfType<JsonObject>()).Select(fact => TeamsCards.Text(fact, "value")));

    private static IEnumerable<string> Actions(JsonObject card)
    {
        var actions = TeamsCards.Actions(card).ToList();
        foreach (var id in actions.Select(action => TeamsCards.Text(action, "id")).Where(id => id.Length > 0).GroupBy(id => id).Where(group => group.Count() > 1))
            yield return $"two actions have the id {id.Key}";
        foreach (var action in actions)
            switch (TeamsCards.TypeOf(action))
            {
                case "Action.Execute" when TeamsCards.Text(action, "verb").Length == 0:
                    yield return $"Action.Execute “{TeamsCards.Text(action, "title")}” has no verb";
                    break;
                case "Action.OpenUrl" when !Uri.TryCreate(TeamsCards.Text(action, "url"), UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http" or "mailto"):
                    yield return $"Action.OpenUrl leads to “{TeamsCards.Text(action, "url")}”";
                    break;
                default:
                    break;
            }
        foreach (var bar in TeamsCards.Elements(card).Select(element => element["actions"]).OfType<JsonArray>().Where(bar => bar.Count > 6))
            yield return $"{bar.Count} actions in a row: Teams shows six";
    }

    private static IEnumerable<string> Inputs(JsonObject card)
    {
        var inputs = TeamsCards.Inputs(card).ToList();
        foreach (var id in inputs.GroupBy(input => TeamsCards.Text(input, "id")).Where(group => group.Key.Length == 0 || group.Count() > 1))
            yield return $"{id.Count()} inputs have the id “{id.Key}”";
        // Without it the client marks the field, and says nothing.
        foreach (var input in inputs.Where(input => input["isRequired"] is JsonValue required && required.TryGetValue<bool>(out var yes) && yes && TeamsCards.Text(input, "errorMessage").Length == 0))
            yield return $"the required input {TeamsCards.Text(input, "id")} has no errorMessage";
        foreach (var input in inputs.Where(input => TeamsCards.TypeOf(input) == "Input.ChoiceSet" && input["choices.data"] is null))
            if ((input["choices"] as JsonArray ?? []).OfType<JsonObject>().GroupBy(choice => TeamsCards.Text(choice, "value")).FirstOrDefault(group => group.Count() > 1) is { } twice)
                yield return $"the choice “{twice.Key}” of {TeamsCards.Text(input, "id")} is there twice";
    }

    private static IEnumerable<string> Refresh(JsonObject card)
    {
        if (card["refresh"] is not JsonObject refresh)
            yield break;
        if (refresh["action"] is not JsonObject action || TeamsCards.TypeOf(action) != "Action.Execute")
            yield return "refresh has no Action.Execute";
        if (refresh["userIds"] is JsonArray { Count: > MostRefreshed } many)
            yield return $"refresh names {many.Count} people, {MostRefreshed} are allowed";
    }
}
