using Parley.Server.Options;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Limits;

public sealed class NewConnectionsTests
{
    [Fact]
    public async Task The_33rd_in_ten_minutes_is_told_the_limit_and_after_ten_minutes_it_comes_in()
    {
        await using var server = new TestServer();
        for (var i = 0; i < 32; i++)
        {
            await VisitAsync(server);
            server.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var refused = server.OpenLines("192.0.2.1");
        await refused.ExpectAsync("Too many new connections from your address (at most 32 in 10 minutes), try again later");
        await refused.ExpectClosedAsync();

        // The window slides: the first came 32 s before the refused one.
        server.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(33));
        await server.OpenLines("192.0.2.1").ExpectMatchAsync("Too many new connections .*");
        server.Time.Advance(TimeSpan.FromSeconds(1));
        await VisitAsync(server);
        await server.OpenLines("192.0.2.1").ExpectMatchAsync("Too many new connections .*");
    }

    [Fact]
    public async Task It_is_a_setting_and_refused_ones_do_not_count()
    {
        await using var server = new TestServer(new ParleyOptions { MaxNewConnectionsPerAddress = 1 });
        await VisitAsync(server);
        server.Time.Advance(TimeSpan.FromMinutes(9));
        await server.OpenLines("192.0.2.1").ExpectMatchAsync("Too many new connections from your address .at most 1 in 10 minutes.*");
        server.Time.Advance(TimeSpan.FromMinutes(1));
        await VisitAsync(server);
    }

    [Fact]
    public async Task An_address_is_forgotten_after_a_while_and_one_with_an_open_connection_is_not()
    {
        await using var server = new TestServer(new ParleyOptions { MaxConnectionsPerAddress = 1 });
        var stays = await server.EnterAsync("Ann", "192.0.2.1");
        server.Time.Advance(TimeSpan.FromHours(1));
        await server.OpenLines("192.0.2.2").ReadUntilAsync("You joined main");
        await server.OpenLines("192.0.2.1").ExpectMatchAsync("Too many connections from your address .*");
        await stays.CloseAsync();
    }

    private static async Task VisitAsync(TestServer server)
    {
        var visitor = server.OpenLines("192.0.2.1");
        await visitor.ReadUntilAsync("You joined main");
        await visitor.SendLineAsync("/quit");
        await visitor.ExpectClosedAsync();
        await server.AllConversationsAsync();
    }
}
