using System.Net;
using Parley.Server.Connections;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Limits;

public sealed class WebIrcGateTests
{
    private static readonly IPAddress Gateway = IPAddress.Parse("198.51.100.1");
    private static readonly IPAddress Ann = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Bob = IPAddress.Parse("192.0.2.2");

    [Fact]
    public void Who_comes_through_a_web_gateway_is_counted_by_the_address_that_it_tells()
    {
        var gate = Create(new ParleyOptions { MaxConnectionsPerAddress = 2 });
        for (var i = 0; i < 5; i++)
        {
            Assert.True(gate.TryEnter(Gateway, out _));
        }

        Assert.True(gate.TryMove(Gateway, Ann, out _));
        Assert.True(gate.TryMove(Gateway, Ann, out _));
        Assert.False(gate.TryMove(Gateway, Ann, out var refusal));
        Assert.Equal("Too many connections from your address (at most 2), close one first", refusal);
        Assert.False(gate.TryEnter(Ann, out _));
        Assert.True(gate.TryMove(Gateway, Bob, out _));

        // The refused one is still the gateway's.
        gate.Leave(Gateway);
        gate.Leave(Ann);
        Assert.True(gate.TryEnter(Ann, out _));
    }

    [Fact]
    public void A_web_gateway_on_this_machine_does_not_free_its_users_from_the_command_rate()
    {
        var gate = Create(new ParleyOptions(), "127.0.0.1");
        Assert.False(gate.HasNoCommandRate(IPAddress.Loopback));
        Assert.True(gate.HasNoCommandRate(IPAddress.IPv6Loopback));
        Assert.False(gate.HasNoCommandRate(Ann));
    }

    private static ConnectionGate Create(ParleyOptions options, string gateway = "198.51.100.1")
    {
        using var file = new TemporaryFile(gateway + " password");
        return new ConnectionGate(options, new ManualTimeProvider(), WebIrcGateways.Load(file.Path));
    }
}
