using System.Net;
using Parley.Core.Accounts;
using Parley.Server.Connections;

namespace Parley.Server.Tests.Connections;

public sealed class HostCloakTests
{
    private static readonly IPAddress Somewhere = IPAddress.Parse("192.0.2.1");

    [Fact]
    public async Task An_address_has_the_same_cloak_after_a_restart_as_bans_of_registered_rooms_are_about_it()
    {
        var accounts = new MemoryAccountStore();

        Assert.Equal((await StartAsync(accounts)).Of(Somewhere), (await StartAsync(accounts)).Of(Somewhere));
        Assert.NotEqual((await StartAsync(accounts)).Of(Somewhere), (await StartAsync(new MemoryAccountStore())).Of(Somewhere));
        Assert.NotEqual(new HostCloak().Of(Somewhere), new HostCloak().Of(Somewhere));
    }

    [Fact]
    public async Task Two_addresses_have_two_cloaks_and_neither_tells_the_address()
    {
        var cloak = await StartAsync(new MemoryAccountStore());

        Assert.NotEqual(cloak.Of(Somewhere), cloak.Of(IPAddress.Parse("192.0.2.2")));
        Assert.Matches("^[a-z2-7]{12}[.]ip$", cloak.Of(Somewhere));
        Assert.Equal("localhost", cloak.Of(IPAddress.Loopback));
    }

    private static async Task<HostCloak> StartAsync(IAccountStore accounts)
    {
        var cloak = new HostCloak(accounts);
        await cloak.StartAsync(TestContext.Current.CancellationToken);
        return cloak;
    }
}
