using System.Net;
using System.Net.Sockets;
using System.Text;
using Parley.TestKit;

namespace Parley.Net.Tests.Support;

/// <summary>A client that says bytes and hears lines.</summary>
internal sealed class LineConversation : IDisposable
{
    private readonly StreamReader _reader;

    private LineConversation(TcpClient client)
    {
        Client = client;
        _reader = new StreamReader(client.GetStream(), Encoding.Latin1);
    }

    public TcpClient Client { get; }

    public int LocalPort => ((IPEndPoint)Client.Client.LocalEndPoint!).Port;

    public static async Task<LineConversation> StartAsync(IPEndPoint server)
    {
        var client = new TcpClient();
        await client.ConnectAsync(server, TestContext.Current.CancellationToken);
        return new LineConversation(client);
    }

    public async Task SayAsync(string text) =>
        await Client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);

    public void EndInput() => Client.Client.Shutdown(SocketShutdown.Send);

    public Task<string?> HearAsync() => _reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WithinSafetyAsync();

    public Task<string> HearToEndAsync() => _reader.ReadToEndAsync(TestContext.Current.CancellationToken).WithinSafetyAsync();

    public void Dispose()
    {
        _reader.Dispose();
        Client.Dispose();
    }
}
