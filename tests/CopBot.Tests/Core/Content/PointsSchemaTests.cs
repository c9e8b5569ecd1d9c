using System.Globalization;
using System.Text.Json.Nodes;
using CopBot.Core.Content;
using Xunit;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CopBot.Tests.Core.Content;

/// <summary>The schema that editors complete by says the same as the reader.</summary>
public sealed class PointsSchemaTests
{
    private static readonly string SchemaFile = Path.GetFullPath(Path.Combine(PackReader.DefaultFolder, "../schema/points.schema.json"));

    private static readonly JsonSchemaCheck Schema = new(JsonNode.Parse(File.ReadAllText(SchemaFile))!.AsObject());

    [Fact]
    public void The_default_policy_fits_the_schema_that_it_names()
    {
        Assert.StartsWith("# yaml-language-server: $schema=../schema/points.schema.json\n", PackFolder.DefaultPoints, StringComparison.Ordinal);

        Assert.Empty(Schema.Problems(Json(PackFolder.DefaultPoints)));
    }

    [Theory]
    [MemberData(nameof(BrokenPoints.SeenByEditors), MemberType = typeof(BrokenPoints))]
    public void What_the_reader_refuses_an_editor_marks(string name) =>
        Assert.NotEmpty(Schema.Problems(Json(BrokenPoints.Named(name).Text)));

    private static JsonNode? Json(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return Json(stream.Documents[0].RootNode);
    }

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(entry => KeyValuePair.Create(((YamlScalarNode)entry.Key).Value!, Json(entry.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
        YamlScalarNode { Style: not ScalarStyle.Plain, Value: var text } => text,
        YamlScalarNode { Value: null or "" or "~" or "null" } => null,
        YamlScalarNode { Value: "true" or "false" } scalar => scalar.Value == "true",
        YamlScalarNode scalar => decimal.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : scalar.Value,
        _ => throw new InvalidOperationException($"no JSON for {node.GetType().Name}"),
    };
}
