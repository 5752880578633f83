using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Parley.EndToEnd.Tests.Support;

/// <summary>A web server that takes one request and says 204: as little HTTP as that takes.</summary>
internal sealed class HookOwner : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public HookOwner() => _listener.Start();

    public string Url => $"http://{_listener.LocalEndpoint}/hook";

    /// <summary>Takes the next request: its headers by name in small letters, and its body.</summary>
    public async Task<(IReadOnlyDictionary<string, string> Headers, string Body)> TakeAsync()
    {
        using TcpClient client = await _listener.AcceptTcpClientAsync();
        using StreamReader reader = new(client.GetStream(), Encoding.Latin1);
        Dictionary<string, string> headers = [];
        await reader.ReadLineAsync();
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            string[] header = line.Split(": ", 2);
            headers[header[0].ToLowerInvariant()] = header[1];
        }

        char[] body = new char[int.Parse(headers["content-length"])];
        await reader.ReadBlockAsync(body);
        await client.GetStream().WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray());
        return (headers, Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(body)));
    }

    public void Dispose() => _listener.Dispose();
}
