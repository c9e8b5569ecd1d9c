using System.Text.Json;
using System.Text.Json.Serialization;

namespace CopBot.Core.Chat;

/// <summary>What the bot says: one sentence that reads well as a notification, and a card when there is more.</summary>
public sealed record Message(RichText Summary, Card? Card = null)
{
    public static implicit operator Message(RichText summary) => new(summary);

    public static implicit operator Message(string summary) => new(summary);

    public string ToJson() => JsonSerializer.Serialize(this, MessageJson.Default.Message);

    public static Message FromJson(string json) => JsonSerializer.Deserialize(json, MessageJson.Default.Message)!;
}

/// <summary>Blocks below the summary, in order.</summary>
public sealed record Card(IReadOnlyList<Block> Blocks)
{
    public static Card Of(params IEnumerable<Block?> blocks) => new([.. blocks.OfType<Block>()]);
}

// Messages wait in the outbox as this JSON; names are not in it, they are looked up at delivery.
[JsonSerializable(typeof(Message))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, RespectRequiredConstructorParameters = false)]
internal sealed partial class MessageJson : JsonSerializerContext;
