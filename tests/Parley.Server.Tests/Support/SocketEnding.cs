using System.Net.Sockets;
using Parley.TestKit;

namespace Parley.Server.Tests.Support;

/// <summary>For sockets that a test uses by itself.</summary>
internal static class SocketEnding
{
    /// <summary>Reads until the server has closed, in whatever way.</summary>
    /// <returns>How many bytes came.</returns>
    public static async Task<int> ReceiveToEndAsync(this Socket socket)
    {
        var buffer = new byte[4096];
        var all = 0;
        try
        {
            while (await socket.ReceiveAsync(buffer).WithinSafetyAsync() is > 0 and var length)
            {
                all += length;
            }
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // There was something that it had not read.
        }

        return all;
    }
}
