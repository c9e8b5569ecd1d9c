using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>Certificates made for the tests: of the server, and of a bot that proves itself with one.</summary>
public static class TeamsCertificate
{
    private static readonly Lazy<X509Certificate2> Made = new(() => Make("127.0.0.1"));

    /// <summary>The server's own, as PEM: who trusts it can ask for tokens over TLS (<c>NODE_EXTRA_CA_CERTS</c>, <c>SSL_CERT_FILE</c>).</summary>
    public static string Pem => Server.ExportCertificatePem();

    internal static X509Certificate2 Server => Made.Value;

    /// <summary>A certificate with its private key, which the bot may keep while only the public part is registered.</summary>
    public static X509Certificate2 Make(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.KeyEncipherment, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        // The tests' clocks stand anywhere; a certificate that is valid for ever needs none.
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(31), DateTimeOffset.UnixEpoch.AddYears(120));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }
}
