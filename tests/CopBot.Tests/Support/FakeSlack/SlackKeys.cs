using System.Security.Cryptography;
using System.Text;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>Secrets and signatures of Slack's shape.</summary>
public static class SlackKeys
{
    /// <summary>Random hexadecimal digits.</summary>
    public static string Secret(int bytes) => RandomNumberGenerator.GetHexString(bytes * 2, lowercase: true);

    /// <summary>The signature of a delivery: <c>v0=</c> and the HMAC-SHA256 of version, time and raw body.</summary>
    public static string Sign(string secret, long timestamp, byte[] body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"v0:{timestamp}:"), .. body];
        return "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }
}
