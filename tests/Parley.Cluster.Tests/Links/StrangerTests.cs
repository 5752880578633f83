using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Parley.Cluster.Links;
using Parley.Cluster.Tests.Support;
using Parley.TestKit;

namespace Parley.Cluster.Tests.Links;

/// <summary>Whoever is no node gets nothing at the door, and costs little.</summary>
public sealed class StrangerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stranger_with_a_certificate_of_its_own_is_refused()
    {
        await using var ends = new LinkEnds();
        using var own = LinkCertificate.Create(TimeProvider.System);

        var error = await Assert.ThrowsAsync<LinkException>(() => ends.ConnectAsync(own));

        Assert.StartsWith($"Node home at {ends.Home.Address} does not let this node in: ", error.Message, StringComparison.Ordinal);
        Assert.Equal("shows no certificate of a living node", await ends.NextRefusalAsync());
    }

    [Theory]
    [InlineData(SslProtocols.Tls13)]
    [InlineData(SslProtocols.Tls12)]
    public async Task A_stranger_without_a_certificate_reads_nothing(SslProtocols protocol)
    {
        await using var ends = new LinkEnds();
        using var socket = await ReachAsync(ends);
        await using var stream = new SslStream(new NetworkStream(socket));

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "parley node",
                    EnabledSslProtocols = protocol,
                    RemoteCertificateValidationCallback = (_, _, _, _) => true,
                },
                Token);
            await stream.ReadExactlyAsync(new byte[1], Token);
        });

        Assert.Equal("speaks no TLS of a node", await ends.NextRefusalAsync());
    }

    [Fact]
    public async Task Whoever_speaks_no_TLS_is_closed()
    {
        await using var ends = new LinkEnds();
        using var socket = await ReachAsync(ends);
        await socket.SendAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), Token);

        await ends.NextRefusalAsync();

        await AssertClosedAsync(socket);
    }

    [Fact]
    public async Task Whoever_says_nothing_is_closed_in_time_and_no_more_than_so_many_are_greeted_at_once()
    {
        var time = new ManualTimeProvider();
        await using var ends = new LinkEnds(new LinkOptions { MaxHandshakes = 2 }, time);
        using var first = await ReachAsync(ends);
        using var second = await ReachAsync(ends);
        await time.WhenTimersArmedAsync(2, TimeSpan.FromSeconds(5));
        using var third = await ReachAsync(ends);
        Assert.Equal("too many come at once", await ends.NextRefusalAsync());
        await AssertClosedAsync(third);

        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("takes too long", await ends.NextRefusalAsync());
        Assert.Equal("takes too long", await ends.NextRefusalAsync());
        await AssertClosedAsync(first);
        await AssertClosedAsync(second);
        await using var guest = await ends.ConnectAsync();
        Assert.Equal("guest", (await ends.AcceptedAsync).Peer.Name);
    }

    [Fact]
    public async Task Whoever_listens_in_place_of_a_node_is_found_out_and_sent_nothing()
    {
        await using var ends = new LinkEnds();
        await using var impostor = new LinkEnds();

        var error = await Assert.ThrowsAsync<LinkException>(() => ends.ConnectAsync(to: ends.Home with { Address = impostor.Home.Address }));

        Assert.Equal($"Whoever listens at {impostor.Home.Address} is not node home", error.Message);
    }

    [Theory]
    [InlineData("127.0.0.1:1", "Node home at 127.0.0.1:1 cannot be reached: ")]
    [InlineData("nonsense", "Node home at nonsense cannot be reached: its address is not HOST:PORT")]
    public async Task A_node_that_cannot_be_reached_is_told(string address, string error)
    {
        await using var ends = new LinkEnds();

        Assert.StartsWith(error, (await Assert.ThrowsAsync<LinkException>(() => ends.ConnectAsync(to: ends.Home with { Address = address }))).Message, StringComparison.Ordinal);
    }

    private static async Task<Socket> ReachAsync(LinkEnds ends)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(ends.Listener.EndPoint, Token);
        return socket;
    }

    private static async Task AssertClosedAsync(Socket socket)
    {
        try
        {
            var buffer = new byte[1_000];
            while (await socket.ReceiveAsync(buffer, Token).AsTask().WithinSafetyAsync() > 0)
            {
            }
        }
        catch (SocketException e)
        {
            Assert.Equal(SocketError.ConnectionReset, e.SocketErrorCode);
        }
    }
}
