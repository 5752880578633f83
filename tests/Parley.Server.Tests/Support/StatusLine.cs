using System.Net.Sockets;
using System.Text;
using Parley.TestKit;

namespace Parley.Server.Tests.Support;

/// <summary>Asks an HTTP listener in the very bytes that a test gives, which no client of the framework's would send.</summary>
internal static class StatusLine
{
    /// <summary>The status that a request is answered with; empty if the connection ends without an answer.</summary>
    public static async Task<string> OfAsync(RealServer server, string request)
    {
        using var client = await ConnectAsync(server);
        return await OfAsync(client, request);
    }

    public static async Task<string> OfAsync(TcpClient client, string request)
    {
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        return await OfAsync(client);
    }

    public static async Task<string> OfAsync(TcpClient client)
    {
        var answer = await ReadAsync(client, upTo: "\r\n");
        return answer.Split(' ') is [_, var status, ..] ? status : "";
    }

    /// <summary>What comes, up to and with some text or the end.</summary>
    public static async Task<string> ReadAsync(TcpClient client, string upTo)
    {
        var answer = new StringBuilder();
        var bytes = new byte[1];
        try
        {
            while (!answer.ToString().EndsWith(upTo, StringComparison.Ordinal)
                && await client.GetStream().ReadAsync(bytes, TestContext.Current.CancellationToken).AsTask().WithinSafetyAsync() > 0)
            {
                answer.Append((char)bytes[0]);
            }
        }
        catch (IOException)
        {
            // It was cut off.
        }

        return answer.ToString();
    }

    public static async Task<TcpClient> ConnectAsync(RealServer server)
    {
        var client = new TcpClient();
        await client.ConnectAsync((System.Net.IPEndPoint)server.AddressOf("http"), TestContext.Current.CancellationToken);
        return client;
    }
}
