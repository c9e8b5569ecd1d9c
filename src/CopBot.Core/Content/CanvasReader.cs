namespace CopBot.Core.Content;

/// <summary>Reads <c>canvas.yaml</c>.</summary>
internal sealed class CanvasReader(PackProblems problems)
{
    private static readonly string[] Kinds = ["share", "experiment", "mob", "win", "failure", "outcome", "used"];

    public CanvasDraft Read(YamlNode document)
    {
        var file = new YamlMap("the file", 1, document, problems, ["questions", "drift"]);
        var questions = file.Map("questions", CanvasQuestion.Names);
        var rules = file.Has("drift") ? file.Items("drift", "a list such as `- { question: values, words: [mob], kind: mob, at-least: 10, says: mob sessions }`") : [];
        return new([.. CanvasQuestion.Names.Select(name => Question(name, questions))], [.. rules.Select(Rule)]);
    }

    private static CanvasQuestion Question(string name, YamlMap questions)
    {
        var map = questions.Map(name, ["asks", "draft"]);
        return new(name, map.Text("asks"), map.Text("draft"));
    }

    private DriftRule Rule(YamlNode node)
    {
        var map = new YamlMap("this rule", node.Line, node, problems, ["question", "words", "kind", "at-least", "says"]);
        return new(
            map.OneOf("question", CanvasQuestion.Names) ?? "",
            [.. map.Words("words", "name the words that it is about").Select(word => word.Text)],
            map.OneOf("kind", Kinds) ?? "",
            map.Whole("at-least", 1, 100),
            map.Text("says"));
    }
}
