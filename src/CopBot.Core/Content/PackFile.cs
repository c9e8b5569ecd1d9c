using System.Text;

namespace CopBot.Core.Content;

/// <summary>Reads one file of a pack as YAML.</summary>
internal sealed class PackFile(string folder, string file, PackProblems problems)
{
    private const int MaxKilobytes = 100;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The file as a tree, or null where a problem says why there is none.</summary>
    public YamlNode? Read()
    {
        if (Bytes() is not { } bytes || Text(bytes) is not { } text)
            return null;
        try
        {
            return YamlTree.Parse(Shown(text));
        }
        catch (NotYaml broken)
        {
            problems.Add(broken.Line, $"{broken.Message}. The rest of the file is checked once this is mended");
            return null;
        }
    }

    private byte[]? Bytes()
    {
        var path = Path.Combine(folder, file);
        try
        {
            if (File.Exists(folder))
                problems.Add(1, $"{folder} is a file; name the folder that it stands in");
            else if (!Directory.Exists(folder))
                problems.Add(1, $"the folder {folder} does not exist; name a folder with {file} in it");
            else if (!File.Exists(path))
                problems.Add(1, $"the file is not in {folder}; {(Lookalike() is { } other ? $"rename {other}" : "copy it from content/default")}");
            else if (new FileInfo(path).Length > MaxKilobytes * 1024)
                problems.Add(1, $"the file is larger than {MaxKilobytes} KB; that cannot be what was meant");
            else
                return File.ReadAllBytes(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            problems.Add(1, $"the file cannot be read ({unreadable.Message}); see that this account may read it");
        }

        return null;
    }

    private string? Lookalike() => Directory.EnumerateFiles(folder)
        .Select(path => Path.GetFileName(path))
        .FirstOrDefault(name => Path.ChangeExtension(name, ".yaml").Equals(file, StringComparison.OrdinalIgnoreCase));

    private string? Text(byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes).TrimStart('\ufeff').Replace("\r\n", "\n", StringComparison.Ordinal);
        }
        catch (DecoderFallbackException broken)
        {
            problems.Add(bytes.AsSpan(0, broken.Index).Count((byte)'\n') + 1, "the file is not written in UTF-8; save it as UTF-8");
            return null;
        }
    }

    /// <summary>The text with spaces for what nobody can see; the library would take some of it for the end of a line or of the file.</summary>
    private string Shown(string text)
    {
        var shown = new StringBuilder(text);
        var line = 1;
        var told = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
            {
                line++;
            }
            else if (text[i] != '\t' && HiddenCharacters.IsHidden(text[i]))
            {
                if (told < line)
                    problems.Add(line, $"contains {HiddenCharacters.Name(text[i])}; take it out");
                told = line;
                shown[i] = ' ';
            }
        }

        return shown.ToString();
    }
}
