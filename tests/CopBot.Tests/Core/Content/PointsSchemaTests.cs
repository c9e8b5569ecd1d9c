using System.Text.Json.Nodes;
using CopBot.Core.Content;
using Xunit;

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

        Assert.Empty(Schema.Problems(YamlJson.Of(PackFolder.DefaultPoints)));
    }

    [Theory]
    [MemberData(nameof(BrokenPoints.SeenByEditors), MemberType = typeof(BrokenPoints))]
    public void What_the_reader_refuses_an_editor_marks(string name) =>
        Assert.NotEmpty(Schema.Problems(YamlJson.Of(BrokenPoints.Named(name).Text)));
}
