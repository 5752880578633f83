using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>More clients than descriptors end neither side of <c>parley echo</c>: who finds no room waits, and is told.</summary>
public sealed class EchoExhaustionTests
{
    private const int Descriptors = 300;

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_with_more_clients_than_descriptors_goes_on_with_whom_it_has()
    {
        await using ChildProcess server = StartFewDescriptors("serve", "127.0.0.1:0");
        int port = int.Parse((await server.Output.NextAsync())!.Split(':')[^1], CultureInfo.InvariantCulture);
        await server.Output.ExpectAsync("ready");
        var address = new IPEndPoint(IPAddress.Loopback, port);
        List<TcpClient> crowd = [];
        for (int i = 0; i < Descriptors; i++)
        {
            crowd.Add(new TcpClient());
            await crowd[i].ConnectAsync(address, Ending);
        }

        await EchoAsync(crowd[0]);
        crowd.ForEach(client => client.Dispose());

        using var late = new TcpClient();
        await late.ConnectAsync(address, Ending);
        await EchoAsync(late);
    }

    [Fact]
    public async Task A_sender_with_more_clients_than_descriptors_says_what_to_raise()
    {
        await using ChildProcess server = ParleyBinary.Run("echo", "serve", "127.0.0.1:0");
        string address = (await server.Output.NextAsync())!["echo".Length..].Trim();
        await using ChildProcess sender = StartFewDescriptors("send", address, "--clients", $"{Descriptors}", "--count", "1");

        Assert.Equal(1, await sender.ExitAsync());
        await sender.Output.SkipToAsync("the reason", line => line.EndsWith(" clients failed: no descriptor left for it: raise the limit (ulimit -n)", StringComparison.Ordinal));
        Assert.Contains(" 0 wrong, 0 lost", sender.Output.All[0], StringComparison.Ordinal);
    }

    private static ChildProcess StartFewDescriptors(params string[] arguments) => ChildProcess.Start(
        "/bin/bash", ["-c", $"ulimit -n {Descriptors}; exec \"$@\"", "bash", ParleyBinary.Path, "echo", .. arguments]);

    private static async Task EchoAsync(TcpClient client)
    {
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("hello\n"), Ending);
        byte[] back = new byte[6];
        await Safety.WaitForAsync(client.GetStream().ReadExactlyAsync(back, Ending).AsTask(), "the echo", () => "");
        Assert.Equal("hello\n", Encoding.ASCII.GetString(back));
    }
}
