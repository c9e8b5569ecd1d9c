using System.Text.Encodings.Web;
using System.Text.Json;
using CopBot.Core.Chat;

namespace CopBot.Platforms.Discord.Commands;

/// <summary>The commands as a file: what CopBot registers with Discord when it starts, to be read and compared.</summary>
public sealed class DiscordManifest(CommandCatalog catalog)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The files by name.</summary>
    public IReadOnlyDictionary<string, string> Files => new Dictionary<string, string>
    {
        ["commands.json"] = DiscordCommands.Of(catalog).ToJsonString(Format).ReplaceLineEndings("\n") + "\n",
    };
}
