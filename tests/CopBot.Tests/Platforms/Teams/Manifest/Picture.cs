using System.Buffers.Binary;
using System.IO.Compression;

namespace CopBot.Tests.Platforms.Teams.Manifest;

/// <summary>As much of PNG (www.w3.org/TR/png-3) as the icons use: 8 bits for each of red, green, blue and, where it has one, alpha; not interlaced.</summary>
internal sealed class Picture
{
    private readonly byte[] pixels;
    private readonly int channels;

    public Picture(byte[] png)
    {
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10], png[..8]);
        using var packed = new MemoryStream();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var kind = System.Text.Encoding.ASCII.GetString(png, at + 4, 4);
            var data = png.AsSpan(at + 8, length);
            if (kind == "IHDR")
            {
                (Width, Height) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]));
                Assert.Equal((8, 0), (data[8], data[12]));
                channels = data[9] switch { 2 => 3, 6 => 4, var type => throw new NotSupportedException($"colour type {type}") };
            }
            else if (kind == "IDAT")
            {
                packed.Write(data);
            }

            at += 12 + length;
        }

        packed.Position = 0;
        using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
        pixels = new byte[Width * Height * channels];
        var line = new byte[Width * channels];
        for (var row = 0; row < Height; row++)
        {
            var filter = unpacked.ReadByte();
            unpacked.ReadExactly(line);
            for (var at = 0; at < line.Length; at++)
                pixels[row * line.Length + at] = (byte)(line[at] + Predicted(filter, row, at, line.Length));
        }
    }

    public int Width { get; }

    public int Height { get; }

    public (byte Red, byte Green, byte Blue, byte Alpha) this[int x, int y]
    {
        get
        {
            var at = (y * Width + x) * channels;
            return (pixels[at], pixels[at + 1], pixels[at + 2], channels == 4 ? pixels[at + 3] : (byte)255);
        }
    }

    private int Predicted(int filter, int row, int at, int width)
    {
        int Before(int rows, int items) => row - rows < 0 || at - items < 0 ? 0 : pixels[(row - rows) * width + at - items];
        var (left, above, corner) = (Before(0, channels), Before(1, 0), Before(1, channels));
        return filter switch
        {
            0 => 0,
            1 => left,
            2 => above,
            3 => (left + above) / 2,
            4 => Paeth(left, above, corner),
            _ => throw new NotSupportedException($"filter {filter}"),
        };
    }

    private static int Paeth(int left, int above, int corner)
    {
        var guess = left + above - corner;
        var (a, b, c) = (Math.Abs(guess - left), Math.Abs(guess - above), Math.Abs(guess - corner));
        return a <= b && a <= c ? left : b <= c ? above : corner;
    }
}
