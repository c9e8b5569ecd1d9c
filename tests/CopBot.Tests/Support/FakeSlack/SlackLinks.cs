using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CopBot.Tests.Support.FakeSlack;

/// <summary>Tickets for sockets, and the sockets that are open.</summary>
internal sealed class SlackLinks(SlackServer server)
{
    private const int MostSockets = 10;
    private readonly Lock gate = new();
    private readonly Dictionary<string, bool> tickets = [];
    private readonly List<SlackSocket> open = [];
    private int made;

    public IReadOnlyList<SlackSocket> Open
    {
        get
        {
            lock (gate)
                return [.. open];
        }
    }

    /// <summary>An address that opens one socket, once.</summary>
    public string NewTicket()
    {
        var ticket = SlackKeys.Secret(16);
        lock (gate)
            tickets[ticket] = false;
        return $"ws://127.0.0.1:{server.ApiBase.Port}/link/?ticket={ticket}&app_id={server.AppId}";
    }

    /// <summary>One of the open connections, by chance; not one that was told to go.</summary>
    public SlackSocket? Any()
    {
        lock (gate)
        {
            var ready = open.Where(socket => !socket.Leaving).ToList();
            return ready.Count == 0 ? open.FirstOrDefault() : ready[Random.Shared.Next(ready.Count)];
        }
    }

    public async Task ServeAsync(HttpContext context)
    {
        if (server.Faults.Take("link") is not null)
        {
            context.Abort();
            return;
        }
        if (!context.WebSockets.IsWebSocketRequest || !Spend(context.Request.Query["ticket"].ToString()))
        {
            context.Response.StatusCode = 400;
            return;
        }
        var socket = new SlackSocket(server, context, await context.WebSockets.AcceptWebSocketAsync());
        int number;
        lock (gate)
        {
            open.Add(socket);
            (number, socket.Number) = (open.Count, ++made);
        }
        try
        {
            if (number > MostSockets)
                await socket.DisconnectAsync("too_many_websockets", TimeSpan.Zero);
            else
                await socket.RunAsync(Hello(number));
        }
        finally
        {
            lock (gate)
                open.Remove(socket);
            socket.Over();
        }
    }

    private JsonObject Hello(int number) => new()
    {
        ["type"] = "hello",
        ["num_connections"] = number,
        ["connection_info"] = new JsonObject { ["app_id"] = server.AppId },
        ["debug_info"] = new JsonObject { ["host"] = "applink-1", ["build_number"] = 1, ["approximate_connection_time"] = 18060 },
    };

    private bool Spend(string ticket)
    {
        lock (gate)
        {
            if (!tickets.TryGetValue(ticket, out var used) || used)
            {
                server.Note(used ? "a socket opened twice with one ticket" : "a socket opened without a ticket");
                return false;
            }
            return tickets[ticket] = true;
        }
    }
}
