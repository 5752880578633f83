using Parley.Server.Options;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Limits;

public sealed class ByteRateTests
{
    private static readonly ParleyOptions Options = new() { ByteBurst = 16384, ByteRate = 100, CommandBurst = 1000, CommandRate = 1000, MaxLineBytes = 65536 };

    [Fact]
    public async Task After_so_many_at_once_an_address_may_send_so_many_a_second_and_none_is_lost()
    {
        await using var server = new TestServer(Options);
        var loud = server.OpenLines("192.0.2.1");
        await loud.ReadUntilAsync("You joined main");

        // Each with its ending; 50 bytes too many wait for half a second.
        await loud.SendLineAsync(new string('x', 16383));
        await loud.ExpectMatchAsync(@"\w+: x+");
        await loud.SendLineAsync(new string('y', 49));

        await server.Time.WhenTimerArmedAsync(TimeSpan.FromMilliseconds(500));
        server.Time.Advance(TimeSpan.FromMilliseconds(500));
        await loud.ExpectMatchAsync(@"\w+: y+");
    }

    [Fact]
    public async Task All_connections_of_an_address_share_it_and_those_of_others_do_not()
    {
        await using var server = new TestServer(Options);
        var (one, two, other) = (server.OpenLines("2001:db8::1"), server.OpenLines("2001:db8::2"), server.OpenLines("192.0.2.9"));
        foreach (var client in new[] { one, two, other })
        {
            await client.ReadUntilAsync("You joined main");
        }

        await one.SendLineAsync(new string('x', 16383));
        await other.ReadUntilContainsAsync(": xxx");
        await two.SendLineAsync("/rooms");
        await server.Time.WhenTimerArmedAsync(TimeSpan.FromMilliseconds(70));
        await other.SendLineAsync("I wait for nobody");

        await other.ReadUntilContainsAsync(": I wait for nobody");
        server.Time.Advance(TimeSpan.FromMilliseconds(70));
        await two.ReadUntilContainsAsync("Rooms - ");
    }

    [Fact]
    public async Task What_a_line_has_too_much_of_counts_as_well()
    {
        await using var server = new TestServer(new ParleyOptions { ByteBurst = 16384, ByteRate = 100, CommandBurst = 1000, CommandRate = 1000 });
        var loud = server.OpenLines("192.0.2.1");
        await loud.ReadUntilAsync("You joined main");

        await loud.SendLineAsync(new string('x', 16383));
        await loud.ReadUntilContainsAsync("400");
        await loud.SendLineAsync("/rooms");

        await server.Time.WhenTimerArmedAsync(TimeSpan.FromMilliseconds(70));
    }

    [Fact]
    public async Task This_machine_itself_may_send_any_number()
    {
        await using var server = new TestServer(Options);
        var ann = await server.EnterAsync("Ann");
        for (var i = 0; i < 4; i++)
        {
            await ann.SendLineAsync(new string('x', 16000));
            await ann.ExpectMatchAsync("Ann: x+");
        }
    }
}
