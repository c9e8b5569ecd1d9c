using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CopBot.Host.Dashboard;

/// <summary>
/// The cookie of a browser, and the seal of the forms that it was given. A seal is an HMAC under the cookie's secret, so only a page that was
/// sent to this very browser can carry it; nothing has to be kept for it, and it holds across restarts and processes.
/// </summary>
public sealed class Door(HttpContext http)
{
    private const int LongestSecret = 100;

    /// <summary>The secret of the session that the browser claims to have.</summary>
    public string? Session => Read("session");

    // Someone who has not come in yet is recognised by a secret of their own, for the seal of the first form.
    private string? Visit => Read("visit");

    /// <summary>The seal for the forms on the page being made.</summary>
    public string Seal(bool inside)
    {
        if (inside)
            return Of(Session!);
        if (Visit is { } known)
            return Of(known);

        var secret = WebSessions.NewSecret();
        Write("visit", secret, null);
        return Of(secret);
    }

    /// <summary>Whether a form carries the seal of this browser.</summary>
    public bool Fits(string? seal, bool inside) =>
        (inside ? Session : Visit) is { } secret && seal is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(secret)), Encoding.UTF8.GetBytes(seal));

    public void LetIn(string secret) => Write("session", secret, WebSessions.Idle.ToTimeSpan());

    public void LetOut() => http.Response.Cookies.Delete(Name("session"), Options(null));

    private static string Of(string secret) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), "copbot form"u8));

    private string? Read(string kind) =>
        http.Request.Cookies.TryGetValue(Name(kind), out var secret) && secret.Length is > 0 and <= LongestSecret ? secret : null;

    private void Write(string kind, string secret, TimeSpan? lasts) => http.Response.Cookies.Append(Name(kind), secret, Options(lasts));

    // Cookies do not know ports; two installations on one machine must not take each other's.
    private string Name(string kind) => string.Create(CultureInfo.InvariantCulture, $"copbot-{http.Connection.LocalPort}-{kind}");

    private CookieOptions Options(TimeSpan? lasts) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = http.Request.IsHttps,
        IsEssential = true,
        MaxAge = lasts,
        Path = "/",
    };
}
