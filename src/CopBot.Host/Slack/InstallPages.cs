using System.Net;
using System.Security.Cryptography;
using System.Text;
using CopBot.Platforms.Slack;

namespace CopBot.Host.Slack;

/// <summary>The pages around an installation: plain HTML without a script, complete in themselves.</summary>
public static class InstallPages
{
    private const string Style =
        """
        :root{color-scheme:light dark}
        body{font:1.05rem/1.55 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}
        h1{line-height:1.2}
        li{margin:.35rem 0}
        code{font-size:.95em}
        button{font:inherit;font-weight:600;padding:.7rem 1.4rem;border:0;border-radius:.4rem;background:#1f3a5f;color:#fff;cursor:pointer}
        button:focus-visible,a:focus-visible{outline:3px solid #d97706;outline-offset:2px}
        .hint{opacity:.8;font-size:.95em}
        """;

    /// <summary>What the style sheet is proven by in the policy of the page.</summary>
    public static string StyleHash { get; } = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    /// <summary>What the app will be allowed to do, and the one button.</summary>
    public static string Begin() => Page("Install CopBot in your Slack workspace",
        $"""
        <p>CopBot runs the Reliability League: log what you learn, thank each other, and see your community move.</p>
        <p>Slack will ask you to choose your workspace and to allow this, and nothing else:</p>
        <ul>
        {string.Join('\n', SlackScopes.All.Select(scope => $"<li>{Encode(scope.Reason)} <span class=\"hint\">(<code>{Encode(scope.Name)}</code>)</span></li>"))}
        </ul>
        <form method="post"><button>Install in Slack</button></form>
        <p class="hint">Nothing happens before you agree on Slack's page. Whoever may manage apps in the workspace can take it out again at any time; its token is deleted then.</p>
        """);

    /// <summary>It is done, and what comes next.</summary>
    /// <param name="missing">What was asked for and not granted.</param>
    public static string Done(string workspace, IReadOnlyList<SlackScope> missing) => Page($"CopBot is installed in {workspace}",
        $"""
        <p>Two steps are left, both in Slack:</p>
        <ol>
        <li>In the channel where your community meets, type <code>/invite @CopBot</code>.</li>
        <li>Type <code>/cop help</code> anywhere to see what it can do, or <code>/cop share</code> to log the first thing.</li>
        </ol>
        {(missing.Count == 0 ? "" : $"<p>Slack did not grant everything that was asked for. Until the app is installed again with it:</p><ul>{string.Concat(missing.Select(scope => $"<li>{Encode(scope.Without)} (<code>{Encode(scope.Name)}</code>)</li>"))}</ul>")}
        <p class="hint">You can close this page.</p>
        """);

    /// <summary>Why it did not work, and the way on.</summary>
    public static string Problem(string sentence) => Page("That did not work",
        $"""
        <p role="alert">{Encode(sentence)}</p>
        <p><a href="install">Begin once more</a></p>
        """);

    private static string Page(string title, string content) =>
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>{Encode(title)}</title>
        <style>{Style}</style>
        </head>
        <body>
        <main>
        <h1>{Encode(title)}</h1>
        {content}
        </main>
        </body>
        </html>

        """;

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
