using System.Net;
using System.Net.Sockets;

namespace CopBot.Tests.Support;

/// <summary>Ports for processes that have to know their address before they start.</summary>
public static class LoopbackPort
{
    private static readonly HashSet<int> given = [];

    /// <summary>
    /// A port on which nobody listens, never given twice. It lies below those from which the system takes the ends of outgoing connections (on Linux from 32768):
    /// one of those may be taken by any request of a test beside this one before the process listens.
    /// </summary>
    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(12_000, 32_000);
            lock (given)
            {
                if (!given.Add(port))
                    continue;
            }

            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody else's.
            }
        }
    }
}
