using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CopBot.Core.Chat;

/// <summary>What makes an address secret: whoever has it may read what lies there, and it is stored as a hash alone.</summary>
public static class SecretToken
{
    private const int Bytes = 32;

    // 32 bytes in Base64Url.
    private const int Letters = 43;

    /// <summary>256 random bits as text.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is stored and looked up: how long a lookup takes tells nothing about the token.</summary>
    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Whether it can be one; what cannot is not looked up.</summary>
    public static bool Fits(string text) => text.Length == Letters && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
