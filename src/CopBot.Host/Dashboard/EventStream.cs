using System.Globalization;
using System.Text;
using CopBot.Platforms.WebChat;

namespace CopBot.Host.Dashboard;

/// <summary>
/// Server-sent events for one open page: each new line once, in order, under its row's id, and the board when it changed. A browser that comes
/// back names the last id it saw, so nothing is lost or doubled in between. The stream ends with the session, the page or the process.
/// </summary>
public sealed class EventStream(ChatReader reader, PageRenderer renderer, LiveSignal live, IHostApplicationLifetime process, TimeProvider time)
{
    // Other processes on the same database cannot wake this one.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan HeartBeat = TimeSpan.FromSeconds(15);

    public async Task RunAsync(HttpContext http, Door door, long after)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, process.ApplicationStopping);
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        try
        {
            await http.Response.WriteAsync("retry: 2000\n\n", stop.Token);
            await TellAsync(http.Response, door, after, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The page was closed or the process stops; the browser comes back by itself.
        }
    }

    private async Task TellAsync(HttpResponse response, Door door, long after, CancellationToken ct)
    {
        var (secret, seal) = (door.Session!, door.Seal(inside: true));
        string? shownBoard = null;
        var last = time.GetTimestamp();
        while (true)
        {
            var next = live.Next;
            var news = await reader.NewsAsync(secret, after, ct);
            if (news is null)
            {
                await WriteAsync(response, "ended", null, "over", ct);
                return;
            }

            var said = news.Lines.Count > 0;
            if (said)
            {
                after = news.Lines[^1].Id;
                await WriteAsync(response, "lines", after, await renderer.LinesAsync(news, seal, reader.NewEvent()), ct);
            }

            var board = await renderer.BoardAsync(news.Board);
            if (board != shownBoard)
            {
                await WriteAsync(response, "board", null, shownBoard = board, ct);
                said = true;
            }

            if (said || time.GetElapsedTime(last) >= HeartBeat)
            {
                if (!said)
                    await response.WriteAsync(": still here\n\n", ct);
                await response.Body.FlushAsync(ct);
                last = time.GetTimestamp();
            }

            await Task.WhenAny(next, Task.Delay(LookAgain, time, ct));
            ct.ThrowIfCancellationRequested();
        }
    }

    private static Task WriteAsync(HttpResponse response, string kind, long? id, string html, CancellationToken ct)
    {
        var text = new StringBuilder();
        if (id is { } row)
            text.Append(CultureInfo.InvariantCulture, $"id: {row}\n");
        text.Append("event: ").Append(kind).Append('\n');
        foreach (var line in html.ReplaceLineEndings("\n").Split('\n'))
            text.Append("data: ").Append(line).Append('\n');
        return response.WriteAsync(text.Append('\n').ToString(), ct);
    }
}
