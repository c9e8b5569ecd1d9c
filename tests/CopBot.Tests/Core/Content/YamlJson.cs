using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CopBot.Tests.Core.Content;

/// <summary>Turns YAML into JSON, to hold it against a schema.</summary>
internal static class YamlJson
{
    /// <summary>A text of YAML as an editor sees it.</summary>
    public static JsonNode? Of(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return Of(stream.Documents[0].RootNode);
    }

    private static JsonNode? Of(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(entry => KeyValuePair.Create(((YamlScalarNode)entry.Key).Value!, Of(entry.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Of)]),
        YamlScalarNode { Style: not ScalarStyle.Plain, Value: var text } => text,
        YamlScalarNode { Value: null or "" or "~" or "null" } => null,
        YamlScalarNode { Value: "true" or "false" } scalar => scalar.Value == "true",
        YamlScalarNode scalar => decimal.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : scalar.Value,
        _ => throw new InvalidOperationException($"no JSON for {node.GetType().Name}"),
    };
}
