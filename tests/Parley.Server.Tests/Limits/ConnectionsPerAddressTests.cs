using Parley.Server.Options;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Limits;

public sealed class ConnectionsPerAddressTests
{
    private const string Refusal = "Too many connections from your address (at most 16), close one first";

    [Fact]
    public async Task The_17th_from_one_address_is_told_the_limit_and_closed_on_either_protocol()
    {
        await using var server = new TestServer();
        for (var i = 0; i < 16; i++)
        {
            await server.OpenLines("192.0.2.1").ReadUntilAsync("You joined main");
        }

        var lines = server.OpenLines("192.0.2.1");
        await lines.ExpectAsync(Refusal);
        await lines.ExpectClosedAsync();
        var addressed = server.OpenAddressed("::ffff:192.0.2.1");
        await addressed.ExpectAsync("error: " + Refusal);
        await addressed.ExpectClosedAsync();
        await server.OpenLines("192.0.2.2").ReadUntilAsync("You joined main");
    }

    [Fact]
    public async Task Who_leaves_makes_room()
    {
        await using var server = new TestServer(new ParleyOptions { MaxConnectionsPerAddress = 1 });
        var first = await server.EnterAsync("Ann", "192.0.2.1");
        var second = server.OpenLines("192.0.2.1");
        await second.ExpectAsync("Too many connections from your address (at most 1), close one first");
        await second.ExpectClosedAsync();
        await first.SendLineAsync("/quit");
        await first.ExpectClosedAsync();
        await server.AllConversationsAsync();
        await server.EnterAsync("Ann", "192.0.2.1");
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public async Task One_address_is_one_IPv4_address_or_one_IPv6_64(string one, string other, bool same)
    {
        await using var server = new TestServer(new ParleyOptions { MaxConnectionsPerAddress = 1 });
        await server.OpenLines(one).ReadUntilAsync("You joined main");
        var second = server.OpenLines(other);
        await second.ExpectMatchAsync(same ? "Too many connections from your address .*" : "Server commands");
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.2")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:127.0.0.2")]
    public async Task This_machine_is_exempt_unless_set_otherwise(string address)
    {
        await using var exempt = new TestServer(new ParleyOptions { MaxConnectionsPerAddress = 1 });
        await exempt.OpenLines(address).ReadUntilAsync("You joined main");
        await exempt.OpenLines(address).ReadUntilAsync("You joined main");

        await using var strict = new TestServer(new ParleyOptions { MaxConnectionsPerAddress = 1, ExemptLoopback = false });
        await strict.OpenLines(address).ReadUntilAsync("You joined main");
        await strict.OpenLines(address).ExpectMatchAsync("Too many connections from your address .*");
    }
}
