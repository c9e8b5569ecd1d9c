using System.Security.Cryptography;
using System.Text;

namespace CopBot.Platforms.Slack.Workspaces;

/// <summary>
/// Seals tokens for the database with AES-256-GCM; the key comes from the app's client secret by HKDF-SHA256. A seal names the row it is in and what it
/// is, so that one that is moved elsewhere does not open. 29 bytes longer than the token.
/// </summary>
public sealed class TokenSeal
{
    private const byte Version = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int KeySize = 32;

    private readonly byte[] key;

    public TokenSeal(string clientSecret)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(clientSecret);
        key = KeyFor(clientSecret, "copbot slack tokens 1");
    }

    /// <summary>A key for one purpose alone.</summary>
    public static byte[] KeyFor(string clientSecret, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(clientSecret), KeySize, info: Encoding.UTF8.GetBytes(purpose));

    /// <summary>Seals a token.</summary>
    /// <param name="kind">What it is, such as <c>bot</c>.</param>
    public byte[] Close(string token, string kind, string enterprise, string team)
    {
        var plain = Encoding.UTF8.GetBytes(token);
        var closed = new byte[1 + NonceSize + TagSize + plain.Length];
        closed[0] = Version;
        RandomNumberGenerator.Fill(NonceOf(closed));
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(NonceOf(closed), plain, CipherOf(closed), TagOf(closed), Belongs(kind, enterprise, team));
        CryptographicOperations.ZeroMemory(plain);
        return closed;
    }

    /// <summary>The token; null where it was sealed with another secret, for another row, or is damaged.</summary>
    public string? Open(byte[] closed, string kind, string enterprise, string team)
    {
        if (closed.Length <= 1 + NonceSize + TagSize || closed[0] != Version)
            return null;

        var plain = new byte[closed.Length - 1 - NonceSize - TagSize];
        try
        {
            using var aes = new AesGcm(key, TagSize);
            aes.Decrypt(NonceOf(closed), CipherOf(closed), TagOf(closed), plain, Belongs(kind, enterprise, team));
            return Encoding.UTF8.GetString(plain);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    // What stands in nothing that Slack calls its ids lies between the parts.
    private static byte[] Belongs(string kind, string enterprise, string team) => Encoding.UTF8.GetBytes($"{kind}\n{enterprise}\n{team}");

    private static Span<byte> NonceOf(byte[] closed) => closed.AsSpan(1, NonceSize);

    private static Span<byte> TagOf(byte[] closed) => closed.AsSpan(1 + NonceSize, TagSize);

    private static Span<byte> CipherOf(byte[] closed) => closed.AsSpan(1 + NonceSize + TagSize);
}
