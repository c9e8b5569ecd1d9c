namespace CopBot.Host.Slack;

/// <summary>Where people reach the pages of this installation, as CopBot__PublicUrl or CopBot__Url says: a proxy may stand before it.</summary>
public sealed class InstallAddress(Uri outside)
{
    private bool IsSecure => outside.Scheme == Uri.UriSchemeHttps;

    /// <summary>As browsers name it.</summary>
    public string Origin { get; } = outside.GetLeftPart(UriPartial.Authority);

    /// <summary>The name of the cookie; with the prefix browsers take it from nobody else under this name, which they do over https alone.</summary>
    public string Cookie => IsSecure ? "__Host-copbot-install" : "copbot-install";

    /// <summary>The full address of a path.</summary>
    public Uri Of(string path) => new(outside.AbsoluteUri.TrimEnd('/') + path);

    public CookieOptions CookieOptions(TimeSpan? lasts) => new() { HttpOnly = true, Secure = IsSecure, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = lasts, IsEssential = true };
}
