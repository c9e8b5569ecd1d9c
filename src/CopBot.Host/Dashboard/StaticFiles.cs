using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;

namespace CopBot.Host.Dashboard;

/// <summary>The style sheet, the script and the icon, from inside the assembly. Their address changes with their content, so browsers keep them for good.</summary>
public static class StaticFiles
{
    private static readonly FrozenDictionary<string, (byte[] Content, string Version, string MediaType)> Files =
        new[] { ("chat.css", "text/css"), ("report.css", "text/css"), ("chat.js", "text/javascript"), ("icon.svg", "image/svg+xml") }
            .ToFrozenDictionary(file => file.Item1, file => Load(file.Item1, file.Item2));

    /// <summary>The address of a file with its version.</summary>
    public static string Address(string name) => $"/assets/{name}?v={Files[name].Version}";

    public static IResult Serve(string name, HttpContext http)
    {
        if (!Files.TryGetValue(name, out var file))
            return Results.NotFound();

        http.Response.Headers.CacheControl = http.Request.Query["v"] == file.Version ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Bytes(file.Content, file.MediaType + "; charset=utf-8", entityTag: new($"\"{file.Version}\""));
    }

    private static (byte[] Content, string Version, string MediaType) Load(string name, string mediaType)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("assets/" + name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return (content, Convert.ToHexStringLower(SHA256.HashData(content))[..12], mediaType);
    }
}
