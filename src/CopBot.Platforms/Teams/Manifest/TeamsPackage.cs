using System.IO.Compression;
using System.Reflection;
using System.Text;
using CopBot.Core.Chat;

namespace CopBot.Platforms.Teams.Manifest;

/// <summary>
/// The package that an administrator uploads (concepts/build-and-test/apps-package): the manifest, its Spanish and two icons in a zip. The icons are drawn in
/// <c>icons/*.svg</c>; the PNGs beside them are what Chromium makes of these at 192 and 32 pixels.
/// </summary>
public static class TeamsPackage
{
    /// <summary>The package itself.</summary>
    public const string Zip = "copbot.zip";

    // What is in it never depends on when it was packed; a zip knows no earlier day.
    private static readonly DateTimeOffset Packed = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>All files by name, the package last. The same app is the same bytes, whenever they are made.</summary>
    public static IReadOnlyList<KeyValuePair<string, byte[]>> Files(CommandCatalog catalog, TeamsApp app)
    {
        List<KeyValuePair<string, byte[]>> files =
        [
            .. TeamsManifest.Files(catalog, app).Select(file => KeyValuePair.Create(file.Key, Encoding.UTF8.GetBytes(file.Value))),
            .. ((string[])["color.png", "outline.png"]).Select(name => KeyValuePair.Create(name, Icon(name))),
        ];
        return [.. files, new(Zip, Pack(files))];
    }

    // Stored as they are: how well something is compressed differs from machine to machine.
    private static byte[] Pack(List<KeyValuePair<string, byte[]>> files)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
                entry.LastWriteTime = Packed;
                entry.ExternalAttributes = 0;
                using var stream = entry.Open();
                stream.Write(content);
            }
        }

        return packed.ToArray();
    }

    private static byte[] Icon(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("teams/" + name)!;
        using var read = new MemoryStream();
        stream.CopyTo(read);
        return read.ToArray();
    }
}
