using System.Text;
using System.Text.Json.Nodes;

namespace CopBot.PlatformTests.Teams;

/// <summary>An activity, spoilt.</summary>
internal static class TeamsMutations
{
    private static readonly string[] Types = ["application/json", "application/json; charset=utf-8", "text/html", "text/plain", "application/octet-stream", "image/png"];

    private static readonly Func<JsonNode?>[] Values =
    [
        () => null, () => true, () => 0, () => -1.5e300, () => long.MaxValue, () => "", () => " ", () => "\0", () => "\u0001\u0007\u001b[31m", () => "\u202e\u2066\ufeff", () => "me", () => "🂡é\u0301", () => new JsonObject(), () => new JsonArray(),
        () => new JsonArray(new JsonArray(new JsonObject { ["x"] = null }, 1, "x", null)), () => new JsonObject { ["id"] = new JsonObject { ["id"] = 7 } }, () => new string('x', 100_000), () => string.Concat(Enumerable.Repeat("<at>", 5000)), () => "<at>" + new string('a', 300) + "</at>",
        () => "19:" + new string('0', 40) + "@thread.tacv2;messageid=;messageid=", () => "9999-12-31T23:59:59.9999999Z", () => "0001-01-01T00:00:00+14:00", () => "https://evil.example/", () => "../../../etc/passwd", () => "'; drop table people; --", () => Nested(40, array: false), () => Nested(40, array: true),
    ];

    /// <summary>What was done, the body, and what it calls itself.</summary>
    public static (string What, byte[] Body, string Type) Of(JsonObject source, Random random)
    {
        var activity = source.DeepClone().AsObject();
        switch (random.Next(12))
        {
            case 0:
                return ("cut", Cut(activity, random), Types[0]);
            case 1:
                return ("no JSON", NoJson(random), Types[random.Next(Types.Length)]);
            case 2:
                return ("bytes changed", Changed(activity, random), Types[0]);
            case 3:
                return ("half a surrogate", Encoding.UTF8.GetBytes(HalfASurrogate(activity, random)), Types[0]);
            case 4:
                return ("nested", Encoding.UTF8.GetBytes(With(activity, Field(activity, random), random.Next(2) == 0 ? Deep("{\"a\":", "}") : Deep("[", "]"))), Types[0]);
            case 5 when random.Next(10) == 0:
                activity["text"] = new string('x', random.Next(400_000, 700_000));
                return ("long", Encoding.UTF8.GetBytes(activity.ToJsonString()), Types[0]);
            case 6:
                return ("twice", Encoding.UTF8.GetBytes(activity.ToJsonString().Insert(1, "\"type\":\"message\",\"text\":\"me\",")), Types[0]);
            default:
                // Some of each at once: a field gone, another of another kind.
                for (var times = random.Next(1, 4); times > 0; times--)
                    Spoil(activity, random);
                return ("field", Encoding.UTF8.GetBytes(activity.ToJsonString()), Types[random.Next(10) == 0 ? random.Next(Types.Length) : 0]);
        }
    }

    private static void Spoil(JsonObject activity, Random random)
    {
        var all = Objects(activity).Where(one => one.Count > 0).ToList();
        var one = all[random.Next(all.Count)];
        var name = one.ElementAt(random.Next(one.Count)).Key;

        // Without its address it is only refused.
        if (one == activity && name == "serviceUrl" && random.Next(5) > 0)
            name = "text";
        if (random.Next(3) == 0)
            one.Remove(name);
        else
            one[name] = Values[random.Next(Values.Length)]();
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject one => one.SelectMany(member => Objects(member.Value)).Prepend(one),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };

    private static string Field(JsonObject activity, Random random) => activity.ElementAt(random.Next(activity.Count)).Key;

    // As text, for no node may be so deep.
    private static string With(JsonObject activity, string name, string raw)
    {
        activity[name] = "@@";
        return activity.ToJsonString().Replace("\"@@\"", raw, StringComparison.Ordinal);
    }

    private static string Deep(string open, string close) => string.Concat(Enumerable.Repeat(open, 500)) + "1" + string.Concat(Enumerable.Repeat(close, 500));

    private static JsonNode Nested(int depth, bool array)
    {
        JsonNode inner = JsonValue.Create(1);
        for (var level = 0; level < depth; level++)
            inner = array ? new JsonArray(inner) : new JsonObject { ["a"] = inner };
        return inner;
    }

    private static string HalfASurrogate(JsonObject activity, Random random)
    {
        var half = (string[])["\"\\ud800\"", "\"me \\udfff\"", "\"\\ud83d x\"", "{\"id\":\"29:\\ud800\",\"name\":\"\\udc00\",\"aadObjectId\":\"\\ud800\"}", "{\"\\ud800\":1}", "[\"\\ud800\"]", "[{\"type\":\"mention\",\"text\":\"\\ud800\",\"mentioned\":{\"id\":\"\\ud800\"}}]"];
        var all = Objects(activity).Where(one => one.Count > 0).ToList();
        var one = random.Next(3) == 0 ? activity : all[random.Next(all.Count)];
        one[Field(one, random)] = "@@";
        return activity.ToJsonString().Replace("\"@@\"", half[random.Next(half.Length)], StringComparison.Ordinal);
    }

    private static byte[] Cut(JsonObject activity, Random random)
    {
        var whole = Encoding.UTF8.GetBytes(activity.ToJsonString());
        return whole[..random.Next(whole.Length)];
    }

    private static byte[] Changed(JsonObject activity, Random random)
    {
        var whole = Encoding.UTF8.GetBytes(activity.ToJsonString());
        for (var times = random.Next(1, 6); times > 0; times--)
            whole[random.Next(whole.Length)] = (byte)random.Next(256);
        return whole;
    }

    private static byte[] NoJson(Random random)
    {
        string[] texts = ["", "null", "[]", "7", "\"text\"", "true", "{", "}", "<html></html>", "type=message&text=me", "{\"type\":}", "{'type':'message'}", "\ufeff{}", "{}{}", new string('[', 100_000), new string(' ', 50_000), "NaN", "{\"a\":01}"];
        var which = random.Next(texts.Length + 1);
        if (which < texts.Length)
            return Encoding.UTF8.GetBytes(texts[which]);
        var bytes = new byte[random.Next(1, 2000)];
        random.NextBytes(bytes);
        return bytes;
    }
}
